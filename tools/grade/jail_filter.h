// SPDX-License-Identifier: Apache-2.0

// The system calls of jail_calls.h as a program for seccomp.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_FILTER_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_FILTER_H_

#include <string>

namespace workbook::grade {

// What bubblewrap reads from its --seccomp descriptor. Calls of 32-bit and x32
// programs get ENOSYS. Cost: linear in the tables; in the kernel some 200
// comparisons at most, and none for a call that is always allowed (from Linux
// 5.11 on). Thread safety: any thread.
std::string CallFilterBytes();

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_FILTER_H_
