// SPDX-License-Identifier: Apache-2.0

#include "04_04/record_splitter.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Lines = std::vector<std::string>;

// A line of Notes, in words, since a failure shows it.
std::string TooLong(std::uint64_t offset, std::uint64_t bytes) {
  return "the one at " + std::to_string(offset) +
         " is too long: " + std::to_string(bytes) + " bytes";
}

// Writes down what comes: OFFSET:RECORD, or TooLong.
class Notes : public RecordSink {
 public:
  bool OnRecord(std::string_view record, std::uint64_t offset) override {
    if (throws) throw std::runtime_error("the sink's");
    lines.push_back(std::to_string(offset) + ":" + std::string(record));
    return --takes != 0;
  }
  bool OnTooLong(const RecordError& error) override {
    lines.push_back(TooLong(error.offset, error.bytes));
    return --takes != 0;
  }
  Lines lines;
  int takes = -1;  // records until it says false; below 0: never
  bool throws = false;
};

Lines Split(const std::vector<std::string_view>& chunks,
            std::size_t max_record_bytes = 8,
            const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "Process");
  Notes notes;
  RecordSplitter splitter(notes, max_record_bytes);
  for (const std::string_view chunk : chunks) {
    EXPECT_EQ(splitter.Process(chunk), chunk.size());
  }
  splitter.Flush();
  return notes.lines;
}

// Empty records, one at the limit, one above it, one without an end.
constexpr std::string_view kText = "ab\n\n\n12345678\n123456789\nc\nlast";
const Lines kRecords = {"0:ab",         "3:",   "4:",     "5:12345678",
                        TooLong(14, 9), "24:c", "26:last"};

TEST(Task2RecordSplitter, CutsAtEachSeparator) {
  EXPECT_EQ(Split({kText}), kRecords);
  EXPECT_EQ(Split({}), Lines());
  EXPECT_EQ(Split({""}), Lines());
  EXPECT_EQ(Split({"\n"}), Lines({"0:"})) << "an empty record, and no second";
  EXPECT_EQ(Split({"a\n"}), Lines({"0:a"}));
  EXPECT_EQ(Split({std::string_view("a\0b\r\n", 5)}),
            Lines({"0:" + std::string("a\0b\r", 4)}))
      << "only the separator has a meaning";
}

// [region naive]
// What comes to mind first: each chunk is a text, and has its lines.
Lines SplitEach(const std::vector<std::string_view>& chunks) {
  Lines lines;
  for (const std::string_view chunk : chunks) {
    std::istringstream text{std::string(chunk)};
    for (std::string line; std::getline(text, line);) lines.push_back(line);
  }
  return lines;
}
// [end]

TEST(Task2RecordSplitter, TheEndOfAChunkIsNoEndOfARecord) {
  EXPECT_EQ(SplitEach({"a\nb", "c\n"}), Lines({"a", "b", "c"})) << "is wrong";
  EXPECT_EQ(Split({"a\nb", "c\n"}), Lines({"0:a", "2:bc"}));
}

TEST(Task2RecordSplitter, EverySplitInTwoGivesTheSameRecords) {
  for (std::size_t i = 0; i <= kText.size(); ++i) {
    EXPECT_EQ(Split({kText.substr(0, i), kText.substr(i)}), kRecords)
        << "split at " << i;
  }
}

TEST(Task2RecordSplitter, EverySplitInThreeGivesTheSameRecords) {
  for (std::size_t i = 0; i <= kText.size(); ++i) {
    for (std::size_t k = i; k <= kText.size(); ++k) {
      ASSERT_EQ(
          Split({kText.substr(0, i), kText.substr(i, k - i), kText.substr(k)}),
          kRecords)
          << "split at " << i << " and " << k;
    }
  }
}

TEST(Task2RecordSplitter, ByteByByte) {
  std::vector<std::string_view> chunks;
  for (std::size_t i = 0; i < kText.size(); ++i) {
    chunks.push_back(kText.substr(i, 1));
  }
  EXPECT_EQ(Split(chunks), kRecords);
}

