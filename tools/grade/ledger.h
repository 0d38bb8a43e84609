// What has been graded: one line of JSON an event, only ever appended.
#ifndef WORKBOOK_TOOLS_GRADE_LEDGER_H_
#define WORKBOOK_TOOLS_GRADE_LEDGER_H_

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "tools/grade/result.h"

namespace workbook::grade {

// events.jsonl. A result counts once its line is whole and on the disk; a line
// that a kill cut off is none, and is cut away before the next is written.
// Thread safety: any thread; one process at a time, by a lock on the file.
class Ledger {
 public:
  // On failure: throws std::system_error (no such folder, no right to write,
  // another process grades into the same folder).
  explicit Ledger(const std::filesystem::path& file);
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;
  ~Ledger();

  // The result of this job, or nullptr. Infrastructure failures are never
  // recorded as results.
  const Result* Find(const std::string& key) const;

  // Cost: an fsync. On failure: throws std::system_error (a full disk); what
  // was recorded before stays.
  void Record(const Result& result);

  std::size_t damaged_lines() const { return damaged_lines_; }

 private:
  void Load(const std::string& text);

  int file_ = -1;
  mutable std::mutex mutex_;
  std::map<std::string, Result> results_;  // by key; the address is stable
  std::size_t damaged_lines_ = 0;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_LEDGER_H_
