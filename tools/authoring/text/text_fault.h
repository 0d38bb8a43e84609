// SPDX-License-Identifier: Apache-2.0

// What is wrong with one line of a text.
#ifndef WORKBOOK_TOOLS_AUTHORING_TEXT_TEXT_FAULT_H_
#define WORKBOOK_TOOLS_AUTHORING_TEXT_TEXT_FAULT_H_

#include <string>

namespace workbook {

struct TextFault {
  int line = 0;      // from 1
  std::string what;  // "has 131 columns"
  std::string fix;   // "break it at column 120 or before"
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_TEXT_TEXT_FAULT_H_
