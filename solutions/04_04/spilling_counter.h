// SPDX-License-Identifier: Apache-2.0

// Counts keys exactly, in a fixed number of bytes, however many keys there are:
// what does not fit goes to disk in sorted runs, and a merge adds them up.
#ifndef WORKBOOK_04_04_SPILLING_COUNTER_H_
#define WORKBOOK_04_04_SPILLING_COUNTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "04_04/chunk_io.h"

namespace workbook {

class CountSink {
 public:
  virtual ~CountSink() = default;
  // False: enough. The view is valid during the call.
  virtual bool OnCount(std::string_view key, std::uint64_t count) = 0;
};

// External aggregation: a hash table until it is full, then a run. Knuth, The
// Art of Computer Programming 3, 5.4 (merging from external storage).
// Thread safety: one thread at a time for each object.
class SpillingCounter {
 public:
  static constexpr std::size_t kMaxKeyBytes = 8192;
  static constexpr std::size_t kMinBytes = 512 * 1024;
  // Runs that are merged at once; more are first merged to one.
  static constexpr std::size_t kMaxRuns = 16;

  // `temp_folder` takes the runs, in files that have no name: a process that is
  // killed leaves nothing behind.
  // Cost: one block of `memory_bytes` for all its life.
  // On failure: std::invalid_argument below kMinBytes.
  SpillingCounter(std::size_t memory_bytes, std::string temp_folder);
  ~SpillingCounter();
  SpillingCounter(const SpillingCounter&) = delete;
  SpillingCounter& operator=(const SpillingCounter&) = delete;

  // Counts `key` once more. False when the disk failed: Status() says how, and
  // no count is right from then on.
  // On failure: std::length_error for a key above kMaxKeyBytes.
  // Cost: O(1) amortised, and a sorted run when the memory is full.
  bool Add(std::string_view key);

  // Hands each key to `sink` with its count, in the order of bytes, and is
  // empty afterwards. False when the disk failed. No keys: no calls, and true.
  bool Finish(CountSink& sink);

  // Forgets all counts, runs and failures.
  // Cost: O(memory_bytes).
  void Clear();

  // Files written since the last Clear, merged ones too.
  std::uint64_t Runs() const { return runs_written_; }
  const IoStatus& Status() const { return status_; }

 private:
  // [given]
  struct Slot {
    const char* key;
    std::uint32_t key_bytes;
    std::uint32_t hash;
    std::uint64_t count;
  };

  std::span<Slot> SortSlots();
  void ClearTable();
  int NewFile();
  bool Spill();
  bool MergeToOne();
  bool MergeRuns(CountSink& sink);
  bool Fail(const IoStatus& status);
  void CloseRuns();

  // [given]
  std::string temp_path_;
  // [given]
  const std::size_t slot_count_;  // a power of two
  // [given]
  const std::size_t text_bytes_;
  // [given]
  std::unique_ptr<char[]> memory_;  // slots, then text
  // [given]
  std::span<Slot> slots_;
  // [given]
  char* text_ = nullptr;
  // [given]
  std::size_t used_slots_ = 0;
  // [given]
  std::size_t used_text_bytes_ = 0;
  // [given]
  std::vector<int> runs_;  // file descriptors
  // [given]
  std::uint64_t runs_written_ = 0;
  // [given]
  IoStatus status_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_SPILLING_COUNTER_H_
