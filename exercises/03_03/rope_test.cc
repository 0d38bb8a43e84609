// SPDX-License-Identifier: Apache-2.0

#include "03_03/rope.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

Rope RopeOf(std::string_view text) { return Rope(SharedString(text)); }

// A text in which each place looks different, longer than a leaf may become.
std::string Numbers(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += std::to_string(i) + " ";
  return text;
}

// The most that the header allows for a tree of so many leaves.
double MaxHeight(std::size_t leaves) {
  return 2 * std::log2(static_cast<double>(leaves) + 1);
}

TEST(Task5Rope, OfOneLeafSharesItsText) {
  const SharedString text(Numbers(0, 500));
  const AllocationScope scope;
  const Rope rope(text);
  EXPECT_LE(scope.Counts().allocations, 1);
  EXPECT_LT(scope.Counts().bytes_allocated, 200) << "the text is not copied";
  EXPECT_EQ(rope.size(), text.size());
  EXPECT_EQ(rope.Height(), 0);
  EXPECT_EQ(rope.Flat(), text.view());
}

TEST(Task5Rope, EmptyOnesAddNothing) {
  const Rope empty;
  EXPECT_EQ(empty.size(), 0u);
  EXPECT_EQ(empty.Height(), 0);
  EXPECT_EQ(empty.Flat(), "");
  EXPECT_EQ(Concat(empty, empty).Flat(), "");
  EXPECT_EQ(Concat(empty, RopeOf("x")).Flat(), "x");
  EXPECT_EQ(Concat(RopeOf("x"), empty).Flat(), "x");
  EXPECT_EQ(RopeOf("").size(), 0u);
  EXPECT_EQ(empty.Substring(0, 5).size(), 0u);
}

TEST(Task5Rope, ConcatenatesAndLeavesBothSides) {
  const Rope left = RopeOf(Numbers(0, 200));
  const Rope right = RopeOf(Numbers(200, 200));
  const Rope both = Concat(left, right);
  EXPECT_EQ(both.Flat(), Numbers(0, 400));
  EXPECT_EQ(Concat(both, both).Flat(), Numbers(0, 400) + Numbers(0, 400));
  EXPECT_EQ(left.Flat(), Numbers(0, 200));
  EXPECT_EQ(right.Flat(), Numbers(200, 200));
}

TEST(Task5Rope, ConcatenationMovesNoLargeText) {
  const std::string megabyte(1 << 20, 'r');
  const Rope left = RopeOf(megabyte);
  const Rope right = RopeOf(megabyte);
  const AllocationScope natural;
  // [region natural]
  const std::string joined = megabyte + megabyte;
  // [end]
  const std::int64_t before = natural.Counts().bytes_allocated;
  const AllocationScope scope;
  const Rope both = Concat(left, right);
  const std::int64_t after = scope.Counts().bytes_allocated;
  RecordGain("allocated_bytes", before, after);
  RecordProperty("node_bytes", std::to_string(after));
  EXPECT_EQ(both.size(), joined.size());
  EXPECT_LT(after, 1000) << "a node, and no byte of 2 MiB";
}

