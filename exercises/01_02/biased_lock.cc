// SPDX-License-Identifier: Apache-2.0

#include "01_02/biased_lock.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <thread>

namespace workbook {
namespace {

bool CallMembarrier(int command) {
  return syscall(SYS_membarrier, command, 0, 0) == 0;
}

// Whether the kernel fences the other threads for us; asked once. Without, no
// thread ever owns a lock.
bool HasProcessFence() {
  static const bool has =
      CallMembarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
  return has;
}

}  // namespace

void BiasedLock::LockSlow() {
  const char* const self = &biased_lock_internal::this_thread;
  if (!is_shared_) {
    owner_.store(self, std::memory_order_relaxed);
    by_held_ = true;
    return;
  }
  while (held_.exchange(true, std::memory_order_acquire)) {
    while (held_.load(std::memory_order_relaxed)) std::this_thread::yield();
  }
  if (owner_.load(std::memory_order_relaxed) != nullptr) {
    owner_.store(nullptr, std::memory_order_seq_cst);
    CallMembarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
    while (busy_.load(std::memory_order_seq_cst)) std::this_thread::yield();
  }
  turns_ = last_ == self ? turns_ + 1 : 1;
  last_ = self;
  if (turns_ >= kTurnsToOwn && HasProcessFence()) {
    if (heir_ == nullptr) heir_ = self;
    if (heir_ == self) owner_.store(self, std::memory_order_relaxed);
  }
  by_held_ = true;
}

}  // namespace workbook
