// SPDX-License-Identifier: Apache-2.0

#include "03_03/shared_string.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/exercise/testing/guarded_buffer.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kHuge = std::size_t{1} << 20;

// A copy of the text, which outlives the string.
std::string TextOf(const SharedString& string) {
  return std::string(string.view());
}

TEST(Task4SharedString, HasItsText) {
  const SharedString empty;
  EXPECT_EQ(empty.size(), 0u);
  EXPECT_EQ(TextOf(empty), "");
  const SharedString text("to be shared");
  EXPECT_EQ(TextOf(text), "to be shared");
  EXPECT_EQ(text.size(), 12u);
  const std::string_view zero("a\0b", 3);
  EXPECT_EQ(TextOf(SharedString(zero)), zero);
}

TEST(Task4SharedString, IsSixteenBytes) {
  EXPECT_EQ(sizeof(SharedString), 16u);
}

TEST(Task4SharedString, TakesOneBlockForTextAndCount) {
  const std::string text(1000, 'x');
  const AllocationScope scope;
  {
    const SharedString string(text);
    EXPECT_EQ(scope.Counts().allocations, 1);
    EXPECT_LE(scope.Counts().live_bytes, 1016) << "the text and 16 bytes";
    EXPECT_EQ(string.HeldBytes(), 1000u);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task4SharedString, AnEmptyTextTakesNoBlock) {
  const SharedString text("not empty");
  const AllocationScope scope;
  const SharedString empty{std::string_view()};
  const SharedString part = text.Substring(3, 0);
  const SharedString copy = empty;
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(empty.HeldBytes() + part.HeldBytes() + copy.HeldBytes(), 0u)
      << "an empty part of a block must not keep the block alive";
}

TEST(Task4SharedString, CopiesShareTheBlock) {
  const AllocationScope scope;
  {
    std::vector<SharedString> copies;
    copies.reserve(100);
    const SharedString text(std::string_view("a text that is shared by all"));
    const std::int64_t before = scope.Counts().allocations;
    for (int i = 0; i < 100; ++i) copies.push_back(text);
    EXPECT_EQ(scope.Counts().allocations, before);
    EXPECT_EQ(static_cast<const void*>(copies[99].view().data()),
              text.view().data());
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0) << "the last owner frees the block";
}

TEST(Task4SharedString, TheBlockLivesUntilItsLastOwnerDies) {
  SharedString last;
  {
    const SharedString first("outlives the string that made it");
    const SharedString second = first;
    last = second;
  }
  EXPECT_EQ(TextOf(last), "outlives the string that made it");
}

TEST(Task4SharedString, AMoveLeavesAnEmptyString) {
  SharedString source("moved, not copied");
  const void* const data = source.view().data();
  const SharedString moved = std::move(source);
  EXPECT_EQ(TextOf(moved), "moved, not copied");
  EXPECT_EQ(static_cast<const void*>(moved.view().data()), data);
  EXPECT_EQ(source.size(), 0u);
  EXPECT_EQ(TextOf(source), "");
  EXPECT_EQ(source.HeldBytes(), 0u);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<SharedString>);
}

