// SPDX-License-Identifier: Apache-2.0

#include "03_03/concatenation.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/03_03/before/concatenation.h"
#include "exercises/03_03/testing/counted_string.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Parts = std::vector<std::string_view>;

// [region one_by_one]
std::string OneByOne(int letters) {
  std::string text;
  for (int i = 0; i < letters; ++i) {
    const char c = static_cast<char>('a' + i % 26);
    text = text + c;
  }
  return text;
}
// [end]

// Returns the bytes that `call` moves, and stores what it made in `result`.
template <class Call>
std::int64_t BytesMovedBy(Call call, CountedString& result) {
  const std::int64_t before = CountingTraits::bytes_moved;
  result = call();
  return CountingTraits::bytes_moved - before;
}

// What a std::basic_string moves beside its text: the 16 bytes inside of the
// object, when a short text becomes another object's.
constexpr std::int64_t kShortTexts = 64;

Parts Words(std::size_t count) {
  static constexpr std::string_view kWords[] = {"pool", "of", "strings",
                                                "immutable", "an"};
  Parts parts;
  for (std::size_t i = 0; i < count; ++i) parts.push_back(kWords[i % 5]);
  return parts;
}

TEST(Task1Concatenation, JoinsWithASeparatorBetweenParts) {
  EXPECT_EQ(Joined<std::string>(Parts{"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(Joined<std::string>(Parts{"one"}, ", "), "one");
  EXPECT_EQ(Joined<std::string>(Parts{}, ", "), "");
  EXPECT_EQ(Joined<std::string>(Parts{"", "", "x", ""}, "-"), "--x-")
      << "an empty part has its separators, too";
  EXPECT_EQ(Joined<std::string>(Parts{"ab", "cd"}, ""), "abcd");
  const std::string_view zero("\0", 1);
  EXPECT_EQ(Joined<std::string>(Parts{"a", "b"}, zero), std::string("a\0b", 3))
      << "a zero byte is a byte";
}

TEST(Task1Concatenation, ReplacesFromLeftToRight) {
  EXPECT_EQ(Replaced<std::string>("a&b&&c", "&", "&amp;"), "a&amp;b&amp;&amp;c")
      << "what was put in has an & of its own and is not read again";
  EXPECT_EQ(Replaced<std::string>("aaa", "aa", "a"), "aa");
  EXPECT_EQ(Replaced<std::string>("none here", "xyz", "-"), "none here");
  EXPECT_EQ(Replaced<std::string>("xyzxyz", "xyz", ""), "");
  EXPECT_EQ(Replaced<std::string>("", "x", "y"), "");
  EXPECT_EQ(Replaced<std::string>("end", "d", "d."), "end.");
}

TEST(Task1Concatenation, MovesEachByteOfAJoinOnce) {
  const Parts parts = Words(1000);
  CountedString text;
  const std::int64_t moved =
      BytesMovedBy([&] { return Joined<CountedString>(parts, ", "); }, text);
  CountedString natural;
  const std::int64_t before = BytesMovedBy(
      [&] { return before::Joined<CountedString>(parts, ", "); }, natural);
  ASSERT_TRUE(text == natural);
  RecordGain("bytes_moved_to_join_1000_words", before, moved);
  RecordProperty("thousand_words", std::to_string(before));
  EXPECT_LE(moved, static_cast<std::int64_t>(text.size()) + kShortTexts)
      << "bytes moved for a text of " << text.size()
      << " bytes: which line moves all that was joined so far?";
}

TEST(Task1Concatenation, BytesThatAreAddedOneByOneCountAsWell) {
  const Parts parts = Words(1000);
  CountedString text;
  const std::int64_t moved =
      BytesMovedBy([&] { return Joined<CountedString>(parts, " "); }, text);
  const auto text_bytes = static_cast<std::int64_t>(text.size());
  EXPECT_GE(moved, text_bytes) << "bytes moved: each has to be written once";
  CountedString copy;
  copy.reserve(text.size());
  const std::int64_t before = CountingTraits::bytes_moved;
  for (const char letter : text) copy.push_back(letter);
  EXPECT_EQ(CountingTraits::bytes_moved - before, text_bytes)
      << "bytes moved by push_back: as many as append moves";
}

TEST(Task1Concatenation, TwiceThePartsMoveTwiceTheBytes) {
  CountedString text;
  const Parts parts = Words(500);
  const Parts twice = Words(1000);
  const std::int64_t one =
      BytesMovedBy([&] { return Joined<CountedString>(parts, ", "); }, text);
  const std::int64_t two =
      BytesMovedBy([&] { return Joined<CountedString>(twice, ", "); }, text);
  EXPECT_LE(two, 2 * one + kShortTexts)
      << "bytes moved, against " << one << " for half of the parts: a loop "
      << "that moves the text in each round makes four times as many";
}

TEST(Task1Concatenation, JoinsWithOneAllocation) {
  const Parts parts = Words(1000);
  const AllocationScope scope;
  const std::string text = Joined<std::string>(parts, ", ");
  const AllocationCounts counts = scope.Counts();
  EXPECT_EQ(counts.allocations, 1) << "the size is known before the first byte";
  EXPECT_LE(counts.bytes_allocated,
            static_cast<std::int64_t>(text.size()) + 64);
}

TEST(Task1Concatenation, ReplacingMovesALinearNumberOfBytes) {
  CountedString html;
  for (int i = 0; i < 2000; ++i) html.append("a < b; ");
  CountedString escaped;
  const std::int64_t moved = BytesMovedBy(
      [&] { return Replaced<CountedString>(html, "<", "&lt;"); }, escaped);
  CountedString natural;
  const AllocationScope scope;
  const std::int64_t before = BytesMovedBy(
      [&] { return before::Replaced<CountedString>(html, "<", "&lt;"); },
      natural);
  RecordProperty("replace_allocations",
                 std::to_string(scope.Counts().allocations));
  RecordProperty("replace_moved", std::to_string(before));
  ASSERT_TRUE(escaped == natural);
  EXPECT_LE(moved, static_cast<std::int64_t>(
                       3 * (html.size() + escaped.size()) + kShortTexts))
      << "bytes moved for a text of " << escaped.size()
      << " bytes: each replacement in place shifts the whole rest of it";
}

TEST(Task1Concatenation, ReplacingAllocatesALogarithmicNumberOfTimes) {
  std::string html;
  for (int i = 0; i < 2000; ++i) html.append("a < b; ");
  const AllocationScope scope;
  const std::string escaped = Replaced<std::string>(html, "<", "&lt;");
  EXPECT_LE(scope.Counts().allocations, 20);
  EXPECT_EQ(escaped.size(), html.size() + 3 * 2000);
}

TEST(Task1Concatenation, LettersOneByOneAllocateMoreThanOnceEach) {
  const AllocationScope scope;
  const std::string text = OneByOne(40);
  const std::int64_t allocations = scope.Counts().allocations;
  RecordProperty("forty_letters", std::to_string(allocations));
  std::vector<std::string_view> letters;
  for (const char& letter : text) letters.emplace_back(&letter, 1);
  const AllocationScope joining;
  EXPECT_EQ(Joined<std::string>(letters, ""), text);
  EXPECT_LE(joining.Counts().allocations, 1)
      << "`text = text + c` makes " << allocations;
}

}  // namespace
}  // namespace workbook
