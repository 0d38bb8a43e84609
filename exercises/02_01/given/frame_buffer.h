// SPDX-License-Identifier: Apache-2.0

// Memory for the frames of coroutines: what is taken last comes back first.
#ifndef WORKBOOK_EXERCISES_02_01_GIVEN_FRAME_BUFFER_H_
#define WORKBOOK_EXERCISES_02_01_GIVEN_FRAME_BUFFER_H_

#include <cstddef>
#include <memory>
#include <new>

namespace workbook {

// A block of bytes, handed out from its begin on.
// Thread safety: one thread at a time for each object.
class FrameBuffer {
 public:
  // Makes a buffer of that many bytes.
  // Cost: one allocation, the only one that it ever makes.
  // On failure: std::bad_alloc.
  explicit FrameBuffer(std::size_t size_bytes)
      : bytes_(new std::byte[size_bytes]), size_bytes_(size_bytes) {}
  FrameBuffer(const FrameBuffer&) = delete;
  FrameBuffer& operator=(const FrameBuffer&) = delete;

  // Hands out bytes, aligned as those of operator new.
  // Cost: O(1).
  // On failure: std::bad_alloc when the rest is too small.
  std::byte* Take(std::size_t size_bytes) {
    const std::size_t rounded = RoundUp(size_bytes);
    if (rounded > size_bytes_ - used_bytes_) throw std::bad_alloc();
    std::byte* const bytes = bytes_.get() + used_bytes_;
    used_bytes_ += rounded;
    owed_bytes_ += size_bytes;
    return bytes;
  }

  // Takes bytes back: what was taken last comes back first. Bytes that come
  // back out of turn are counted as misplaced and stay lost.
  // REQUIRES: Take returned `bytes` for as many bytes.
  // Cost: O(1).
  void Return(std::byte* bytes, std::size_t size_bytes) {
    const std::size_t rounded = RoundUp(size_bytes);
    owed_bytes_ -= size_bytes;
    if (bytes + rounded != bytes_.get() + used_bytes_) {
      ++misplaced_;
      return;
    }
    used_bytes_ -= rounded;
  }

  // Returns how many bytes are handed out, and how many of them were asked for.
  // Cost: O(1), as the next one.
  std::size_t used_bytes() const { return used_bytes_; }
  std::size_t owed_bytes() const { return owed_bytes_; }
  int misplaced() const { return misplaced_; }

 private:
  static constexpr std::size_t RoundUp(std::size_t size_bytes) {
    constexpr std::size_t kAlignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__;
    return (size_bytes + kAlignment - 1) / kAlignment * kAlignment;
  }

  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_bytes_;
  std::size_t used_bytes_ = 0;
  std::size_t owed_bytes_ = 0;
  int misplaced_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_02_01_GIVEN_FRAME_BUFFER_H_
