// SPDX-License-Identifier: Apache-2.0

#include "04_04/stream_processor.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

// Lines 0000000, 0000001, ... of eight bytes each, as many as asked for.
class LineSource : public ByteSource {
 public:
  explicit LineSource(std::uint64_t bytes, int error_number = 0)
      : bytes_(bytes), error_number_(error_number) {}
  ssize_t Read(std::span<char> buffer) override {
    ++reads;
    const std::uint64_t place = place_.load();
    if (place == bytes_ && error_number_ != 0) {
      errno = error_number_;
      return -1;
    }
    const std::size_t count = static_cast<std::size_t>(
        std::min<std::uint64_t>(buffer.size(), bytes_ - place));
    for (std::size_t i = 0; i < count; ++i) buffer[i] = At(place + i);
    place_ = place + count;
    return static_cast<ssize_t>(count);
  }
  std::uint64_t BytesRead() const { return place_; }
  std::atomic<int> reads{0};

 private:
  static char At(std::uint64_t place) {
    if (place % 8 == 7) return '\n';
    std::uint64_t number = place / 8;
    for (std::uint64_t digit = place % 8; digit < 6; ++digit) number /= 10;
    return static_cast<char>('0' + number % 10);
  }
  const std::uint64_t bytes_;
  const int error_number_;
  std::atomic<std::uint64_t> place_{0};
};

// Requires lines in their order; stops or throws when it is told to.
class LineSink : public RecordSink {
 public:
  bool OnRecord(std::string_view record, std::uint64_t offset) override {
    std::uint64_t number = 0;
    for (const char c : record) {
      number = number * 10 + static_cast<std::uint64_t>(c - '0');
    }
    in_order = in_order && number == records && offset == records * 8;
    ++records;
    last.assign(record);
    if (records == throw_at) throw std::runtime_error("the sink's");
    return records != stop_at;
  }
  bool OnTooLong(const RecordError&) override { return ++too_long > 0; }
  std::uint64_t records = 0;
  std::uint64_t too_long = 0;
  std::uint64_t stop_at = 0;
  std::uint64_t throw_at = 0;
  bool in_order = true;
  std::string last;
};

StreamOptions Options(std::size_t chunk_bytes, std::size_t chunks_ahead) {
  StreamOptions options;
  options.chunk_bytes = chunk_bytes;
  options.chunks_ahead = chunks_ahead;
  options.max_record_bytes = 100;
  return options;
}

// Alone, and with 1, 2 and 5 chunks ahead; no chunk holds whole lines.
class Task7StreamProcessor : public BoundedTest {
 protected:
  static constexpr std::size_t kAhead[] = {0, 1, 2, 5};
};

TEST_F(Task7StreamProcessor, HandsEveryRecordOnInOrder) {
  for (const std::size_t ahead : kAhead) {
    for (const std::size_t chunk_bytes : {1u, 7u, 64u, 1000u}) {
      StreamProcessor stream(Options(chunk_bytes, ahead));
      LineSource source(8003);
      LineSink sink;
      const StreamReport report = stream.Run(source, sink);
      EXPECT_EQ(sink.records, 1001u) << chunk_bytes << " x " << ahead;
      EXPECT_EQ(sink.last, "000") << "the last line has no end";
      EXPECT_EQ(report.bytes, 8003u);
      EXPECT_FALSE(report.stopped);
      EXPECT_TRUE(report.input.ok());
    }
  }
}

TEST_F(Task7StreamProcessor, RunsAgain) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    for (int run = 0; run < 3; ++run) {
      LineSource source(8000);
      LineSink sink;
      stream.Run(source, sink);
      EXPECT_EQ(sink.records, 1000u);
      EXPECT_TRUE(sink.in_order);
    }
  }
}

TEST_F(Task7StreamProcessor, AFailureEndsTheStreamAtItsByte) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    LineSource source(1004, EIO);
    LineSink sink;
    const StreamReport report = stream.Run(source, sink);
    EXPECT_EQ(report.input.outcome, IoOutcome::kReadFailed);
    EXPECT_EQ(report.input.offset, 1004u);
    EXPECT_EQ(report.bytes, 1004u);
    EXPECT_EQ(sink.records, 125u) << "half a record is none";
  }
}

TEST_F(Task7StreamProcessor, NoticesAFileThatShrinks) {
  for (const std::size_t ahead : kAhead) {
    StreamOptions options = Options(100, ahead);
    options.promised_bytes = 2000;
    StreamProcessor stream(options);
    LineSource source(1004);
    LineSink sink;
    const StreamReport report = stream.Run(source, sink);
    EXPECT_EQ(report.input.outcome, IoOutcome::kShrunk);
    EXPECT_EQ(sink.records, 125u);
  }
}

TEST_F(Task7StreamProcessor, ASinkStopsTheStream) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    LineSource source(1 << 20);
    LineSink sink;
    sink.stop_at = 20;
    const StreamReport report = stream.Run(source, sink);
    EXPECT_TRUE(report.stopped);
    EXPECT_EQ(sink.records, 20u);
    EXPECT_EQ(report.bytes, 160u);
    EXPECT_LE(source.BytesRead(), 100 * (2 + ahead));
    sink = LineSink();
    LineSource next(800);
    EXPECT_FALSE(stream.Run(next, sink).stopped);
    EXPECT_EQ(sink.records, 100u);
  }
}

