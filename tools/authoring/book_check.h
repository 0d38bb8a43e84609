// SPDX-License-Identifier: Apache-2.0

// What a browser says of the book.
#ifndef WORKBOOK_TOOLS_AUTHORING_BOOK_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_BOOK_CHECK_H_

#include <filesystem>

#include "tools/authoring/gate_log.h"

namespace workbook {

// Runs tools/book/browser/test.sh under `root`, where that is: each finding is
// a failure. Where the browser or what drives it is not installed, that is a
// gap, and a failure if `strict`. Cost: up to four minutes.
void CheckBook(const std::filesystem::path& root, bool strict, GateLog& log);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_BOOK_CHECK_H_
