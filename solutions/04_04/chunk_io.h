// SPDX-License-Identifier: Apache-2.0

// Bytes in and out of file descriptors, in pieces of bounded size, with all
// that a system call may answer.
#ifndef WORKBOOK_04_04_CHUNK_IO_H_
#define WORKBOOK_04_04_CHUNK_IO_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// [given]
namespace workbook {

// Where bytes come from: read(2)'s contract. A number above 0 may be less than
// was asked for; 0 is the end; -1 is a failure, with errno.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual ssize_t Read(std::span<char> buffer) = 0;
};

// Where bytes go: write(2)'s contract, the same way.
class ByteTarget {
 public:
  virtual ~ByteTarget() = default;
  virtual ssize_t Write(std::string_view bytes) = 0;
};

// A file descriptor that stays the caller's.
class FdSource : public ByteSource {
 public:
  explicit FdSource(int fd) : fd_(fd) {}
  ssize_t Read(std::span<char> buffer) override;

 private:
  int fd_;
};

// The same for output. A closed pipe is EPIPE and never the signal SIGPIPE,
// whatever the process does with that signal.
class FdTarget : public ByteTarget {
 public:
  explicit FdTarget(int fd) : fd_(fd) {}
  ssize_t Write(std::string_view bytes) override;

 private:
  int fd_;
};

enum class IoOutcome {
  kOk,
  kReadFailed,   // error_number has errno
  kShrunk,       // the end came before the promised number of bytes
  kDiskFull,     // ENOSPC or EDQUOT
  kClosed,       // EPIPE: nobody reads the other end
  kWriteFailed,  // any other errno
};

struct IoStatus {
  IoOutcome outcome = IoOutcome::kOk;
  int error_number = 0;
  std::uint64_t offset = 0;  // bytes that went well before

  bool ok() const { return outcome == IoOutcome::kOk; }
  // Returns a sentence: what happened, at which byte, what to do.
  std::string Message() const;
};

inline constexpr std::uint64_t kUnknownSize = UINT64_MAX;

// Reads whole chunks from a source whose reads may be short or interrupted.
// Thread safety: one thread at a time for each object.
class ChunkReader {
 public:
  // Reads from `source`. `promised_bytes` is the size of the file when it was
  // opened: an end before it is kShrunk; bytes after it are read as well, since
  // logs grow.
  // REQUIRES: `source` outlives the reader.
  explicit ChunkReader(ByteSource& source,
                       std::uint64_t promised_bytes = kUnknownSize);

  // Fills `buffer` and returns how many bytes are in it: all of it, except at
  // the end or before a failure. 0 means that there is no more: look at
  // Status(). Bytes that came before a failure are always delivered first.
  // EINTR is tried again. After the end or a failure the source is not read.
  // REQUIRES: `buffer` is not empty. Checked in debug builds: DebugCheck aborts
  // with a message that has "the buffer is empty" in it.
  // Cost: as few reads as the source allows; no allocation.
  std::size_t Fill(std::span<char> buffer);

  const IoStatus& Status() const { return status_; }
  std::uint64_t BytesRead() const { return bytes_read_; }

 private:  // [given]
  // Ends the stream after bytes_read_ bytes: with that failure, or well where
  // `error_number` is 0 and no promised byte is missing.
  void End(int error_number);

  ByteSource& source_;
  const std::uint64_t promised_bytes_;
  std::uint64_t bytes_read_ = 0;
  bool ended_ = false;
  IoStatus status_;
};

// Collects small pieces in the caller's buffer and writes it when it is full:
// the mirror of ChunkReader, given as an example.
// Thread safety: one thread at a time for each object.
class ChunkWriter {
 public:
  // Writes to `target` by way of `buffer`.
  // REQUIRES: `target` and `buffer` outlive the writer; `buffer` is not empty.
  // The last is checked in debug builds: DebugCheck aborts with a message that
  // has "the buffer is empty" in it.
  ChunkWriter(ByteTarget& target, std::span<char> buffer);

  // Adds `bytes`. Returns false once a write has failed: Status() says why, and
  // nothing is written any more.
  // Cost: one copy; a write when the buffer is full; no allocation.
  bool Append(std::string_view bytes);

  // Writes what is held, and returns whether all went well since the beginning.
  // Short writes go on, EINTR is tried again, a write of nothing is a failure
  // and no endless loop. The destructor does not flush: it could not say that
  // it failed.
  // Cost: as few writes as the target allows; no allocation.
  bool Flush();

  const IoStatus& Status() const { return status_; }
  std::uint64_t BytesWritten() const { return bytes_written_; }

 private:
  ByteTarget& target_;
  std::span<char> buffer_;
  std::size_t held_bytes_ = 0;
  std::uint64_t bytes_written_ = 0;
  IoStatus status_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_CHUNK_IO_H_
