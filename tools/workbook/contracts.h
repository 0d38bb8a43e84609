// SPDX-License-Identifier: Apache-2.0

// The contracts of a header: what the comments above its functions promise.
#ifndef WORKBOOK_TOOLS_WORKBOOK_CONTRACTS_H_
#define WORKBOOK_TOOLS_WORKBOOK_CONTRACTS_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct Contract {
  std::string function;
  std::string in_class;  // the outermost; "" outside of all
  int line = 0;          // of the declaration
  // The sentences above the declaration, up to its first label ("Cost:").
  std::string text;
  // The comment says that the function is given: the learner does not write it.
  bool is_given = false;
};

// Returns the functions of `header` that have a comment above, in its order.
// Cost: one pass, and one more for each function.
// Thread safety: any thread.
std::vector<Contract> ContractsOf(std::string_view header);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CONTRACTS_H_
