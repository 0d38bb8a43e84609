// SPDX-License-Identifier: Apache-2.0

#include "04_04/stream_processor.h"

#include <algorithm>
#include <condition_variable>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook {

// [given]
namespace {

// Watches the sink, because Process tells only that it has stopped early.
class StopWatcher : public RecordSink {
 public:
  StopWatcher(RecordSink& sink, bool& stopped)
      : sink_(sink), stopped_(stopped) {}
  bool OnRecord(std::string_view record, std::uint64_t offset) override {
    return Note(sink_.OnRecord(record, offset));
  }
  bool OnTooLong(const RecordError& error) override {
    return Note(sink_.OnTooLong(error));
  }

 private:
  bool Note(bool go_on) {
    stopped_ = !go_on;
    return go_on;
  }

  RecordSink& sink_;
  bool& stopped_;
};

}  // namespace

namespace {

// A ring of chunks between one thread that reads and one that works.
class ChunkRing {
 public:
  ChunkRing(char* buffers, std::size_t chunk_bytes, std::size_t count)
      : buffers_(buffers),
        chunk_bytes_(chunk_bytes),
        count_(count),
        filled_bytes_(count) {}

  // The reading thread's loop.
  void ReadAll(ChunkReader& reader) {
    for (std::size_t turn = 0; WaitForRoom(turn); ++turn) {
      const std::size_t filled = reader.Fill(Chunk(turn));
      const MutexLock lock(mutex_);
      filled_bytes_[turn % count_] = filled;
      written_ = turn + 1;
      changed_.notify_one();
      if (filled == 0) return;
    }
  }

  // The next chunk, empty at the end; it is the caller's until Release.
  std::string_view Next() {
    UniqueLock lock(mutex_);
    changed_.wait(lock.native(),
                  [this]() REQUIRES(mutex_) { return written_ > taken_; });
    return {Chunk(taken_).data(), filled_bytes_[taken_ % count_]};
  }

  void Release() {
    const MutexLock lock(mutex_);
    ++taken_;
    changed_.notify_one();
  }

  void Close() {
    const MutexLock lock(mutex_);
    closed_ = true;
    changed_.notify_one();
  }

 private:
  bool WaitForRoom(std::size_t turn) {
    UniqueLock lock(mutex_);
    changed_.wait(lock.native(), [this, turn]() REQUIRES(mutex_) {
      return closed_ || turn - taken_ < count_;
    });
    return !closed_;
  }

  std::span<char> Chunk(std::size_t turn) {
    const std::size_t slot = turn % count_;
    return {buffers_ + slot * chunk_bytes_, chunk_bytes_};
  }

  char* const buffers_;
  const std::size_t chunk_bytes_;
  const std::size_t count_;
  Mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::size_t> filled_bytes_ GUARDED_BY(mutex_);
  std::size_t written_ GUARDED_BY(mutex_) = 0;
  std::size_t taken_ GUARDED_BY(mutex_) = 0;
  bool closed_ GUARDED_BY(mutex_) = false;
};

// Joins also when the sink throws.
class ReadingThread {
 public:
  ReadingThread(ChunkRing& ring, ChunkReader& reader)
      : ring_(ring), thread_([&ring, &reader] { ring.ReadAll(reader); }) {}
  ~ReadingThread() {
    ring_.Close();
    thread_.join();
  }
  ReadingThread(const ReadingThread&) = delete;
  ReadingThread& operator=(const ReadingThread&) = delete;

 private:
  ChunkRing& ring_;
  std::thread thread_;
};

}  // namespace

// [given]
StreamProcessor::StreamProcessor(const StreamOptions& options)
    : options_(options) {
  if (options.chunk_bytes == 0) {
    throw std::invalid_argument("StreamOptions: chunk_bytes must be above 0");
  }
  buffers_.reset(new char[std::max<std::size_t>(options.chunks_ahead, 1) *
                          options.chunk_bytes]);
}

// [given]
StreamReport StreamProcessor::Run(ByteSource& source, RecordSink& sink) {
  bool stopped = false;
  StopWatcher watcher(sink, stopped);
  ChunkReader reader(source, options_.promised_bytes);
  RecordSplitter splitter(watcher, options_.max_record_bytes);
  if (options_.chunks_ahead == 0) {
    RunAlone(reader, splitter, stopped);
  } else {
    RunAhead(reader, splitter, stopped);
  }
  StreamReport report;
  report.bytes = splitter.Offset();
  report.input = reader.Status();
  // Half a record is no record: only a true end completes it.
  if (!stopped && report.input.ok()) splitter.Flush();
  report.stopped = stopped;
  return report;
}

// [given]
void StreamProcessor::RunAlone(ChunkReader& reader, RecordSplitter& splitter,
                               bool& stopped) {
  const std::span<char> buffer(buffers_.get(), options_.chunk_bytes);
  while (!stopped) {
    const std::size_t filled = reader.Fill(buffer);
    if (filled == 0) break;
    splitter.Process({buffer.data(), filled});
  }
}

void StreamProcessor::RunAhead(ChunkReader& reader, RecordSplitter& splitter,
                               bool& stopped) {
  ChunkRing ring(buffers_.get(), options_.chunk_bytes, options_.chunks_ahead);
  std::optional<ReadingThread> thread;
  try {
    thread.emplace(ring, reader);
  } catch (const std::system_error&) {
    return RunAlone(reader, splitter, stopped);
  }
  while (!stopped) {
    const std::string_view chunk = ring.Next();
    if (chunk.empty()) break;
    splitter.Process(chunk);
    ring.Release();
  }
}

}  // namespace workbook
