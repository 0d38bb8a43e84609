// SPDX-License-Identifier: Apache-2.0

// Tables of a page that a learner reads before he has predicted.
#ifndef WORKBOOK_TOOLS_AUTHORING_PAGE_FOLDED_TABLES_H_
#define WORKBOOK_TOOLS_AUTHORING_PAGE_FOLDED_TABLES_H_

#include <string_view>
#include <vector>

namespace workbook {

// The lines, from 1, where a table begins in the section of a task, in front of
// its **Predict.** and outside of <details>: what it shows is no question any
// more.
// Thread safety: any thread.
std::vector<int> OpenTablesBeforePredict(std::string_view page);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PAGE_FOLDED_TABLES_H_
