// SPDX-License-Identifier: Apache-2.0

// The lines of Bazel's stderr that say what went wrong.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_ERROR_LINES_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_ERROR_LINES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// Bazel's own error lines, at most `limit`: why it gave up.
std::vector<std::string> BazelErrorLines(std::string_view errors,
                                         std::size_t limit);

// The same, and the compiler's and linker's.
std::vector<std::string> ErrorLines(std::string_view errors, std::size_t limit);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_ERROR_LINES_H_
