// SPDX-License-Identifier: Apache-2.0

#include "01_02/task_future.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <climits>
#include <string>
#include <system_error>
#include <thread>

namespace workbook {

// Yours: what the tests ask for needs nothing here.

}  // namespace workbook
