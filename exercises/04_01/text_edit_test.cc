// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/text_edit.h"
#include "exercises/04_01/testing/contract.h"

namespace workbook {
namespace {

using Views = std::vector<std::string_view>;

TEST(Task7TextEdit, TrimsBothEnds) {
  EXPECT_EQ(Trim(" \t\r\n\v\f a b \n"), "a b");
  EXPECT_EQ(Trim("a"), "a");
  EXPECT_EQ(Trim(""), "");
  EXPECT_EQ(Trim("  \n"), "");
  EXPECT_EQ(Trim("\x85 x\xA0"), "\x85 x\xA0") << "spaces are ASCII's";
  EXPECT_EQ(Trim(std::string_view("\0x", 2)).size(), 2u);
}

TEST(Task7TextEdit, AViewIsOfTheTextThatCameIn) {
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

TEST(Task7TextEdit, SplitsIntoOnePartMoreThanSeparators) {
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
}

TEST(Task7TextEdit, FoldsTheTwentySixCapitalsOnly) {
  std::string all;
  std::string folded;
  for (int c = 0; c < 256; ++c) {
    all.push_back(static_cast<char>(c));
    folded.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  }
  std::vector<char> out(256);
  ASSERT_EQ(FoldCase(all, out), (BufferResult{BufferStatus::kOk, 256}));
  EXPECT_EQ(std::string(out.begin(), out.end()), folded);
}

TEST(Task7TextEdit, FoldsAnyLengthWithinItsBuffer) {
  const std::string text = "HELLO World, GoodBye ZA@[`{";
  const std::string folded = "hello world, goodbye za@[`{";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    GuardedBuffer memory(size);
    const std::string_view part =
        memory.LastCopy(std::string_view(text).substr(0, size));
    ExpectFillsText(folded.substr(0, size),
                    [&](std::span<char> out) { return FoldCase(part, out); });
  }
}

TEST(Task7TextEdit, FoldsInPlace) {
  std::string text = "In Place, Of Any Length";
  EXPECT_TRUE(FoldCase(text, text).ok());
  EXPECT_EQ(text, "in place, of any length");
}

TEST(Task7TextEdit, ReplacesFromTheLeft) {
  const auto expect = [](std::string_view text, std::string_view from,
                         std::string_view to, std::string_view replaced) {
    SCOPED_TRACE(text);
    ExpectFillsText(replaced, [&](std::span<char> out) {
      return Replace(text, from, to, out);
    });
  };
  expect("a-b-c", "-", "+++", "a+++b+++c");
  expect("aaaaa", "aa", "b", "bba");
  expect("aaa", "aaa", "", "");
  expect("ab", "b", "bb", "abb");
  expect("abab", "ba", "ab", "aabb");
  expect("abc", "", "x", "abc");
  expect("", "a", "x", "");
  expect("short", "longer than it", "x", "short");
}

TEST(Task7TextEdit, NeverAllocates) {
  const std::string text =
      "   A Line, That Has Some Parts, Each Longer Than Fifteen Letters  ";
  std::vector<char> out(200);
  Views parts(10);
  ExpectNoAllocation([&] {
    ASSERT_EQ(Split(Trim(text), ',', parts).size, 3u);
    ASSERT_TRUE(FoldCase(parts[2], out).ok());
    ASSERT_TRUE(Replace(text, " ", "  ", out).ok());
  });
}

TEST(Task7TextEdit, AnswersAMillionRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(411);
  std::string text;
  std::vector<char> out(64);
  std::vector<char> want(64);
  Views parts(20);
  Views want_parts(20);
  const std::string_view froms[] = {"a", "ab", "aa", "", "A b"};
  const std::string_view tos[] = {"", "a", "bab", "\n"};
  for (int i = 0; i < kRandomInputs / 4; ++i) {
    FillRandomly(random, "aabAZ ,\n", 14, text);
    const std::size_t room = random.Below(30);
    const AllocationScope scope;
    const auto split = Split(text, ',', std::span(parts).first(room % 20));
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    ASSERT_EQ(Trim(text), before::Trim(text)) << '"' << text << '"';
    ASSERT_TRUE(SameResult(
        split,
        before::Split(text, ',', std::span(want_parts).first(room % 20))));
    for (std::size_t k = 0; split.ok() && k < split.size; ++k) {
      ASSERT_EQ(parts[k], want_parts[k]) << text;
    }
    const auto to = std::span(out).first(room);
    const auto want_to = std::span(want).first(room);
    const auto folded = FoldCase(text, to);
    const auto want_folded = before::FoldCase(text, want_to);
    ASSERT_TRUE(SameResult(folded, want_folded));
    ASSERT_EQ(Written(out, folded), Written(want, want_folded));
    const auto from = froms[random.Below(5)];
    const auto by = tos[random.Below(4)];
    const auto replaced = Replace(text, from, by, to);
    const auto want_replaced = before::Replace(text, from, by, want_to);
    ASSERT_TRUE(SameResult(replaced, want_replaced))
        << text << ": " << from << " to " << by;
    ASSERT_EQ(Written(out, replaced), Written(want, want_replaced)) << text;
  }
}

}  // namespace
}  // namespace workbook
