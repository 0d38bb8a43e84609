// SPDX-License-Identifier: Apache-2.0

// A lock for code that runs inside malloc.
#ifndef WORKBOOK_TOOLS_PROBE_SPIN_LOCK_H_
#define WORKBOOK_TOOLS_PROBE_SPIN_LOCK_H_

#include <sched.h>

#include <atomic>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// A std::mutex would do but for the sanitizers, which must not see a lock taken
// inside malloc.
class CAPABILITY("mutex") SpinLock {
 public:
  void lock() ACQUIRE() {
    while (held_.test_and_set(std::memory_order_acquire)) sched_yield();
  }
  void unlock() RELEASE() { held_.clear(std::memory_order_release); }

 private:
  std::atomic_flag held_ = ATOMIC_FLAG_INIT;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBE_SPIN_LOCK_H_
