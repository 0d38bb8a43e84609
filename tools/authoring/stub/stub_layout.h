// SPDX-License-Identifier: Apache-2.0

// Lays out a generated stub as clang-format (Google) would, without running it.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_STUB_LAYOUT_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_STUB_LAYOUT_H_

#include <string>

namespace workbook {

// Removes blank lines that clang-format would remove, joins `{`, a Todo and `}`
// on one line where they fit, and includes todo.h where there is a Todo.
// Cost: O(text). Thread safety: any thread, for all functions here.
std::string LayOutStub(const std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_STUB_LAYOUT_H_
