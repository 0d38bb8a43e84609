// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/arena.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/support/history/picture.h"
#include "tools/support/history/subject.h"

namespace workbook::history {
namespace {

// clang's AddressSanitizer lets only delete[] read or write the length
// that is in front of such an array.
TEST(ArenaTest, DrawsAndFreesAnArrayWhoseElementsHaveADestructor) {
  arena.Reset();
  Subject subject;
  std::string* array = subject.Ask([] { return new std::string[3]; });
  EXPECT_GE(arena.LiveBytes(), 3 * sizeof(std::string));
  const std::string picture = Picture(subject);
  EXPECT_NE(picture.find(" bytes | 3 "), std::string::npos) << picture;
  subject.In([](std::string* strings) { delete[] strings; }, array);
  EXPECT_EQ(arena.LiveBytes(), 0u);
  arena.CheckGuards();
}

}  // namespace
}  // namespace workbook::history
