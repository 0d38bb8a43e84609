// SPDX-License-Identifier: Apache-2.0

// Words that are the same in every run of the same program.
#ifndef WORKBOOK_TOOLS_GRADE_ADDRESSES_H_
#define WORKBOOK_TOOLS_GRADE_ADDRESSES_H_

#include <string>

namespace workbook::grade {

// `text` with "address 1" and so on in the place of each address of a program
// or a heap, "0x55d5b8b16ab0": equal ones get equal numbers, in the order in
// which they first stand there. Each run has other addresses; which of them are
// equal is what a student can use.
// Cost: linear in the text.
// Thread safety: any thread.
std::string NumberAddresses(const std::string& text);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_ADDRESSES_H_
