// SPDX-License-Identifier: Apache-2.0

// One thing that the gate looks at, and what it found.
#ifndef WORKBOOK_TOOLS_AUTHORING_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_CHECK_H_

#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

struct Check {
  std::string name;                // "01_02 hints"
  std::vector<Problem> problems;   // none: it passed
  std::vector<std::string> notes;  // worth a line, and no fault

  bool Passed() const { return problems.empty(); }
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_CHECK_H_
