// SPDX-License-Identifier: Apache-2.0

// GoogleTest's failure blocks, told in a sentence.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FAILURE_SENTENCE_H_
#define WORKBOOK_TOOLS_WORKBOOK_FAILURE_SENTENCE_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct FailureSentence {
  std::string file;  // "" when GoogleTest does not know it
  int line = 0;
  // Whether this is the call of a helper in whose lines the failure lies
  // (tools/exercise/testing/called_from.h).
  bool is_call = false;
  // "expected 8, but Bytes(8) is 9: a block wastes no byte". One line.
  std::string sentence;
  // "01_02 task 1: FixedSizePool::Allocate" where a stub's Todo was reached;
  // else "".
  std::string todo;
  // What the test was at: "copy 3 of 12 throws", of SCOPED_TRACE, innermost
  // first; the function that such a helper tries.
  std::vector<std::string> traces{};
};

// `failure` is the text of one <failure> element.
FailureSentence TellFailure(std::string_view failure);

// "01_02 task 1: A::B" out of a text with "01_02 task 1: A::B is yours to
// write" in it; "" when there is none.
std::string FindTodo(std::string_view text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FAILURE_SENTENCE_H_
