// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that a jail takes long: who had the machine.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <set>

namespace workbook::grade {

// The time of a tree of processes without the time in which other programs had
// the machine: that is when one of its threads was ready to run while the whole
// tree got less than half a processor. A tree that sleeps, waits for itself or
// uses what it is given makes its own time pass.
class OwnTime {
 public:
  using Clock = std::chrono::steady_clock;

  OwnTime(pid_t root, Clock::time_point start) : root_(root), last_(start) {}

  // Accounts for the time since the last look, which is to be 0.1 s or so ago.
  // What is over `kMostALook` counts for nothing: the caller was kept from
  // looking. Cost: a small file a thread of the tree.
  void Look(Clock::time_point now);

  Clock::duration own() const { return own_; }
  // Of that, since the tree last used a processor.
  Clock::duration idle() const { return idle_; }

  static constexpr std::chrono::milliseconds kMostALook{200};

 private:
  struct Use {
    std::uint64_t ticks = 0;  // of a processor, by all that live
    bool is_ready = false;    // a thread runs, or would
    std::set<pid_t> threads;
  };
  Use Read() const;

  const pid_t root_;
  Clock::time_point last_;
  Use before_;
  Clock::duration own_{0};
  Clock::duration idle_{0};
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_TIME_H_
