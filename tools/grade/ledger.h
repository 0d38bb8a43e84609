// SPDX-License-Identifier: Apache-2.0

// What has been graded: one line of JSON an event, only ever appended.
#ifndef WORKBOOK_TOOLS_GRADE_LEDGER_H_
#define WORKBOOK_TOOLS_GRADE_LEDGER_H_

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/exercise/thread_annotations.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// What a regrade puts in the place of earlier results: one event, so that a
// kill leaves all of it or nothing. A line of JSON with "event": "apply",
// "regrade", "by", "at", "why" and "results".
struct Correction {
  std::string regrade;  // the id of the difference that was looked at
  std::string by;
  std::string at;  // "2026-11-21T09:00:00Z"
  std::string why;
  std::vector<Result> results;
};

// events.jsonl. In memory is only where each result stands in it. A result
// counts once its line is whole and on the disk; a line that a kill cut off is
// none, and is cut away before the next is written.
// Thread safety: any thread; one process at a time, by a lock on the file.
class Ledger {
 public:
  // On failure: throws std::system_error (no such folder, no right to write,
  // another process grades into the same folder).
  explicit Ledger(const std::filesystem::path& file);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger();

  bool Has(const std::string& key) const;

  // The result of this job, or nothing. Infrastructure failures are never
  // recorded as results. Cost: reads a line of the file.
  // On failure: throws std::system_error (the file changed under the ledger).
  std::optional<Result> Find(const std::string& key) const;

  // Cost: an fsync. On failure: throws std::system_error (a full disk); what
  // was recorded before stays.
  void Record(const Result& result);

  // The last result that was recorded for this student, or nothing. Of two
  // students with the same bytes only the first is known by name. As Find.
  std::optional<Result> FindStudent(const std::string& student) const;

  // Appends the event; its results then stand in the place of those with the
  // same key, which stay in the file. Cost and failure as Record.
  void Apply(const Correction& correction);

  bool HasApplied(const std::string& regrade) const;

  // The seed that was recorded first, by itself or in a result: all of a class
  // answer the same histories, and so does a regrade. 0: there is none yet.
  std::uint64_t Seed() const;

  // Before the first job leaves this process: its result may come back to
  // another one. A line of JSON with "event": "seed" and "seed".
  // Cost and failure as Record.
  void RecordSeed(std::uint64_t seed);

  // A hash of every event so far: who saw it can tell whether there was another
  // since.
  std::string Head() const;

  std::size_t damaged_lines() const;

 private:
  // A result's line, and for one of a correction its place in the event.
  struct Place {
    off_t start = 0;
    std::size_t length = 0;
    int part = kWholeLine;
  };
  static constexpr int kWholeLine = -1;

  void Load(const std::filesystem::path& file) REQUIRES(mutex_);
  void ReadLine(const std::string& line, off_t start) REQUIRES(mutex_);
  Result Read(const Place& place) const;
  void Append(const std::string& line) REQUIRES(mutex_);

  int file_ = -1;
  mutable Mutex mutex_;
  std::map<std::string, Place> places_ GUARDED_BY(mutex_);  // by key
  // By student.
  std::map<std::string, std::string> last_keys_ GUARDED_BY(mutex_);
  std::set<std::string> applied_ GUARDED_BY(mutex_);  // regrades
  std::uint64_t seed_ GUARDED_BY(mutex_) = 0;
  std::string head_ GUARDED_BY(mutex_);
  std::size_t damaged_lines_ GUARDED_BY(mutex_) = 0;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_LEDGER_H_
