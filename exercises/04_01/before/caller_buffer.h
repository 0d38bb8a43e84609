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

inline BufferResult InvalidAt(std::size_t offset) {
  return {BufferStatus::kInvalid, offset};
}

// kOk or kTooSmall, for `needed` elements into room for `room`.
inline BufferResult FitsOrNeeds(std::size_t needed, std::size_t room) {
  return {needed <= room ? BufferStatus::kOk : BufferStatus::kTooSmall, needed};
}

// Appends text to a buffer. After the last byte of room it goes on counting.
// Cost: O(bytes appended); no allocation in its life.
// Thread safety: one thread at a time for each object.
class BufferWriter {
 public:
  // REQUIRES: the buffer outlives the writer.
  explicit BufferWriter(std::span<char> buffer) : buffer_(buffer) {}

  // One byte.
  void Append(char c) {
    // A new text for every byte.
    text_ = text_ + c;
  }

  // All of `text`, which may lie in the buffer itself, at or after the end of
  // what has been appended.
  void Append(std::string_view text) {
    // Two new texts: a copy, and all so far with it.
    text_ = text_ + std::string(text);
  }

  // What the appended text needs so far, in bytes.
  std::size_t needed_bytes() const {
    // The text has everything, also what does not fit.
    return text_.size();
  }

  // The room that is left at the end of what has been appended; empty when
  // nothing is. For a callee that fills a buffer itself: give it this, then
  // Skip what it says.
  std::span<char> Rest() {
    Flush();
    return buffer_.subspan(std::min(needed_bytes(), buffer_.size()));
  }

  // Counts `size_bytes` as appended: the callee has written them into Rest(),
  // or would have.
  void Skip(std::size_t size_bytes) {
    const std::span<char> rest = Rest();
    const std::size_t there = std::min(size_bytes, rest.size());
    text_ = text_ + std::string(rest.data(), there) +
            std::string(size_bytes - there, '?');
  }

  // kOk when all of it fitted, else kTooSmall with what is needed.
  BufferResult Finish() {
    Flush();
    return FitsOrNeeds(needed_bytes(), buffer_.size());
  }

 private:
  std::span<char> buffer_;
  void Flush() {
    const std::string copy = text_;
    std::copy_n(copy.begin(), std::min(copy.size(), buffer_.size()),
                buffer_.begin());
  }

  std::string text_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_CALLER_BUFFER_H_
