// SPDX-License-Identifier: Apache-2.0

#include "tools/trace/trace.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "tools/trace/recorded.h"

namespace workbook {
namespace {

RawEvent Raw(TraceOp op, std::uint64_t block, std::uint64_t old,
             std::uint32_t bytes, std::uint16_t thread = 0,
             std::uint8_t alignment_power = 0) {
  return {block,          old, bytes, thread, static_cast<std::uint8_t>(op),
          alignment_power};
}

TEST(Trace, GivesAddressesSlotsAndLeavesOutWhatItDoesNotKnow) {
  const Trace trace = FromRaw(
      {Raw(TraceOp::kFree, 99, 0, 0), Raw(TraceOp::kAllocate, 10, 0, 100),
       Raw(TraceOp::kAllocate, 20, 0, 7),
       Raw(TraceOp::kReallocate, 30, 10, 200), Raw(TraceOp::kFree, 20, 0, 0),
       Raw(TraceOp::kAllocate, 10, 0, 5, 1)});
  ASSERT_EQ(trace.events.size(), 6u);
  EXPECT_EQ(trace.events[2].op, TraceOp::kReallocate);
  EXPECT_EQ(trace.events[2].slot, 0u) << "a realloc keeps its slot";
  EXPECT_EQ(trace.events[4].op, TraceOp::kThread);
  EXPECT_EQ(trace.events[5].slot, 1u) << "the lowest free slot";
  EXPECT_EQ(trace.slots, 2u);
}

TEST(Trace, SurvivesPacking) {
  const Trace trace = FromRaw(
      {Raw(TraceOp::kAllocate, 1, 0, 4'000'000'000),
       Raw(TraceOp::kAllocate, 2, 0, 0), Raw(TraceOp::kReallocate, 3, 2, 300),
       Raw(TraceOp::kFree, 3, 0, 0), Raw(TraceOp::kAllocate, 8, 0, 70, 2, 12),
       Raw(TraceOp::kFree, 1, 0, 0, 3)});
  const std::string path = testing::TempDir() + "/packed.gz";
  ASSERT_EQ(WriteTrace(trace, path), std::nullopt);
  const Trace read = ReadTrace(path);
  EXPECT_EQ(read.problem, "");
  ASSERT_EQ(read.events.size(), trace.events.size());
  for (std::size_t i = 0; i < read.events.size(); ++i) {
    EXPECT_EQ(read.events[i].op, trace.events[i].op);
    EXPECT_EQ(read.events[i].slot, trace.events[i].slot);
    EXPECT_EQ(read.events[i].alignment_power, trace.events[i].alignment_power);
    EXPECT_EQ(read.events[i].bytes, trace.events[i].bytes);
  }
  EXPECT_EQ(read.slots, trace.slots);
}

TEST(Trace, SaysWhichPackedBytesAreNoWholeFile) {
  const RecordedTrace& git = RecordedTraces()[0];
  const std::string_view half = git.packed.substr(0, git.packed.size() / 2);
  for (const std::string_view packed : {half, std::string_view("no gzip")}) {
    const Trace trace = ReadPackedTrace(packed, "these bytes");
    EXPECT_EQ(trace.problem.find("these bytes: is no whole gzip file"), 0u)
        << trace.problem;
    EXPECT_TRUE(trace.events.empty());
  }
  EXPECT_EQ(ReadPackedTrace(git.packed, "git").problem, "");
}

TEST(Trace, IsReadUnpacked) {
  // 4 * 300 + 0, 4 * 0 + 2 and 5, 4 * 0 + 1
  const Trace trace = ReadUnpackedTrace("\xB0\x09\x02\x05\x01", "bytes");
  EXPECT_EQ(trace.problem, "");
  ASSERT_EQ(trace.events.size(), 3u);
  EXPECT_EQ(trace.events[0].bytes, 300u);
  EXPECT_EQ(trace.events[1].bytes, 5u);
  EXPECT_EQ(trace.events[2].op, TraceOp::kFree);
  EXPECT_NE(ReadUnpackedTrace("\x01", "bytes")
                .problem.find("bytes: event 0 is no event"),
            std::string::npos);
}

TEST(Trace, SaysWhatIsWrongWithAFile) {
  EXPECT_NE(ReadTrace("missing.gz").problem.find("missing.gz: can't be opened"),
            std::string::npos);
  const std::string path = testing::TempDir() + "/broken.gz";
  std::ofstream(path) << "\x81";  // gzread passes plain bytes through
  EXPECT_NE(ReadTrace(path).problem.find("event 0 is no event"),
            std::string::npos);
  EXPECT_NE(WriteTrace({}, "no/such/folder/x.gz"), std::nullopt);
}

TEST(Trace, ReadsTheRecordedPrograms) {
  for (const char* name :
       {"git", "python3", "sqlite3", "gcc", "git_grep", "lld"}) {
    const Trace trace =
        ReadTrace(std::string("tools/trace/testdata/") + name + ".trace.gz");
    EXPECT_EQ(trace.problem, "");
    EXPECT_GT(trace.events.size(), 5'000u) << name;
  }
}

}  // namespace
}  // namespace workbook
