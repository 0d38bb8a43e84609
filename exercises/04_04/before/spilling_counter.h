// SPDX-License-Identifier: Apache-2.0

// Counts keys exactly, in a fixed number of bytes, however many keys there are:
// what does not fit goes to disk in sorted runs, and a merge adds them up.
#ifndef WORKBOOK_EXERCISES_04_04_BEFORE_SPILLING_COUNTER_H_
#define WORKBOOK_EXERCISES_04_04_BEFORE_SPILLING_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "04_04/chunk_io.h"

namespace workbook::before {

class CountSink {
 public:
  virtual ~CountSink() = default;
  // Takes a key, a view that is valid during the call, and its count. Returns
  // false for: enough.
  virtual bool OnCount(std::string_view key, std::uint64_t count) = 0;
};

// This form keeps all keys in memory and writes no file: it works, and its
// memory grows with the keys. What is promised is external aggregation: a hash
// table until it is full, then a sorted run on disk. Knuth, The Art of Computer
// Programming 3, 5.4 (merging from external storage).
// Thread safety: one thread at a time for each object.
class SpillingCounter {
 public:
  static constexpr std::size_t kMaxKeyBytes = 8192;
  static constexpr std::size_t kMinBytes = std::size_t{512} << 10;
  // Runs that are merged at once; more are first merged to one.
  static constexpr std::size_t kMaxRuns = 16;

  // Counts in `memory_bytes`. `temp_folder` takes the runs, in files that have
  // no name: a process that is killed leaves nothing behind.
  // Cost: one block of `memory_bytes` for all its life.
  // On failure: std::invalid_argument below kMinBytes.
  SpillingCounter(std::size_t memory_bytes, std::string temp_folder);
  SpillingCounter(const SpillingCounter&) = delete;
  SpillingCounter& operator=(const SpillingCounter&) = delete;

  // Counts `key` once more. Returns false when the disk failed: Status() says
  // how, and no count is right from then on.
  // Cost: O(1) amortised, and a sorted run when the memory is full.
  // On failure: std::length_error for a key above kMaxKeyBytes.
  bool Add(std::string_view key);

  // Hands each key to `sink` with its count, in the order of bytes, until the
  // sink says enough, and is empty afterwards. Returns false when the disk
  // failed, now or before. No keys: no calls, and true.
  // Cost: O(keys log keys), and a read of each run.
  bool Finish(CountSink& sink);

  // Forgets all counts, runs and failures, and closes the files.
  // Cost: O(memory_bytes).
  void Clear();

  // Returns how many files were written since the last Clear, merged ones too.
  std::uint64_t Runs() const { return 0; }
  const IoStatus& Status() const { return status_; }

 private:
  // Every key, for as long as it is counted.
  std::map<std::string, std::uint64_t, std::less<>> counts_;
  IoStatus status_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_04_BEFORE_SPILLING_COUNTER_H_
