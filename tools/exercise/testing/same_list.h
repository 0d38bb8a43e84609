// SPDX-License-Identifier: Apache-2.0

// Compares long lists of numbers, and tells where they begin to differ.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_SAME_LIST_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_SAME_LIST_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace workbook {

// Fails where `actual` is not `expected`, and names the first difference alone,
// because one wrong number is hard to find among forty. GoogleTest prints the
// arguments as the test writes them, so a long list needs a name:
//
//   EXPECT_TRUE(SameList(capacities, published));
//
// Thread safety: any thread.
template <class Number>
testing::AssertionResult SameList(const std::vector<Number>& actual,
                                  const std::vector<Number>& expected) {
  const std::size_t both = std::min(actual.size(), expected.size());
  std::size_t at = 0;
  while (at < both && actual[at] == expected[at]) ++at;
  if (at == actual.size() && at == expected.size()) {
    return testing::AssertionSuccess();
  }
  const auto entry = [at](const std::vector<Number>& list) {
    return at < list.size() ? testing::PrintToString(list[at])
                            : std::string("nothing");
  };
  return testing::AssertionFailure()
         << "number " << at + 1 << " of the list is " << entry(actual)
         << " in place of " << entry(expected)
         << (at > 0 ? ", and all in front of it are right" : "");
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_SAME_LIST_H_
