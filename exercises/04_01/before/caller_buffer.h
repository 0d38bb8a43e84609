// SPDX-License-Identifier: Apache-2.0

// Writing into memory that the caller owns, and saying how much is needed.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_CALLER_BUFFER_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_CALLER_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace workbook::before {

enum class BufferStatus : std::uint8_t { kOk, kTooSmall, kInvalid };

// What every function of this exercise returns that fills the caller's buffer.
// With kTooSmall and kInvalid the content of the buffer is not specified, and
// nothing was written outside of it. An input that is wrong somewhere is
// kInvalid, also where the buffer is too small.
struct BufferResult {
  BufferStatus status = BufferStatus::kOk;
  // kOk: how many elements of the buffer were written.
  // kTooSmall: how many it must have; a second call with that many is kOk.
  // kInvalid: the offset in the input of what is wrong.
  std::size_t size = 0;

  bool ok() const { return status == BufferStatus::kOk; }
  friend bool operator==(const BufferResult&, const BufferResult&) = default;
};

// Says that the input is wrong at `offset`.
inline BufferResult InvalidAt(std::size_t offset) {
  return {BufferStatus::kInvalid, offset};
}

// Says whether `needed` elements fit into room for `room`: kOk or kTooSmall,
// with what is needed.
inline BufferResult FitsOrNeeds(std::size_t needed, std::size_t room) {
  return {needed <= room ? BufferStatus::kOk : BufferStatus::kTooSmall, needed};
}

// Appends text to a buffer. After the last byte of room it goes on counting.
// The bytes below min(needed_bytes(), room) are what was appended there.
// Bytes: a pointer and two sizes.
// Cost: O(bytes appended); no allocation in its life.
// Thread safety: one thread at a time for each object.
class BufferWriter {
 public:
  // Begins at the start of `buffer`.
  // REQUIRES: the buffer outlives the writer.
  explicit BufferWriter(std::span<char> buffer) : buffer_(buffer) {}

  // Appends one byte.
  void Append(char c) { text_ += c; }

  // Appends `text`, which may lie in the buffer itself, at or after the end of
  // what has been appended. Of a text that does not fit, the part that does is
  // written.
  void Append(std::string_view text) { text_ += text; }

  // Returns what the appended text needs so far, in bytes.
  std::size_t needed_bytes() const { return text_.size(); }

  // Returns the room that is left at the end of what has been appended; empty
  // when nothing is. For a callee that fills a buffer itself: give it this,
  // then Skip what it says.
  std::span<char> Rest() {
    WriteOut();
    return buffer_.subspan(std::min(needed_bytes(), buffer_.size()));
  }

  // Counts `size_bytes` as appended: the callee has written them into Rest(),
  // or would have.
  void Skip(std::size_t size_bytes) {
    const std::span<char> rest = Rest();
    text_.append(rest.data(), std::min(size_bytes, rest.size()));
    if (size_bytes > rest.size()) text_.append(size_bytes - rest.size(), '?');
  }

  // Returns kOk when all of it fitted, else kTooSmall with what is needed.
  BufferResult Finish() {
    WriteOut();
    return FitsOrNeeds(needed_bytes(), buffer_.size());
  }

 private:
  void WriteOut() {
    std::copy_n(text_.begin(), std::min(text_.size(), buffer_.size()),
                buffer_.begin());
  }

  std::span<char> buffer_;
  std::string text_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_CALLER_BUFFER_H_
