// SPDX-License-Identifier: Apache-2.0

// A whole stream, from a source to a sink of records, in constant memory: on
// one thread, or reading and working at the same time.
#ifndef WORKBOOK_04_04_STREAM_PROCESSOR_H_
#define WORKBOOK_04_04_STREAM_PROCESSOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "04_04/chunk_io.h"
#include "04_04/record_splitter.h"

// [given]
namespace workbook {

struct StreamOptions {
  std::size_t chunk_bytes = std::size_t{64} << 10;
  // Chunks that may be read and not yet worked on; 0 reads on the caller's
  // thread.
  std::size_t chunks_ahead = 0;
  std::size_t max_record_bytes = std::size_t{64} << 10;
  std::uint64_t promised_bytes = kUnknownSize;  // see ChunkReader
};

struct StreamReport {
  std::uint64_t bytes = 0;  // handed to the splitter
  bool stopped = false;     // the sink said false
  IoStatus input;           // how reading ended
};

// Thread safety: one Run at a time for each object.
class StreamProcessor {
 public:
  // Allocates the chunks.
  // Cost: all the memory of its life: (chunks_ahead or 1) * chunk_bytes.
  // On failure: std::invalid_argument when chunk_bytes is 0.
  explicit StreamProcessor(const StreamOptions& options);

  // Reads `source` to its end and hands each record to `sink`, on the caller's
  // thread and in order; the last one needs no separator. A sink that says
  // false stops the stream, be it at the last record or in OnTooLong. With
  // chunks_ahead > 0 a second thread reads; it waits while chunks_ahead chunks
  // are waiting, so that a slow sink slows the reading down and memory stays
  // what it is. Where no thread can be had, it reads as with 0.
  // What came before a failure of the source is handed on, and the unfinished
  // record at the failure is not.
  // Cost: max_record_bytes for the carry, a thread; nothing by length.
  // On failure: an exception of the sink goes through, with the thread joined;
  // it returns when the read under way has returned.
  StreamReport Run(ByteSource& source, RecordSink& sink);

 private:  // [given]
  void RunAlone(ChunkReader& reader, RecordSplitter& splitter, bool& stopped);
  // Does the same with a thread that reads. `stopped` becomes true in Process
  // when the sink says false.
  void RunAhead(ChunkReader& reader, RecordSplitter& splitter, bool& stopped);

  const StreamOptions options_;
  std::unique_ptr<char[]> buffers_;  // (chunks_ahead or 1) * chunk_bytes
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_STREAM_PROCESSOR_H_
