// SPDX-License-Identifier: Apache-2.0

// What a test asks of a submission, as the compiler understood it.
#ifndef WORKBOOK_TOOLS_GRADE_CALLED_H_
#define WORKBOOK_TOOLS_GRADE_CALLED_H_

#include <set>
#include <string>

namespace workbook::grade {

// The functions that a test and its assertions call, with their return types
// and parameters, and the assertions with their operands' types, out of what
// `g++ -fdump-ipa-cgraph` writes: calls of before any optimisation. Not those
// of std, of the test's own unnamed namespace, constructors, destructors and
// assignments. A function that a header puts in the way of what the test means,
// or a type that is equal to everything, is one that the test over the
// reference does not call.
// Cost: one pass over some megabytes.
std::set<std::string> CalledByTest(const std::string& cgraph);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CALLED_H_
