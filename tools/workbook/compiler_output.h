// SPDX-License-Identifier: Apache-2.0

// What gcc, clang and the linker say, reduced to the first thing to fix.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMPILER_OUTPUT_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMPILER_OUTPUT_H_

#include <optional>
#include <string>
#include <string_view>

namespace workbook::cli {

struct CompilerError {
  std::string file{};  // as the compiler names it; "" from the linker
  int line = 0;
  std::string message;
  // What else the compiler said; fixing the first often fixes them.
  int more_errors = 0;
  int notes = 0;
};

// The first error of `output` that lies in `folder` ("exercises/01_02/") and
// not in a test or a benchmark: that is what the learner can fix. An error
// inside a library that such a file caused is given the place in that file.
// Else the first error at all; nullopt when there is none.
std::optional<CompilerError> FindFirstError(std::string_view output,
                                            std::string_view folder);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMPILER_OUTPUT_H_
