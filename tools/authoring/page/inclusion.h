// SPDX-License-Identifier: Apache-2.0

// A page whose code, tables and figures come from files.
//
//   <!-- code: exercises/03_01/growth_test.cc#grow -->
//   ```cpp
//   (the lines between `// [region grow]` and `// [end]`, or a function)
//   ```
//   <!-- table: docs/benchmarks/03_01.md#growth/append -->
//   (the table under that heading)
//   <!-- case: docs/cases/03_01.md#growth.by_one -->
//   ```text
//   (the case that this mutant becomes)
//   ```
//   <!-- output: chapters/tools/massif.txt -->
//   ```text
//   (that file, which a command wrote)
//   ```
//   ... costs <!-- figure: docs/benchmarks/03_01.json#CASE/ROW#FIELD -->1.2
//   <!-- end --> ns (all on one line)
#ifndef WORKBOOK_TOOLS_AUTHORING_PAGE_INCLUSION_H_
#define WORKBOOK_TOOLS_AUTHORING_PAGE_INCLUSION_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

struct FilledPage {
  std::string text;               // with what the sources say now
  std::vector<Problem> problems;  // sources and comments that can't be used
  std::vector<int> changed;       // lines of `text` as given that differ
};

// Fills in what the comments of `text`, the page `file`, include. A fence of
// C++ without such a comment is a problem: its code has no test.
// Cost: reads each source. Thread safety: any thread.
// On failure: `problems`, and that part as it was; nothing is thrown.
FilledPage FillPage(const std::filesystem::path& root, const std::string& file,
                    const std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PAGE_INCLUSION_H_
