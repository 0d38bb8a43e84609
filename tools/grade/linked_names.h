// SPDX-License-Identifier: Apache-2.0

// The names that a submission may not define: what a test links exports them.
#ifndef WORKBOOK_TOOLS_GRADE_LINKED_NAMES_H_
#define WORKBOOK_TOOLS_GRADE_LINKED_NAMES_H_

#include <set>
#include <string>
#include <vector>

namespace workbook::grade {

struct LinkedFiles {
  std::vector<std::string> libraries;  // shared: their dynamic symbols count
  std::vector<std::string> objects;    // and archives: all symbols count
};

// The files that a linker names with --trace, each once.
LinkedFiles ReadTrace(const std::string& trace);

// Adds what `nm` (`nm -D` for a shared library) shows: what is exported in the
// version that a new program gets, and names outside C++ that are looked for
// and may be missing, which whoever defines them is called by. Not names that
// only a compiler can make, with a dot.
void AddLinkedNames(const std::string& nm_output, std::set<std::string>& names);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_LINKED_NAMES_H_
