// SPDX-License-Identifier: Apache-2.0

// As much of a contract as a failure needs.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CONTRACT_EXCERPT_H_
#define WORKBOOK_TOOLS_WORKBOOK_CONTRACT_EXCERPT_H_

#include <string>
#include <string_view>

namespace workbook::cli {

struct ContractExcerpt {
  std::string text;
  bool is_whole = true;  // else the header says more
};

// Returns the sentences of `contract` that speak of a failure, at most two: the
// ones that share most words with the name of the failed test and with the
// names in `sentence`, which says what happened. An item of a list counts as a
// sentence. Where none shares enough, the first two; a short contract is whole.
// Cost: linear in the contract's words times those of the failure.
// Thread safety: any thread.
ContractExcerpt ExcerptOf(std::string_view contract, std::string_view test,
                          std::string_view sentence);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CONTRACT_EXCERPT_H_
