// SPDX-License-Identifier: Apache-2.0

// The names that a test of a source uses.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TEST_BODY_H_
#define WORKBOOK_TOOLS_WORKBOOK_TEST_BODY_H_

#include <set>
#include <string>
#include <string_view>

namespace workbook::cli {

struct TestNames {
  bool is_found = false;            // the source has the test
  std::set<std::string> statement;  // of the statement at the line
  // Of the whole test, and of the functions of the source that it calls.
  std::set<std::string> body;
};

// Returns the identifiers of the test `full_name` ("Suite.Test", or an instance
// of it) in `source`. Where `line` (from 1) lies in the test, `statement` has
// those of the statement there.
// Cost: some passes over the source.
// Thread safety: any thread.
TestNames NamesInTest(std::string_view source, std::string_view full_name,
                      int line);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEST_BODY_H_
