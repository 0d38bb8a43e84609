// SPDX-License-Identifier: Apache-2.0

// Stops a thread in the last moment before it sleeps: the place where wake-ups
// are lost.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_BEFORE_SLEEP_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_BEFORE_SLEEP_H_

#include <functional>

namespace workbook {

// Calls `hook` on this thread, once, when it next enters pthread_cond_wait, the
// function below every wait of the standard library that has no time limit. The
// caller has found nothing to do, and its last look is over; it still holds the
// mutex that it hands to the wait. A thread that never gets there calls
// nothing.
// Thread safety: any thread; each has a hook of its own.
void BeforeNextSleep(std::function<void()> hook);

// Whether hooks are called in this build: ThreadSanitizer has a
// pthread_cond_wait of its own.
bool HooksBeforeSleep();

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_BEFORE_SLEEP_H_
