// SPDX-License-Identifier: Apache-2.0

// What a learner reads next: the contract in the header, the page's section.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_
#define WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_

#include <optional>
#include <string>
#include <string_view>

#include "tools/workbook/contracts.h"
#include "tools/workbook/test_body.h"

namespace workbook::cli {

// What is known of a failure.
struct FailedPlace {
  // "expected 8, but Bytes(8) is 9", "Pool::Allocate is yours to write".
  std::string sentence;
  // "Task2Policies.GoBefore118HoldsForAll", and what the test was at.
  std::string subject;
  TestNames names;
};

// Returns the contract of the one function of `header` that a failure is about:
//  - the function that is yours to write;
//  - the only one that the failed statement calls, where the test calls no
//    other, or is named after it;
//  - else the only one that the test is named after and calls, or the only one
//    that it calls at all.
// Where several classes have one of that name, it is the class that `sentence`
// or `subject` names. Functions without a contract count for nothing, and given
// ones are not the matter. nullopt where it is not certain: a neighbour's
// promise leads astray.
// Cost: some passes over the header.
// Thread safety: any thread.
std::optional<Contract> FindContract(std::string_view header,
                                     const FailedPlace& failed);

// The line of "## 3. ..." in a page of the book, from 1; 0 where it has none.
int FindPageSection(std::string_view page, int task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ADVICE_H_