TEST(Task4SharedString, AssignmentLetsGoOfTheOldBlock) {
  const AllocationScope scope;
  {
    SharedString text(std::string(500, 'a'));
    text = SharedString(std::string(300, 'b'));
    EXPECT_LE(scope.Counts().live_bytes, 316);
    EXPECT_EQ(TextOf(text), std::string(300, 'b'));
    const SharedString& itself = text;
    text = itself;
    EXPECT_EQ(TextOf(text), std::string(300, 'b')) << "assigned to itself";
    text = text.Substring(100, 50);
    EXPECT_EQ(TextOf(text), std::string(50, 'b')) << "assigned a part of it";
    text = SharedString();
    EXPECT_EQ(scope.Counts().live_bytes, 0);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task4Substring, SharesTheBlock) {
  const SharedString text("Content-Length: 42");
  const AllocationScope scope;
  const SharedString value = text.Substring(16, 100);
  const SharedString digit = value.Substring(1, 1);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(TextOf(value), "42") << "up to the end where there are fewer bytes";
  EXPECT_EQ(TextOf(digit), "2") << "a part of a part";
  EXPECT_EQ(static_cast<const void*>(digit.view().data()),
            text.view().data() + 17);
  EXPECT_EQ(digit.HeldBytes(), 18u);
}

TEST(Task4Substring, KnowsItsEnds) {
  const SharedString text("0123456789");
  const SharedString middle = text.Substring(3, 4);
  constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
  EXPECT_EQ(TextOf(middle.Substring(0, kAll)), "3456")
      << "a part ends where the part does that it was taken of";
  EXPECT_EQ(TextOf(middle.Substring(4, kAll)), "");
  EXPECT_THROW(middle.Substring(5, 0), std::out_of_range);
  EXPECT_THROW(SharedString().Substring(1, 1), std::out_of_range);
}

TEST(Task4Substring, OutlivesTheWhole) {
  SharedString part;
  const AllocationScope scope;
  {
    const SharedString whole(std::string(1000, 'w') + "part");
    part = whole.Substring(1000, 4);
  }
  EXPECT_EQ(TextOf(part), "part");
  EXPECT_GE(scope.Counts().live_bytes, 1004) << "4 bytes keep 1,004 alive";
  part = SharedString();
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

// [region headers]
std::vector<SharedString> HeadersOf(std::size_t messages) {
  std::vector<SharedString> headers;
  for (std::size_t i = 0; i < messages; ++i) {
    const SharedString message(std::string(kHuge, 'm'));
    headers.push_back(message.Substring(0, 16));
  }
  return headers;
}
// [end]

TEST(Task4Retention, ASmallPartThatKeepsAHugeTextIsFoundAndTrimmed) {
  const AllocationScope scope;
  std::vector<SharedString> headers = HeadersOf(8);
  const std::int64_t before = scope.Counts().live_bytes;
  std::size_t viewed = 0;
  std::size_t held = 0;
  for (const SharedString& header : headers) {
    viewed += header.size();
    held += header.HeldBytes();
  }
  EXPECT_EQ(viewed, 128u);
  EXPECT_EQ(held, 8 * kHuge) << "HeldBytes finds it without a heap profile";
  for (SharedString& header : headers) header = header.Trimmed(2);
  const std::int64_t after = scope.Counts().live_bytes;
  RecordGain("kept_alive_by_8_headers_bytes", before, after);
  RecordProperty("held", std::to_string(held));
  EXPECT_LE(after, 4096) << "8 headers of 16 bytes keep so much alive";
  for (const SharedString& header : headers) {
    EXPECT_EQ(TextOf(header), std::string(16, 'm'));
    EXPECT_EQ(header.HeldBytes(), 16u);
  }
}

TEST(Task4Retention, TheRatioIsALimitToTheByte) {
  const SharedString text(std::string(300, 'x'));
  EXPECT_EQ(text.Substring(0, 100).Trimmed(3).HeldBytes(), 300u)
      << "300 bytes are three times 100, not more";
  EXPECT_EQ(text.Substring(0, 99).Trimmed(3).HeldBytes(), 99u)
      << "300 bytes are more than three times 99";
  EXPECT_EQ(text.Trimmed(1).HeldBytes(), 300u);
  EXPECT_EQ(text.Substring(0, 1).Trimmed(299).HeldBytes(), 1u);
  constexpr std::size_t kWraps =
      std::numeric_limits<std::size_t>::max() / 99 + 1;
  EXPECT_EQ(text.Substring(0, 99).Trimmed(kWraps).HeldBytes(), 300u)
      << "99 times this ratio wraps around";
  EXPECT_EQ(SharedString().Trimmed(1).size(), 0u);
  const AllocationScope scope;
  const SharedString kept = text.Trimmed(1);
  EXPECT_EQ(scope.Counts().allocations, 0) << "nothing to trim: it is shared";
}

TEST(Task4SharedString, RefusesFourGiBUnread) {
  // Behind its first byte lies a closed page.
  GuardedBuffer buffer(1);
  const std::string_view huge(buffer.Last(1).data(), std::size_t{1} << 32);
  bool refused = false;
  EXPECT_FALSE(TouchesClosedMemory([&] {
    try {
      const SharedString string(huge);
    } catch (const std::length_error&) {
      refused = true;
    }
  })) << "a text of 4 GiB is refused before it is read";
  EXPECT_TRUE(refused);
}

}  // namespace
}  // namespace workbook
