// SPDX-License-Identifier: Apache-2.0

// What a learner reads next: the contract in the header, the page's section.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_
#define WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_

#include <optional>
#include <string>
#include <string_view>

namespace workbook::cli {

struct ContractLine {
  std::string function;
  int line = 0;      // of the declaration
  std::string text;  // the first sentence of the comment above it
};

// The contract, in the text of a header, of the first function that `sentence`
// calls or names ("pool.BlockBytes()", "FixedSizePool::Allocate is yours").
// Where several classes have one of that name, it is the class that `sentence`
// or `subject` names, such as "Task2Policies.GoBefore118HoldsForAll".
// Where the header declares none of them with a comment above, it is the only
// function of the class that `subject` names; nullopt where there is none, too.
std::optional<ContractLine> FindContract(std::string_view header,
                                         std::string_view sentence,
                                         std::string_view subject);

// The line of "## 3. ..." in a page of the book, from 1; 0 where it has none.
int FindPageSection(std::string_view page, int task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_
