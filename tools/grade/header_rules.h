// SPDX-License-Identifier: Apache-2.0

// What a submission's header may not declare, because a test's words would then
// mean something else.
#ifndef WORKBOOK_TOOLS_GRADE_HEADER_RULES_H_
#define WORKBOOK_TOOLS_GRADE_HEADER_RULES_H_

#include <string>
#include <vector>

#include "tools/grade/tokens.h"

namespace workbook::grade {

struct HeaderVerdict {
  std::string rejected;            // empty if it may be compiled with a test
  std::vector<std::string> flags;  // what a person should look at
};

// `tokens` are a header's own, preprocessed. Refuses another std, __gnu_cxx or
// __cxxabiv1 than the library's, by whatever kind of declaration, and a
// declaration in std that names no type of the program's own; flags one that is
// neither std::hash nor one of its like.
// Cost: linear in the tokens, but for declarations in std.
HeaderVerdict CheckNamespaces(const std::vector<Token>& tokens);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_HEADER_RULES_H_
