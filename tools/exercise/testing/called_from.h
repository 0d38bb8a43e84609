// SPDX-License-Identifier: Apache-2.0

// Tells which line of a test called a helper whose expectation failed.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_CALLED_FROM_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_CALLED_FROM_H_

#include <gtest/gtest.h>

#include <string>

namespace workbook {

// What `./workbook check` knows such a trace by.
inline constexpr const char* kCalledFrom = "called from here";

// While it lives, failures name the line of the call, and `function`, the one
// that is tried, where the call does not name it. A helper takes the line by
// default arguments, which the compiler evaluates at the call:
//
//   void ExpectRight(std::string_view text,
//                    const char* file = __builtin_FILE(),
//                    int line = __builtin_LINE()) {
//     const CalledFrom here(file, line, "IsUtf8");
//
// std::source_location, which clang 14 lacks, is made of the same built-ins.
class CalledFrom : public testing::ScopedTrace {
 public:
  CalledFrom(const char* file, int line, const std::string& function = "")
      : ScopedTrace(file, line,
                    kCalledFrom + (function.empty() ? "" : ", " + function)) {}
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_CALLED_FROM_H_