TEST(Task5Rope, StaysFlatHoweverItGrows) {
  Rope behind;
  Rope before;
  const Rope leaf = RopeOf(std::string(300, 'l'));
  for (std::size_t leaves = 1; leaves <= 3000; ++leaves) {
    behind = Concat(behind, leaf);
    before = Concat(leaf, before);
    ASSERT_LE(behind.Height(), MaxHeight(leaves)) << leaves << " leaves behind";
    ASSERT_LE(before.Height(), MaxHeight(leaves)) << leaves << " leaves before";
  }
  RecordProperty("height", std::to_string(behind.Height()));
  EXPECT_EQ(behind.size(), 900'000u);
  const Rope both = Concat(behind, leaf);
  EXPECT_LE(Concat(before, both).Height(), MaxHeight(6001));
}

TEST(Task5Rope, KeepsTheOrderThroughEveryRotation) {
  // Blocks of texts that are too long to become one leaf, joined in the shapes
  // that make each rotation necessary.
  std::vector<Rope> ropes;
  std::vector<std::string> texts;
  int number = 0;
  for (const int leaves : {1, 9, 2, 30, 1, 1, 17, 4, 64, 3}) {
    Rope behind;
    Rope before;
    std::string text_behind;
    std::string text_before;
    for (int i = 0; i < leaves; ++i, number += 100) {
      const std::string text = Numbers(number, 100);
      behind = Concat(behind, RopeOf(text));
      before = Concat(RopeOf(text), before);
      text_behind += text;
      text_before = text + text_before;
    }
    ropes.insert(ropes.end(), {behind, before});
    texts.insert(texts.end(), {text_behind, text_before});
  }
  for (std::size_t i = 0; i < ropes.size(); ++i) {
    for (std::size_t k = 0; k < ropes.size(); ++k) {
      const Rope both = Concat(ropes[i], ropes[k]);
      ASSERT_EQ(both.Flat(), texts[i] + texts[k]) << i << " and " << k;
      ASSERT_LE(both.Height(), MaxHeight(130)) << i << " and " << k;
    }
  }
}

TEST(Task5Rope, ShortTextsShareALeaf) {
  constexpr std::int64_t kLetters = 10'000;
  for (const bool is_behind : {true, false}) {
    Rope rope;
    const AllocationScope scope;
    for (std::int64_t i = 0; i < kLetters; ++i) {
      const Rope letter = RopeOf(i % 2 == 0 ? "e" : "o");
      rope = is_behind ? Concat(rope, letter) : Concat(letter, rope);
    }
    EXPECT_LE(scope.Counts().live_bytes, 4 * kLetters)
        << "bytes for 10,000 letters that were added one by one";
    const std::string text = rope.Flat();
    EXPECT_EQ(text.size(), 10'000u);
    EXPECT_EQ(text.substr(0, 4), is_behind ? "eoeo" : "oeoe");
    RecordProperty("leaf_bytes",
                   std::to_string(scope.Counts().live_bytes / kLetters));
  }
}

TEST(Task5Rope, FindsEachByte) {
  Rope rope;
  std::string text;
  for (int i = 0; i < 20; ++i) {
    rope = Concat(rope, RopeOf(Numbers(i * 100, 100)));
    text += Numbers(i * 100, 100);
  }
  const AllocationScope scope;
  for (std::size_t i = 0; i < text.size(); ++i) {
    ASSERT_EQ(rope.At(i), text[i]) << "byte " << i;
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task5Rope, PartsShareTheirLeaves) {
  Rope rope;
  std::string text;
  for (int i = 0; i < 400; ++i) {
    rope = Concat(rope, RopeOf(Numbers(i * 100, 100)));
    text += Numbers(i * 100, 100);
  }
  for (std::size_t from = 0; from <= text.size(); from += 9973) {
    for (std::size_t size = 0; size <= text.size(); size += 14'983) {
      ASSERT_EQ(rope.Substring(from, size).Flat(), text.substr(from, size))
          << size << " bytes from " << from;
    }
  }
  EXPECT_THROW(rope.Substring(text.size() + 1, 0), std::out_of_range);
  const AllocationScope scope;
  const Rope part = rope.Substring(1000, text.size() - 2000);
  EXPECT_LT(scope.Counts().bytes_allocated,
            static_cast<std::int64_t>(part.size() / 4))
      << "bytes allocated for a part of " << part.size();
  EXPECT_LE(part.Height(), MaxHeight(400));
}

TEST(Task5Rope, AnInsertionInTheMiddleMovesLittle) {
  const Rope book = RopeOf(std::string(1 << 20, 'b'));
  const AllocationScope scope;
  const Rope edited =
      Concat(Concat(book.Substring(0, 500'000), RopeOf("inserted")),
             book.Substring(500'000, book.size()));
  EXPECT_LT(scope.Counts().bytes_allocated, 2000);
  EXPECT_EQ(edited.size(), (1u << 20) + 8);
  EXPECT_EQ(edited.Substring(499'999, 10).Flat(), "binsertedb");
}

TEST(Task5Rope, FreesEverything) {
  const AllocationScope scope;
  {
    Rope rope;
    for (int i = 0; i < 2000; ++i) rope = Concat(rope, RopeOf(Numbers(i, 90)));
    const Rope part = rope.Substring(5000, 100'000);
    rope = Rope();
    EXPECT_EQ(part.size(), 100'000u);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
