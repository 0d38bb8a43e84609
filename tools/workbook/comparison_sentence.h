// SPDX-License-Identifier: Apache-2.0

// GoogleTest's comparisons, told as what a learner has and what is wanted.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMPARISON_SENTENCE_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMPARISON_SENTENCE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct ToldComparison {
  std::string sentence;
  std::size_t message_line = 0;  // where what the test's author wrote begins
};

// Tells the lines that begin with "Expected equality of these values:": which
// side is the learner's is told by its form, a literal or "expected" being the
// other's.
// Thread safety: any thread, for all functions here.
ToldComparison TellEquality(const std::vector<std::string_view>& lines);

// Tells "Expected: (a) <= (b), actual: 9 vs 4".
std::string TellComparison(std::string_view line);

// A value as people read it: "3" of "(3)", a long one cut.
std::string ShowValue(std::string_view value);

// A value of at most 120 bytes, and dots where it was longer.
std::string ShortenValue(std::string_view value);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMPARISON_SENTENCE_H_
