// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that a jail takes long: who had the machine.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <set>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook::grade {

// Processes that wait for one another, with all of their descendants: the jails
// of a case. Thread safety: any thread.
class JailTrees {
 public:
  void Add(pid_t root);
  // Before the root is reaped: its number may then be another's.
  void Remove(pid_t root);
  std::vector<pid_t> roots() const;

 private:
  mutable Mutex mutex_;
  std::vector<pid_t> roots_ GUARDED_BY(mutex_);
};

// The time of trees of processes without the time in which other programs had
// the machine: that is when one of their threads was ready to run while all
// together got less than half a processor. The kernel tells for how long
// (schedstat); without that, who is ready at a look was so since the last one.
// Trees that sleep, wait for themselves or use what they are given make their
// own time pass.
class OwnTime {
 public:
  using Clock = std::chrono::steady_clock;

  // REQUIRES: `trees` outlives this.
  OwnTime(const JailTrees& trees, Clock::time_point start)
      : trees_(trees), last_(start) {}

  // Accounts for the time since the last look, which is to be 0.1 s or so ago.
  // What is over `kMostALook` counts for nothing: the caller was kept from
  // looking. Cost: a small file a thread of the trees.
  void Look(Clock::time_point now);

  Clock::duration own() const { return own_; }
  // Of that, since the trees last used a processor.
  Clock::duration idle() const { return idle_; }

  static constexpr std::chrono::milliseconds kMostALook{200};

 private:
  struct Use {
    std::uint64_t ticks = 0;   // of a processor, by all that live
    bool is_ready = false;     // a thread runs, or would
    Clock::duration delay{0};  // for which threads that live were ready
    std::set<pid_t> threads;
  };
  Use Read() const;

  const JailTrees& trees_;
  Clock::time_point last_;
  Use before_;
  Clock::duration own_{0};
  Clock::duration idle_{0};
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_
