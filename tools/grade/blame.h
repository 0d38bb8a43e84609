// SPDX-License-Identifier: Apache-2.0

// Whose fault it is that hidden tests do not compile.
#ifndef WORKBOOK_TOOLS_GRADE_BLAME_H_
#define WORKBOOK_TOOLS_GRADE_BLAME_H_

#include <string>

namespace workbook::grade {

// The task that a test or its suite belongs to: 7 for Task7Hidden.LosesNoTask;
// 0 for a name of no task.
int TaskOf(const std::string& name);

// The task of the first test of `source` that `diagnostics` name a line of, as
// PATH:LINE; 0 if there is none. `path` is how the compiler calls the source.
// A student can make the compiler print lines (#error): that blames no task but
// one of his own. Cost: linear in both texts. Thread safety: any thread.
int TaskToBlame(const std::string& diagnostics, const std::string& path,
                const std::string& source);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_BLAME_H_
