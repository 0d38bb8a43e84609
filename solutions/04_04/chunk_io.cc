// SPDX-License-Identifier: Apache-2.0

#include "04_04/chunk_io.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tools/exercise/debug_check.h"

namespace workbook {

// [given]
ssize_t FdSource::Read(std::span<char> buffer) {
  return read(fd_, buffer.data(), buffer.size());
}

// [given]
// A signal handler is the whole process's; a mask is this thread's alone, at
// the price of three system calls more a write.
ssize_t FdTarget::Write(std::string_view bytes) {
  sigset_t pipe_signal;
  sigset_t old_mask;
  sigset_t pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  const bool was_pending = sigismember(&pending, SIGPIPE) == 1;
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &old_mask);
  const ssize_t written = write(fd_, bytes.data(), bytes.size());
  const int error_number = errno;
  if (written < 0 && error_number == EPIPE && !was_pending) {
    const timespec now = {};
    while (sigtimedwait(&pipe_signal, nullptr, &now) < 0 && errno == EINTR) {
    }
  }
  pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
  errno = error_number;
  return written;
}

// [given]
std::string IoStatus::Message() const {
  const std::string place = " after " + std::to_string(offset) + " bytes";
  const std::string why =
      error_number == 0 ? "" : std::string(": ") + std::strerror(error_number);
  switch (outcome) {
    case IoOutcome::kOk:
      return "all went well";
    case IoOutcome::kReadFailed:
      return "reading failed" + place + why + "; check the file and its disk";
    case IoOutcome::kShrunk:
      return "the input ended" + place +
             ", before the size that it had when it was opened: the file was "
             "cut; read it again";
    case IoOutcome::kDiskFull:
      return "the disk is full" + place + why +
             "; make room, or name another folder";
    case IoOutcome::kClosed:
      return "the reader of the output went away" + place + why;
    case IoOutcome::kWriteFailed:
      return "writing failed" + place + why + "; check the target and its disk";
  }
  return "";
}

// [given]
ChunkReader::ChunkReader(ByteSource& source, std::uint64_t promised_bytes)
    : source_(source), promised_bytes_(promised_bytes) {}

std::size_t ChunkReader::Fill(std::span<char> buffer) {
  DebugCheck(!buffer.empty(), "ChunkReader::Fill: the buffer is empty");
  std::size_t filled = 0;
  while (!ended_ && filled < buffer.size()) {
    const ssize_t count = source_.Read(buffer.subspan(filled));
    if (count > 0) {
      filled += static_cast<std::size_t>(count);
      bytes_read_ += static_cast<std::uint64_t>(count);
    } else if (count == 0) {
      End(0);
    } else if (errno != EINTR) {
      End(errno);
    }
  }
  return filled;
}

// [given]
void ChunkReader::End(int error_number) {
  ended_ = true;
  if (error_number != 0) {
    status_ = {IoOutcome::kReadFailed, error_number, bytes_read_};
  } else if (promised_bytes_ != kUnknownSize && bytes_read_ < promised_bytes_) {
    status_ = {IoOutcome::kShrunk, 0, bytes_read_};
  }
}

// [given]
ChunkWriter::ChunkWriter(ByteTarget& target, std::span<char> buffer)
    : target_(target), buffer_(buffer) {
  DebugCheck(!buffer.empty(), "ChunkWriter: the buffer is empty");
}

// [given]
bool ChunkWriter::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    if (held_bytes_ == buffer_.size() && !Flush()) return false;
    const std::size_t count =
        std::min(bytes.size(), buffer_.size() - held_bytes_);
    std::memcpy(buffer_.data() + held_bytes_, bytes.data(), count);
    held_bytes_ += count;
    bytes.remove_prefix(count);
  }
  return status_.ok();
}

// [given]
bool ChunkWriter::Flush() {
  std::string_view rest(buffer_.data(), held_bytes_);
  held_bytes_ = 0;
  while (status_.ok() && !rest.empty()) {
    const ssize_t count = target_.Write(rest);
    if (count > 0) {
      rest.remove_prefix(static_cast<std::size_t>(count));
      bytes_written_ += static_cast<std::uint64_t>(count);
      continue;
    }
    const int error_number = count == 0 ? EIO : errno;
    if (error_number == EINTR) continue;
    IoOutcome outcome = IoOutcome::kWriteFailed;
    if (error_number == ENOSPC || error_number == EDQUOT) {
      outcome = IoOutcome::kDiskFull;
    } else if (error_number == EPIPE) {
      outcome = IoOutcome::kClosed;
    }
    status_ = {outcome, error_number, bytes_written_};
  }
  return status_.ok();
}

}  // namespace workbook
