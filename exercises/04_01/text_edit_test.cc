// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/text_edit.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

TEST(Task8TextEdit, FoldsTheTwentySixCapitalsOnly) {
  std::string all;
  std::string folded;
  for (int c = 0; c < 256; ++c) {
    all.push_back(static_cast<char>(c));
    folded.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  }
  std::vector<char> out(256);
  ASSERT_EQ(FoldCase(all, out), (BufferResult{BufferStatus::kOk, 256}));
  EXPECT_EQ(std::string(out.begin(), out.end()), folded);
  int changed = 0;
  for (std::size_t c : {0x40u, 0x41u, 0x5Au, 0x5Bu, 0xC1u}) {
    changed += out[c] != static_cast<char>(c) ? 1 : 0;
  }
  RecordProperty("folded_of_five", changed);
}

TEST(Task8TextEdit, FoldsAnyLengthWithinItsBuffer) {
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

TEST(Task8TextEdit, FoldsInPlace) {
  std::string text = "In Place, Of Any Length";
  EXPECT_TRUE(FoldCase(text, text).ok());
  EXPECT_EQ(text, "in place, of any length");
}

TEST(Task8TextEdit, ReplacesFromTheLeft) {
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

TEST(Task8TextEdit, NeverAllocates) {
  const std::string text = "  A Line, That Has Some Parts, Longer Than Short  ";
  std::vector<char> out(200);
  const AllocationScope plain;
  before::FoldCase(text, out);
  before::Replace(text, " ", "  ", out);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] { ASSERT_TRUE(FoldCase(text, out).ok()); });
  ExpectNoAllocation([&] { ASSERT_TRUE(Replace(text, " ", "  ", out).ok()); });
}

TEST(Task8TextEdit, AnswersManyRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(411);
  std::string text;
  std::vector<char> out(64);
  std::vector<char> want(64);
  const std::string_view froms[] = {"a", "ab", "aa", "", "A b"};
  const std::string_view tos[] = {"", "a", "bab", "\n"};
  for (int i = 0; i < kRandomInputs / 4; ++i) {
    FillRandomly(random, "aabAZ ,\n", 14, text);
    const std::size_t room = random.Below(30);
    const auto to = std::span(out).first(room);
    const auto want_to = std::span(want).first(room);
    const AllocationScope scope;
    const auto folded = FoldCase(text, to);
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
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
