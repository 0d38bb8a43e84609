// SPDX-License-Identifier: Apache-2.0

#include "04_04/stream_processor.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "tools/exercise/todo.h"

namespace workbook {

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

StreamProcessor::StreamProcessor(const StreamOptions& options)
    : options_(options) {
  if (options.chunk_bytes == 0) {
    throw std::invalid_argument("StreamOptions: chunk_bytes must be above 0");
  }
  buffers_.reset(new char[std::max<std::size_t>(options.chunks_ahead, 1) *
                          options.chunk_bytes]);
}

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
  Todo("04_04 task 7: StreamProcessor::RunAhead");
}

}  // namespace workbook
