// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_views.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/text_views.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Views = std::vector<std::string_view>;

TEST(Task3TextViews, TrimsBothEnds) {
  EXPECT_EQ(Trim(" \t\r\n\v\f a b \n"), "a b");
  EXPECT_EQ(Trim("a"), "a");
  EXPECT_EQ(Trim(""), "");
  EXPECT_EQ(Trim("  \n"), "");
  EXPECT_EQ(Trim("\x85 x\xA0"), "\x85 x\xA0") << "spaces are ASCII's";
  EXPECT_EQ(Trim(std::string_view("\0x", 2)).size(), 2u);
}

TEST(Task3TextViews, AViewIsOfTheTextThatCameIn) {
  const std::string text = "  word , x";
  EXPECT_EQ(Trim(text).data(), text.data() + 2);
  const std::string blank = "   ";
  const std::string_view nothing = Trim(blank);
  EXPECT_TRUE(nothing.data() >= blank.data() &&
              nothing.data() <= blank.data() + 3)
      << "an empty view has its place too";
  Views parts(2);
  ASSERT_EQ(Split(text, ',', parts).size, 2u);
  EXPECT_EQ(parts[1].data(), text.data() + 8);
}

TEST(Task3TextViews, SplitsIntoOnePartMoreThanSeparators) {
  const auto expect = [](std::string_view text, const Views& parts) {
    SCOPED_TRACE(text);
    ExpectFills(parts, [&](std::span<std::string_view> out) {
      return Split(text, ',', out);
    });
  };
  expect("", {""});
  expect(",", {"", ""});
  expect("a,bc,,d", {"a", "bc", "", "d"});
  expect("a,b,", {"a", "b", ""});
  expect("no separator", {"no separator"});
  RecordProperty("parts_of_nothing", static_cast<int>(Split("", ',', {}).size));
}

TEST(Task3TextViews, TwoAnswersLiveSideBySide) {
  const std::string first = " one , two ";
  const std::string second = " three ";
  Views parts(2);
  const std::string_view one = Trim(first);
  ASSERT_EQ(Split(first, ',', parts).size, 2u);
  const std::string_view three = Trim(second);
  EXPECT_EQ(one, "one , two") << "the next call overwrote the last answer";
  EXPECT_EQ(three, "three");
  EXPECT_EQ(parts[1], " two ");
}

TEST(Task3TextViews, ReadsNothingOutsideOfTheText) {
  const std::string text = "  a,b ,, c  ";
  GuardedBuffer memory(text.size());
  Views parts(8);
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string_view part = std::string_view(text).substr(0, size);
    for (const std::string_view copy :
         {memory.LastCopy(part), memory.FirstCopy(part)}) {
      ASSERT_FALSE(TouchesClosedMemory([&] { Trim(copy); })) << size;
      ASSERT_FALSE(TouchesClosedMemory([&] { Split(copy, ',', parts); }))
          << size;
    }
  }
}

TEST(Task3TextViews, NeverAllocates) {
  const std::string text =
      "   A Line, That Has Some Parts, Each Longer Than Fifteen Letters  ";
  Views parts(10);
  const AllocationScope plain;
  before::Split(before::Trim(text), ',', parts);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { ASSERT_EQ(Trim(text).size(), text.size() - 5); });
  ExpectNoAllocation([&] { ASSERT_EQ(Split(text, ',', parts).size, 3u); });
}

TEST(Task3TextViews, AnswersManyRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(411);
  std::string text;
  Views parts(20);
  Views want(20);
  for (int i = 0; i < kRandomInputs / 4; ++i) {
    FillRandomly(random, "aabAZ ,\n", 16, text);
    const std::size_t room = random.Below(20);
    const AllocationScope scope;
    const auto split = Split(text, ',', std::span(parts).first(room));
    const std::string_view trimmed = Trim(text);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    ASSERT_EQ(trimmed, before::Trim(text)) << '"' << text << '"';
    ASSERT_TRUE(SameResult(
        split, before::Split(text, ',', std::span(want).first(room))));
    for (std::size_t k = 0; split.ok() && k < split.size; ++k) {
      ASSERT_EQ(parts[k], want[k]) << text;
    }
  }
}

}  // namespace
}  // namespace workbook