TEST(Task2RecordSplitter, ReportsALongRecordOnceWithOffsetAndLength) {
  const std::string huge(100'000, 'x');
  EXPECT_EQ(Split({"a\n", huge, huge, "\nb\n"}),
            Lines({"0:a", TooLong(2, 200000), "200003:b"}));
  EXPECT_EQ(Split({"a\n", huge}), Lines({"0:a", TooLong(2, 100000)}))
      << "also at the end";
  EXPECT_EQ(Split({"12345678", "\n"}), Lines({"0:12345678"}));
  EXPECT_EQ(Split({"12345678", "9\n"}), Lines({TooLong(0, 9)}));
}

TEST(Task2RecordSplitter, StopsBehindTheRecordAtWhichTheSinkSaysFalse) {
  Notes notes;
  RecordSplitter splitter(notes, 8);
  splitter.Process("a");
  notes.takes = 1;
  const std::string_view chunk = "b\nccc\n123456789\nd\n";
  EXPECT_EQ(splitter.Process(chunk), 2u);
  EXPECT_EQ(notes.lines, Lines({"0:ab"}));
  EXPECT_EQ(splitter.Offset(), 3u);
  notes.takes = 2;
  EXPECT_EQ(splitter.Process(chunk.substr(2)), 14u) << "errors count as well";
  EXPECT_EQ(splitter.Process(chunk.substr(16)), 2u);
  EXPECT_EQ(notes.lines, Lines({"0:ab", "3:ccc", TooLong(7, 9), "17:d"}));
}

TEST(Task2RecordSplitter, StopsAtARecordThatLiesInTheChunk) {
  Notes notes;
  RecordSplitter splitter(notes, 8);
  notes.takes = 1;
  EXPECT_EQ(splitter.Process("a\nb\n"), 2u) << "nothing crossed a border";
  EXPECT_EQ(splitter.Offset(), 2u);
  EXPECT_EQ(notes.lines, Lines({"0:a"}));
}

TEST(Task2RecordSplitter, ALimitOfNoBytesLeavesEmptyRecords) {
  EXPECT_EQ(Split({"\na\n\n"}, 0), Lines({"0:", TooLong(1, 1), "3:"}));
  EXPECT_EQ(Split({"a", "\n"}, 0), Lines({TooLong(0, 1)}));
}

TEST(Task2RecordSplitter, BeginsAnewAfterFlush) {
  Notes notes;
  RecordSplitter splitter(notes, 8);
  splitter.Process("abc");
  EXPECT_EQ(splitter.Offset(), 3u);
  splitter.Flush();
  EXPECT_EQ(splitter.Offset(), 0u);
  splitter.Flush();
  splitter.Process("d\n");
  EXPECT_EQ(notes.lines, Lines({"0:abc", "0:d"}));
  splitter.Flush();
  EXPECT_EQ(splitter.Offset(), 0u) << "also where nothing was left over";
}

TEST(Task2RecordSplitter, IsWellAfterASinkThatThrows) {
  Notes notes;
  RecordSplitter splitter(notes, 8);
  splitter.Process("ab");
  notes.throws = true;
  EXPECT_THROW(splitter.Process("c\nd\n"), std::runtime_error);
  notes.throws = false;
  EXPECT_EQ(splitter.Offset(), 4u) << "the record that threw is taken";
  splitter.Process("e\n");
  EXPECT_EQ(notes.lines, Lines({"4:e"}));
}

TEST(Task2RecordSplitter, BeginsAnewAfterASinkThatThrowsInFlush) {
  Notes notes;
  RecordSplitter splitter(notes, 8);
  splitter.Process("abc");
  notes.throws = true;
  EXPECT_THROW(splitter.Flush(), std::runtime_error);
  notes.throws = false;
  EXPECT_EQ(splitter.Offset(), 0u);
  splitter.Process("d\n");
  EXPECT_EQ(notes.lines, Lines({"0:d"}));
}

TEST(Task2RecordSplitter, CutsAtTheSeparatorItWasGiven) {
  Notes notes;
  RecordSplitter splitter(notes, 8, '\0');
  splitter.Process(std::string_view("a\nb\0c", 5));
  splitter.Flush();
  EXPECT_EQ(notes.lines, Lines({"0:a\nb", "4:c"}));
}

// Counts, and looks where the records lie.
class Counter : public RecordSink {
 public:
  bool OnRecord(std::string_view record, std::uint64_t) override {
    ++records;
    in_chunk += record.data() >= chunk.data() &&
                record.data() < chunk.data() + chunk.size();
    return true;
  }
  bool OnTooLong(const RecordError&) override { return true; }
  std::string_view chunk;
  int records = 0;
  int in_chunk = 0;
};

TEST(Task2RecordSplitter, CopiesOnlyWhatCrossesABorder) {
  Counter counter;
  RecordSplitter splitter(counter, 8);
  counter.chunk = "one\ntwo\nthr";
  splitter.Process(counter.chunk);
  counter.chunk = "ee\nfour\n";
  splitter.Process(counter.chunk);
  EXPECT_EQ(counter.records, 4);
  EXPECT_EQ(counter.in_chunk, 3);
}

// What is copied of 64 KiB in lines of 100 bytes that come in chunks of 4 KiB.
TEST(Task2RecordSplitter, FewBytesAreCopied) {
  Counter counter;
  RecordSplitter splitter(counter, 1000);
  std::string text;
  while (text.size() < 65'536) text += std::string(99, 'x') + "\n";
  text.resize(65'536);
  for (std::size_t i = 0; i < text.size(); i += 4096) {
    counter.chunk = std::string_view(text).substr(i, 4096);
    splitter.Process(counter.chunk);
  }
  EXPECT_EQ(counter.records, 655);
  const int copied = counter.records - counter.in_chunk;
  RecordProperty("copied_records", copied);
  EXPECT_EQ(copied, 15) << "one a border";
}

TEST(Task2RecordSplitter, AllocatesItsBufferAndNothingElse) {
  Counter counter;
  const std::string chunk = "1234567\n12345\n" + std::string(50, 'x') + "\nab";
  AllocationScope scope;
  RecordSplitter splitter(counter, 1000);
  for (int i = 0; i < 10'000; ++i) splitter.Process(chunk);
  splitter.Flush();
  EXPECT_EQ(counter.records, 30'001);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().peak_live_bytes, 1000);
}

}  // namespace
}  // namespace workbook
