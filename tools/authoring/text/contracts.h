// SPDX-License-Identifier: Apache-2.0

// The grammar of a contract: what a function does, then its labels.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_CONTRACTS_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_CONTRACTS_H_

#include <string_view>
#include <vector>

#include "tools/authoring/text/text_fault.h"

namespace workbook {

// Finds, in a header of a reference,
// - comments of functions that the stub shows whose first word is no verb in
//   the third person: "Grows `span` ...", "Returns whether ...";
// - labels (REQUIRES, Cost, Thread safety, On failure, Source) in the middle of
//   a line of comment.
// A function without a comment, and one that is defaulted or deleted, has no
// contract.
// Cost: O(header).
// Thread safety: any thread, for all functions here.
// On failure: none are found where ReadSourceItems can't read the header.
std::vector<TextFault> FaultsInContracts(std::string_view header);

// Whether `word` looks like a verb in the third person, as the first word of a
// sentence: "Returns", but neither "Return" nor "The", "This" or "Bytes".
bool IsThirdPersonVerb(std::string_view word);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_CONTRACTS_H_
