// SPDX-License-Identifier: Apache-2.0

#include "01_02/pool_allocator.h"

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
