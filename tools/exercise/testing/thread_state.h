// SPDX-License-Identifier: Apache-2.0

// What the kernel says of a thread of this process.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_THREAD_STATE_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_THREAD_STATE_H_

#include <cstdint>

namespace workbook {

// Returns whether the thread sleeps at this moment. False if it has ended.
// Cost: three system calls, no allocation: how often a test looks depends on
// the machine, and what it allocates is counted.
// Thread safety: any thread, for both.
bool SleepsNow(int thread_id);

// Returns how many times the thread has gone to sleep so far; 0 if it has
// ended. Cost: as SleepsNow.
std::int64_t TimesAsleep(int thread_id);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_THREAD_STATE_H_
