// SPDX-License-Identifier: Apache-2.0

// A recorded trace, run again on any malloc: its time, and what of it stays
// resident.
#ifndef WORKBOOK_TOOLS_TRACE_REPLAY_H_
#define WORKBOOK_TOOLS_TRACE_REPLAY_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/trace/trace.h"

namespace workbook {

// What a replay calls. As in C: REQUIRES of each is that of malloc's family.
struct MallocFunctions {
  void* (*allocate)(std::size_t bytes) = nullptr;
  void* (*allocate_aligned)(std::size_t alignment_bytes,
                            std::size_t bytes) = nullptr;
  void* (*reallocate)(void* block, std::size_t bytes) = nullptr;
  void (*deallocate)(void* block) = nullptr;
};

// The malloc of the process.
MallocFunctions ProcessMalloc();

// A trace made ready to run, in memory that no malloc has to do with: all of it
// is resident before the first event. What the program left behind is freed at
// the end, so that a replay can follow another.
//
// Threads are replayed as threads: events of one thread in their order, and
// events of one block in theirs, by a turn that each event of a slot waits for
// and passes on. Nothing else is ordered.
class Replay {
 public:
  struct ResidentBytes {
    std::size_t growth_bytes = 0;  // the most that RSS, less files, grew
    std::string problem;           // not empty: why there is no figure
  };

  // REQUIRES: trace.problem is empty.
  // On failure (no memory): std::bad_alloc.
  explicit Replay(const Trace& trace);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  std::size_t events() const { return event_count_; }
  std::size_t threads() const { return threads_.size(); }
  // The most bytes that were asked for and live at once.
  std::size_t peak_live_bytes() const { return peak_live_bytes_; }

  // Runs every event; each 4 KiB of a block is touched once.
  // Cost: one load and one store an event besides the call; a thread for each
  // of the trace's beyond the first. False: the malloc returned nullptr, and
  // blocks may be left.
  // Thread safety: one run at a time.
  bool Run(const MallocFunctions& functions) {
    return RunThreads(functions, 0);
  }

  // The same, and looks 1024 times at the anonymous part of RSS, by walking the
  // page tables (/proc/self/smaps_rollup): exact, where VmHWM is off by 128 KiB
  // a CPU, and without the pages of code, which come and go by themselves.
  // Meaningful in a process that has not used this malloc yet.
  ResidentBytes MeasureResident(const MallocFunctions& functions);

 private:
  struct Event;
  struct Slot;
  struct Section {  // the events of one thread
    Event* begin = nullptr;
    Event* end = nullptr;
  };
  struct Sampler;

  bool RunThreads(const MallocFunctions& functions, std::size_t sample_every);
  void RunSection(const Section& section, const MallocFunctions& functions,
                  std::size_t sample_every);

  std::vector<Section> threads_;
  std::size_t event_count_ = 0;
  std::size_t peak_live_bytes_ = 0;
  Event* events_ = nullptr;
  std::size_t slot_count_ = 0;
  Slot* slots_ = nullptr;
  Sampler* sampler_ = nullptr;  // while RSS is looked at
  std::atomic<bool> out_of_memory_{false};
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TRACE_REPLAY_H_