TEST_F(Task7StreamProcessor, ASinkStopsAtTheLastRecordAndAtALongOne) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    LineSource source(803);
    LineSink sink;
    sink.stop_at = 101;
    const StreamReport report = stream.Run(source, sink);
    EXPECT_TRUE(report.stopped) << "by the record that has no end";
    EXPECT_EQ(report.bytes, 803u);
    StreamOptions options = Options(100, ahead);
    options.max_record_bytes = 6;
    LineSource of_long_lines(803);
    class StopsAtThree : public LineSink {
     public:
      bool OnTooLong(const RecordError&) override { return ++too_long != 3; }
    } at_three;
    StreamProcessor of_short(options);
    const StreamReport stopped = of_short.Run(of_long_lines, at_three);
    EXPECT_TRUE(stopped.stopped);
    EXPECT_EQ(stopped.bytes, 24u) << "the third line is taken";
  }
}

TEST_F(Task7StreamProcessor, ASourceWithoutBytesIsAStreamWithoutRecords) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    LineSource source(0);
    LineSink sink;
    const StreamReport report = stream.Run(source, sink);
    EXPECT_EQ(sink.records, 0u);
    EXPECT_EQ(report.bytes, 0u);
    EXPECT_TRUE(report.input.ok());
    EXPECT_FALSE(report.stopped);
  }
}

// In a child that has no addresses left for the stack of a thread.
TEST_F(Task7StreamProcessor, WhereNoThreadCanBeHadItReadsAlone) {
  if (WORKBOOK_SANITIZER_MALLOC) GTEST_SKIP() << "its runtime needs addresses";
  const auto without_threads = [] {
    StreamProcessor stream(Options(100, 2));
    LineSource source(8000);
    LineSink sink;
    std::vector<char> spare(1 << 20);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_AS, &none);
    spare = std::vector<char>();  // room for small blocks, and for no stack
    const StreamReport report = stream.Run(source, sink);
    _exit(sink.records == 1000 && report.input.ok() ? 0 : 1);
  };
  EXPECT_EXIT(without_threads(), testing::ExitedWithCode(0), "");
}

TEST_F(Task7StreamProcessor, AnExceptionOfTheSinkGoesThrough) {
  for (const std::size_t ahead : kAhead) {
    StreamProcessor stream(Options(100, ahead));
    LineSource source(1 << 20);
    LineSink sink;
    sink.throw_at = 20;
    EXPECT_THROW(stream.Run(source, sink), std::runtime_error);
    const int reads = source.reads;
    std::this_thread::yield();
    EXPECT_EQ(source.reads, reads) << "the thread that reads is joined";
  }
}

// At the first record it waits until the reader stands still.
class SlowSink : public LineSink {
 public:
  SlowSink(const LineSource& source, std::uint64_t awaited_bytes)
      : source_(source), awaited_bytes_(awaited_bytes) {}
  bool OnRecord(std::string_view record, std::uint64_t offset) override {
    if (offset == 0) {
      reached =
          Eventually([this] { return source_.BytesRead() >= awaited_bytes_; });
      for (int i = 0; i < 1000; ++i) std::this_thread::yield();
    }
    // This chunk and those that wait; the reader may fill the one given back.
    const std::uint64_t chunk = offset / 80;
    most_ahead = std::max(most_ahead, source_.BytesRead() / 80 - chunk);
    return LineSink::OnRecord(record, offset);
  }
  bool reached = false;
  std::uint64_t most_ahead = 0;

 private:
  const LineSource& source_;
  const std::uint64_t awaited_bytes_;
};

TEST_F(Task7StreamProcessor, ReadsAheadAndNoFurther) {
  StreamProcessor stream(Options(80, 4));
  LineSource source(8000);
  SlowSink sink(source, 320);
  stream.Run(source, sink);
  EXPECT_TRUE(sink.reached) << "four chunks are read while the sink works";
  EXPECT_LE(sink.most_ahead, 4u) << "the reader waits for the sink";
  EXPECT_EQ(sink.records, 1000u);
}

TEST_F(Task7StreamProcessor, ReadsFromAPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  std::jthread writer([fd = ends[1]] {
    for (int i = 0; i < 100; ++i) {
      if (write(fd, "0000000\n", 8) != 8) break;
    }
    close(fd);
  });
  StreamProcessor stream(Options(100, 2));
  FdSource source(ends[0]);
  LineSink sink;
  EXPECT_EQ(stream.Run(source, sink).bytes, 800u);
  EXPECT_EQ(sink.records, 100u);
  close(ends[0]);
}

TEST_F(Task7StreamProcessor, ReportsLongRecords) {
  StreamOptions options = Options(100, 0);
  options.max_record_bytes = 6;
  StreamProcessor stream(options);
  LineSource source(80);
  LineSink sink;
  stream.Run(source, sink);
  EXPECT_EQ(sink.too_long, 10u);
}

TEST_F(Task7StreamProcessor, RefusesAChunkOfNoBytes) {
  EXPECT_THROW(StreamProcessor(Options(0, 1)), std::invalid_argument);
}

TEST_F(Task7StreamProcessor, MemoryDoesNotDependOnTheLength) {
  const auto peak = [](std::uint64_t bytes, std::size_t ahead) {
    LineSource source(bytes);
    LineSink sink;
    AllocationScope scope(ProbeExtent::kProcess);
    StreamOptions options;
    options.chunks_ahead = ahead;
    StreamProcessor stream(options);
    stream.Run(source, sink);
    EXPECT_LE(scope.Counts().allocations, 8) << "with " << ahead << " ahead";
    return scope.Counts().peak_live_bytes;
  };
  for (const std::size_t ahead : {0u, 4u}) {
    const std::size_t chunks = std::max<std::size_t>(1, ahead) + 1;
    const auto bound = static_cast<std::int64_t>(chunks << 16);
    EXPECT_LE(peak(1 << 20, ahead), bound + 4096);
    EXPECT_LE(peak(16 << 20, ahead), bound + 4096);
  }
}

}  // namespace
}  // namespace workbook
