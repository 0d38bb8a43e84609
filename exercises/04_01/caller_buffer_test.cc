// SPDX-License-Identifier: Apache-2.0

#include "04_01/caller_buffer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/caller_buffer.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

using Parts = std::vector<std::string>;

// Appends the parts; those of one character as characters.
template <typename Writer>
auto AppendAll(const Parts& parts, std::span<char> buffer) {
  Writer writer(buffer);
  for (const std::string& part : parts) {
    if (part.size() == 1) {
      writer.Append(part[0]);
    } else {
      writer.Append(std::string_view(part));
    }
  }
  return writer.Finish();
}

TEST(Task1CallerBuffer, WritesWhatFitsAndSaysWhatIsNeeded) {
  ExpectFillsText("one, two; three", [](std::span<char> buffer) {
    return AppendAll<BufferWriter>({"one", ",", " two", ";", "", " three"},
                                   buffer);
  });
  ExpectFillsText("", [](std::span<char> buffer) {
    return AppendAll<BufferWriter>({}, buffer);
  });
}

TEST(Task1CallerBuffer, GoesOnCountingWhenNothingFitsAnyMore) {
  std::vector<char> buffer(2);
  BufferWriter writer(buffer);
  writer.Append("abc");
  EXPECT_EQ(writer.needed_bytes(), 3u);
  writer.Append('d');
  writer.Append("");
  EXPECT_EQ(writer.needed_bytes(), 4u);
  EXPECT_EQ(writer.Finish(), (BufferResult{BufferStatus::kTooSmall, 4}));
}

TEST(Task1CallerBuffer, ACalleeFillsTheRest) {
  ExpectFillsText("ab-cde-f", [](std::span<char> buffer) {
    BufferWriter writer(buffer);
    writer.Append("ab-");
    writer.Skip(AppendAll<BufferWriter>({"c", "de"}, writer.Rest()).size);
    writer.Append("-f");
    return writer.Finish();
  });
}

TEST(Task1CallerBuffer, TheRestIsEmptyOnceTheBufferIsFull) {
  std::vector<char> buffer(3);
  BufferWriter writer(buffer);
  EXPECT_EQ(writer.Rest().size(), 3u);
  writer.Append("ab");
  EXPECT_EQ(writer.Rest().size(), 1u);
  writer.Skip(5);
  EXPECT_EQ(writer.Rest().size(), 0u) << "more is needed than there is room";
  EXPECT_EQ(writer.needed_bytes(), 7u);
}

TEST(Task1CallerBuffer, SkippingPastTheEndIsCounted) {
  ExpectFillsText("ab", [](std::span<char> buffer) {
    BufferWriter writer(buffer);
    const std::span<char> rest = writer.Rest();
    if (rest.size() >= 2) std::copy_n("ab", 2, rest.begin());
    writer.Skip(2);
    return writer.Finish();
  });
}

TEST(Task1CallerBuffer, WritesThePartThatFits) {
  std::string buffer = "....";
  BufferWriter writer(buffer);
  writer.Append('a');
  writer.Append("bcdefg");
  EXPECT_EQ(writer.Finish(), (BufferResult{BufferStatus::kTooSmall, 7}));
  EXPECT_EQ(buffer, "abcd");
}

TEST(Task1CallerBuffer, TwoWritersLiveSideBySide) {
  std::string one = "....";
  std::string two = "....";
  BufferWriter first(one);
  BufferWriter second(two);
  first.Append("ab");
  second.Append("xy");
  first.Append("cd");
  second.Append("z");
  EXPECT_EQ(first.Finish(), (BufferResult{BufferStatus::kOk, 4}));
  EXPECT_EQ(second.Finish(), (BufferResult{BufferStatus::kOk, 3}));
  EXPECT_EQ(one, "abcd");
  EXPECT_EQ(two.substr(0, 3), "xyz");
}

std::string WordByPlus(std::string_view letters) {
  std::string word;
  for (const char letter : letters) word = word + letter;
  return word;
}

TEST(Task1CallerBuffer, AWordThatGrowsByPlus) {
  const std::string letters(40, 'w');
  const AllocationScope scope;
  const std::string word = WordByPlus(letters);
  const auto allocations = scope.Counts().allocations;
  EXPECT_EQ(word.size(), 40u);
  EXPECT_GE(allocations, 24) << "each text longer than the short ones is new";
  RecordProperty("word_by_plus", static_cast<int>(allocations));
}

TEST(Task1CallerBuffer, MovesTextThatIsInTheBufferAlready) {
  std::string buffer = "..abcdef";
  BufferWriter writer(buffer);
  writer.Append(std::string_view(buffer).substr(2, 5));
  EXPECT_EQ(writer.Finish(), (BufferResult{BufferStatus::kOk, 5}));
  EXPECT_EQ(buffer.substr(0, 5), "abcde") << "the two places overlap";
}

TEST(Task1CallerBuffer, NeverAllocates) {
  const std::string text(1000, 't');
  std::vector<char> buffer(1200);
  const AllocationScope plain;
  before::BufferWriter growing(buffer);
  for (int i = 0; i < 100; ++i) growing.Append('c');
  growing.Append(text);
  RecordGain("allocations", plain.Counts().allocations, 0);
  ExpectNoAllocation([&] {
    BufferWriter writer(buffer);
    for (int i = 0; i < 100; ++i) writer.Append('c');
    writer.Append(text);
    writer.Skip(writer.Rest().size());
    ASSERT_EQ(writer.Finish().size, 1200u);
  });
  EXPECT_LE(sizeof(BufferWriter), 3 * sizeof(void*))
      << "a pointer, a room and a count";
}

TEST(Task1CallerBuffer, AnswersAMillionRandomInputsAsThePlainForm) {
  SeedTrace trace;
  Random random(401);
  std::vector<char> buffer(20);
  std::vector<char> expected(20);
  std::string text;
  for (int i = 0; i < kRandomInputs; ++i) {
    // Beyond 15 a std::string allocates: a hidden one is seen here, too.
    FillRandomly(random, "abc", 16, text);
    const std::size_t room = random.Below(21);
    const AllocationScope scope;
    BufferWriter writer{std::span(buffer).first(room)};
    writer.Append(text);
    writer.Append('-');
    ASSERT_EQ(scope.Counts().allocations, 0) << text;
    before::BufferWriter plain{std::span(expected).first(room)};
    plain.Append(text);
    plain.Append('-');
    const BufferResult result = writer.Finish();
    const before::BufferResult want = plain.Finish();
    ASSERT_TRUE(SameResult(result, want)) << text << " into " << room;
    ASSERT_EQ(Written(buffer, result), Written(expected, want));
  }
}

}  // namespace
}  // namespace workbook
