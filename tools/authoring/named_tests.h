// SPDX-License-Identifier: Apache-2.0

// A test's source without the tests that a proof does not run.
#ifndef WORKBOOK_TOOLS_AUTHORING_NAMED_TESTS_H_
#define WORKBOOK_TOOLS_AUTHORING_NAMED_TESTS_H_

#include <string>
#include <vector>

namespace workbook {

// `source`, the text of the file `path`, with the lines of each test that
// `names` ("Suite.Test") does not name left empty. Compiling a test is most of
// what the proof of a header's mutant costs, and half of that are the bodies of
// the tests beside the one it names. #line keeps the file and lines of a
// failure; helpers that only those tests called are no warning.
// REQUIRES: laid out by clang-format: a test begins in the first column and
//     ends at the next line that is "}" alone, or with the line that ends the
//     declaration if that line ends with "}". Where a raw string has such a
//     line, what is left does not compile, which the build tells.
// Cost: linear.
// Thread safety: any thread.
std::string OnlyNamedTests(const std::string& path, const std::string& source,
                           const std::vector<std::string>& names);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_NAMED_TESTS_H_
