// SPDX-License-Identifier: Apache-2.0

#include "03_01/retention.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kMessageBytes = std::size_t{1} << 20;

std::string Message(char letter) { return std::string(kMessageBytes, letter); }

// Keeps the first 16 bytes of each message; the messages themselves are done.
std::vector<Slice> HeadersOf(std::size_t messages) {
  std::vector<Slice> headers;
  for (std::size_t i = 0; i < messages; ++i) {
    const Slice message =
        Slice::CopyOf(Message(static_cast<char>('a' + i % 26)));
    headers.push_back(message.Part(0, 16));
  }
  return headers;
}

TEST(Task4Retention, MeasuresWhatIsViewedAndWhatIsHeld) {
  const Slice message = Slice::CopyOf(std::string(1000, 'x'));
  const std::vector<Slice> slices = {message.Part(0, 30), Slice::CopyOf("abc")};
  const Retention retention = MeasureRetention(slices);
  EXPECT_EQ(retention.viewed_bytes, 33u);
  EXPECT_EQ(retention.held_bytes, 1003u)
      << "30 bytes are enough to keep all 1000 of their block";
}

TEST(Task4Retention, CountsASharedBlockOnce) {
  const Slice message = Slice::CopyOf(std::string(1000, 'x'));
  const std::vector<Slice> slices = {message, message.Part(5, 20),
                                     Slice::CopyOf(std::string(1000, 'x')),
                                     message.Part(990, 10)};
  const Retention retention = MeasureRetention(slices);
  EXPECT_EQ(retention.viewed_bytes, 2030u) << "overlaps count again";
  EXPECT_EQ(retention.held_bytes, 2000u)
      << "two blocks: three slices share one, and an equal text is another";
}

TEST(Task4Retention, NothingHoldsNothing) {
  EXPECT_EQ(MeasureRetention({}).held_bytes, 0u);
  std::vector<Slice> slices(3);
  EXPECT_EQ(MeasureRetention(slices).held_bytes, 0u);
}

TEST(Task4Retention, SlicesOfNoBlockAreLeftAlone) {
  std::vector<Slice> slices(3);
  ReleaseWastedBlocks(slices, 2);
  EXPECT_EQ(slices[0].block(), nullptr)
      << "its block has 0 bytes, which is not more than twice 0";
}

TEST(Task4Retention, AHeaderNoLongerKeepsItsMessage) {
  const AllocationScope scope;
  std::vector<Slice> headers = HeadersOf(8);
  const std::int64_t before = scope.Counts().live_bytes;
  ReleaseWastedBlocks(headers, 4);
  const std::int64_t after = scope.Counts().live_bytes;
  RecordProperty("before_live_bytes", std::to_string(before));
  RecordProperty("after_live_bytes", std::to_string(after));
  RecordProperty("released", std::to_string(after));
  EXPECT_GE(before, 8 * static_cast<std::int64_t>(kMessageBytes));
  EXPECT_LE(after, 4096) << "128 bytes of headers keep so much alive";
  for (std::size_t i = 0; i < headers.size(); ++i) {
    EXPECT_EQ(headers[i].text(),
              std::string(16, static_cast<char>('a' + i % 26)));
    EXPECT_EQ(headers[i].block_bytes(), 16u);
  }
}

TEST(Task4Retention, AllSlicesOfAWastedBlockLeaveIt) {
  const AllocationScope scope;
  Slice message = Slice::CopyOf(Message('m'));
  std::vector<Slice> slices = {message.Part(0, 40), message.Part(5000, 7),
                               message.Part(100, 0)};
  message = Slice();
  ReleaseWastedBlocks(slices, 2);
  EXPECT_EQ(slices[0].text(), std::string(40, 'm'));
  EXPECT_EQ(slices[1].text(), std::string(7, 'm'));
  EXPECT_EQ(slices[2].text(), "") << "an empty slice stays empty";
  EXPECT_LE(scope.Counts().live_bytes, 4096)
      << "one slice that stays is enough to keep the block, even an empty one";
}

TEST(Task4Retention, ManySmallSlicesMayUseABlockWell) {
  const Slice message = Slice::CopyOf(Message('m'));
  std::vector<Slice> lines;
  for (std::size_t at = 0; at < kMessageBytes; at += 8192) {
    lines.push_back(message.Part(at, 4096));
  }
  const AllocationScope scope;
  ReleaseWastedBlocks(lines, 2);
  for (const Slice& line : lines) {
    ASSERT_EQ(line.block(), message.block())
        << "each slice views 1/256 of the block, and all of them together "
           "view half: copies would save little";
  }
  EXPECT_LT(scope.Counts().bytes_allocated, 4096) << "nothing to copy";
}

TEST(Task4Retention, TheRatioIsALimitToTheByte) {
  const Slice kept = Slice::CopyOf(std::string(300, 'k'));
  const Slice wasted = Slice::CopyOf(std::string(301, 'w'));
  std::vector<Slice> slices = {kept.Part(0, 60), wasted.Part(0, 50),
                               kept.Part(200, 40), wasted.Part(0, 50)};
  ReleaseWastedBlocks(slices, 3);
  EXPECT_EQ(slices[0].block(), kept.block())
      << "300 bytes for 60 + 40 in view are three times as many, not more";
  EXPECT_EQ(slices[2].block(), kept.block());
  EXPECT_EQ(slices[1].block_bytes(), 50u)
      << "301 bytes for 50 + 50 in view are more than three times as many";
  EXPECT_EQ(slices[3].block_bytes(), 50u);
}

TEST(Task4Retention, ASecondCallFindsNothingToDo) {
  std::vector<Slice> headers = HeadersOf(3);
  ReleaseWastedBlocks(headers, 1);
  const void* const block = headers[1].block();
  ReleaseWastedBlocks(headers, 1);
  EXPECT_EQ(headers[1].block(), block);
  EXPECT_EQ(headers[1].block_bytes(), 16u);
}

}  // namespace
}  // namespace workbook
