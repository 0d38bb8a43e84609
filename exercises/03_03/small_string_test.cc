// SPDX-License-Identifier: Apache-2.0

#include "03_03/small_string.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// "abc..." of any length, so that a shift by one byte shows.
std::string Letters(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += static_cast<char>('a' + i % 26);
  }
  return text;
}

constexpr std::size_t kSizes[] = {0, 1, 15, 16, 22, 23, 24, 25, 100, 5000};

TEST(Task6SmallString, IsTwentyFourBytes) {
  EXPECT_EQ(sizeof(SmallString), 24u);
}

TEST(Task6SmallString, HasItsText) {
  EXPECT_EQ(SmallString().view(), "");
  for (const std::size_t size : kSizes) {
    const SmallString string(Letters(size));
    ASSERT_EQ(string.view(), Letters(size)) << size << " bytes";
  }
  const std::string_view zeros("\0\0a\0", 4);
  EXPECT_EQ(SmallString(zeros).view(), zeros) << "zero bytes are bytes";
  const std::string high(23, '\xFF');
  EXPECT_EQ(SmallString(high).view(), high) << "any byte may be the last one";
}

TEST(Task6SmallString, HasTwentyThreeBytesInline) {
  for (std::size_t size = 0; size <= 23; ++size) {
    const std::string text = Letters(size);
    const AllocationScope scope;
    const SmallString string(text);
    const SmallString copy = string;
    ASSERT_EQ(scope.Counts().allocations, 0) << size << " bytes";
    const auto* const object = reinterpret_cast<const char*>(&copy);
    ASSERT_GE(copy.view().data(), object);
    ASSERT_LE(copy.view().data() + size, object + sizeof(copy));
  }
}

TEST(Task6SmallString, TakesOneBlockForALongText) {
  for (const std::size_t size : {24u, 25u, 5000u}) {
    const std::string text = Letters(size);
    const AllocationScope scope;
    const SmallString string(text);
    EXPECT_EQ(scope.Counts().allocations, 1);
    EXPECT_LE(scope.Counts().live_bytes, static_cast<std::int64_t>(size + 1));
  }
}

TEST(Task6SmallString, EndsWithAZeroByte) {
  for (const std::size_t size : kSizes) {
    const SmallString string(Letters(size));
    ASSERT_EQ(std::strlen(string.c_str()), size);
    ASSERT_EQ(string.c_str()[size], '\0');
  }
}

TEST(Task6SmallString, CopiesShareNothing) {
  for (const std::size_t size : kSizes) {
    auto source = std::make_unique<SmallString>(Letters(size));
    const SmallString copy(*source);
    ASSERT_NE(static_cast<const void*>(copy.view().data()),
              source->view().data());
    source.reset();
    ASSERT_EQ(copy.view(), Letters(size));
  }
}

TEST(Task6SmallString, MovesTakeTheBlock) {
  for (const std::size_t size : kSizes) {
    SmallString source(Letters(size));
    const void* const block = source.view().data();
    const AllocationScope scope;
    const SmallString moved(std::move(source));
    ASSERT_EQ(scope.Counts().allocations, 0);
    ASSERT_EQ(moved.view(), Letters(size));
    ASSERT_EQ(source.view(), "") << "moved from";
    ASSERT_STREQ(source.c_str(), "");
    if (size > 23) {
      ASSERT_EQ(static_cast<const void*>(moved.view().data()), block);
    }
  }
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<SmallString>);
}

TEST(Task6SmallString, AssignmentsFreeTheOldText) {
  const AllocationScope scope;
  for (const std::size_t from : kSizes) {
    for (const std::size_t to : kSizes) {
      SmallString string(Letters(to));
      string = SmallString(Letters(from));
      ASSERT_EQ(string.view(), Letters(from)) << from << " over " << to;
      const SmallString& itself = string;
      string = itself;
      ASSERT_EQ(string.view(), Letters(from)) << "assigned to itself";
      SmallString& same = string;
      string = std::move(same);
      ASSERT_EQ(string.view(), Letters(from)) << "moved to itself";
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task6SmallString, LivesInAVectorThatGrows) {
  const AllocationScope scope;
  {
    std::vector<SmallString> strings;
    for (std::size_t i = 0; i < 200; ++i) strings.emplace_back(Letters(i));
    for (std::size_t i = 0; i < 200; ++i) {
      ASSERT_EQ(strings[i].view(), Letters(i));
    }
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
