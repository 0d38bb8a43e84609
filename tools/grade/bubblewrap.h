// SPDX-License-Identifier: Apache-2.0

// The words of a jail's bubblewrap.
#ifndef WORKBOOK_TOOLS_GRADE_BUBBLEWRAP_H_
#define WORKBOOK_TOOLS_GRADE_BUBBLEWRAP_H_

#include <string>
#include <vector>

#include "tools/grade/jail.h"

namespace workbook::grade {

// The whole command; bubblewrap tells how the jail started on `status_fd`, and
// reads from `filter_fd` which system calls it has (jail_filter.h).
// Cost: the first call also that of BubblewrapForbidsUserNamespaces. Thread
// safety: any thread.
std::vector<std::string> BubblewrapArguments(const JailCommand& command,
                                             int status_fd, int filter_fd);

// Whether the bubblewrap on PATH can forbid user namespaces inside (0.8.0 can).
// In one of its own a command may mount a tmpfs without bounds. Cost: a process
// in the first call, then none. Thread safety: any thread.
bool BubblewrapForbidsUserNamespaces();

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_BUBBLEWRAP_H_
