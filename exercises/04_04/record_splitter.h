// SPDX-License-Identifier: Apache-2.0

// Records out of chunks: a record may begin in one chunk and end in another.
#ifndef WORKBOOK_04_04_RECORD_SPLITTER_H_
#define WORKBOOK_04_04_RECORD_SPLITTER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace workbook {

// A record that could not be delivered.
struct RecordError {
  std::uint64_t offset = 0;  // of its first byte in the stream
  std::uint64_t bytes = 0;   // its length, without the separator
};

// Takes records. The views are valid during the call.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // Takes a record. `offset` is that of its first byte in the stream. Returns
  // false for: this record is taken, and no more for now (back-pressure).
  virtual bool OnRecord(std::string_view record, std::uint64_t offset) = 0;
  // Takes note of a record longer than the limit. Returns false as OnRecord.
  virtual bool OnTooLong(const RecordError& error) = 0;
};

// Cuts a stream at each separator. Empty records are records; the bytes after
// the last separator are one, if there are any.
// Thread safety: one thread at a time for each object.
class RecordSplitter {
 public:
  // Hands records of at most `max_record_bytes` to `sink`, and reports longer
  // ones.
  // REQUIRES: `sink` outlives the splitter.
  // Cost: one allocation of max_record_bytes, the only one of its life.
  RecordSplitter(RecordSink& sink, std::size_t max_record_bytes,
                 char separator = '\n');

  // Takes the next bytes of the stream and hands on every record that they
  // complete, in order. Returns how many bytes it has taken: fewer than
  // chunk.size() when the sink said false; call again with the rest, later.
  // A record that lies in the chunk is handed on without a copy.
  // Cost: O(chunk); no allocation; at most one copy of each byte.
  // On failure: an exception of the sink goes through; the record that threw
  // counts as taken, and the bytes after it are not taken.
  std::size_t Process(std::string_view chunk);

  // Ends the stream: hands on the last record if it has no separator. Then a
  // new stream may begin, at offset 0.
  // Cost: O(1); no allocation.
  // On failure: an exception of the sink goes through; the stream has ended all
  // the same, and Offset() is 0.
  void Flush();

  // Returns the bytes of the stream taken so far.
  std::uint64_t Offset() const { return offset_; }

 private:
  // Hands on the record that ends with `tail`; the next one begins at
  // `next_offset`.
  bool Deliver(std::string_view tail, std::uint64_t next_offset);
  // Keeps `tail`, the beginning of a record or more of it.
  void Carry(std::string_view tail);

  RecordSink& sink_;
  const std::size_t max_record_bytes_;
  const char separator_;
  std::unique_ptr<char[]> carry_;    // the beginning of an unfinished record
  std::uint64_t carried_bytes_ = 0;  // more than fit once it is too long
  std::uint64_t offset_ = 0;         // behind all that was taken, carried too
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_RECORD_SPLITTER_H_
