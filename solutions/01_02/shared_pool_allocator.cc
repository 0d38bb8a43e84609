// SPDX-License-Identifier: Apache-2.0

#include "01_02/shared_pool_allocator.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace workbook::shared_pool_allocator_internal {

// [given]
bool HasProcessFence() {
  static const bool has =
      ::syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0,
                0) == 0;
  return has;
}

// [given]
void FenceEveryThread() {
  ::syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
}

}  // namespace workbook::shared_pool_allocator_internal
