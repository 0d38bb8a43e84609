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

StreamProcessor::StreamProcessor(const StreamOptions& options)
    : options_(options) {
  if (options.chunk_bytes == 0) {
    throw std::invalid_argument("StreamOptions: chunk_bytes must be above 0");
  }
  buffers_.reset(new char[std::max<std::size_t>(options.chunks_ahead, 1) *
                          options.chunk_bytes]);
}

StreamReport StreamProcessor::Run(ByteSource& source, RecordSink& sink) {
  Todo("04_04 task 3: StreamProcessor::Run");
}

void StreamProcessor::RunAlone(ChunkReader& reader, RecordSplitter& splitter,
                               bool& stopped) {
  Todo("04_04 task 3: StreamProcessor::RunAlone");
}

void StreamProcessor::RunAhead(ChunkReader& reader, RecordSplitter& splitter,
                               bool& stopped) {
  Todo("04_04 task 3: StreamProcessor::RunAhead");
}

}  // namespace workbook
