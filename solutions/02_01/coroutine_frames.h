// SPDX-License-Identifier: Apache-2.0

// Where the frame of a coroutine lives: in a buffer of the caller.
#ifndef WORKBOOK_02_01_COROUTINE_FRAMES_H_
#define WORKBOOK_02_01_COROUTINE_FRAMES_H_

#include <cstddef>
#include <new>

#include "exercises/02_01/given/frame_buffer.h"

namespace workbook {

namespace frame_internal {

// Where the pointer to the buffer lies, behind a frame of this size.
constexpr std::size_t OffsetOfBuffer(std::size_t frame_bytes) {
  constexpr std::size_t kAlignment = alignof(FrameBuffer*);
  return (frame_bytes + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace frame_internal

// A base of promise types: the compiler takes the memory of a frame from the
// promise's operator new, and gives it the coroutine's parameters. The first of
// them is the FrameBuffer in which the frame shall live:
//
//     Numbers Countdown(FrameBuffer&, int from) {
//       for (; from > 0; --from) co_yield from;
//     }
//
// Thread safety: one thread at a time for each buffer.
class InBuffer {
 public:
  // Takes the frame from `buffer`, and notes behind it which buffer it was.
  // Cost: O(1); no allocation; size_bytes, rounded up to the alignment of a
  // pointer, and a pointer.
  // On failure: std::bad_alloc, thrown by the buffer, when it is full.
  template <class... Parameters>
  static void* operator new(std::size_t size_bytes, FrameBuffer& buffer,
                            Parameters&...);

  // Gives the frame back to its buffer, with the size that was taken.
  // Cost: O(1).
  static void operator delete(void* frame, std::size_t size_bytes) noexcept;
};

template <class... Parameters>
void* InBuffer::operator new(std::size_t size_bytes, FrameBuffer& buffer,
                             Parameters&...) {
  const std::size_t offset = frame_internal::OffsetOfBuffer(size_bytes);
  std::byte* const frame = buffer.Take(offset + sizeof(FrameBuffer*));
  ::new (frame + offset) FrameBuffer*(&buffer);
  return frame;
}

inline void InBuffer::operator delete(void* frame,
                                      std::size_t size_bytes) noexcept {
  const std::size_t offset = frame_internal::OffsetOfBuffer(size_bytes);
  std::byte* const begin = static_cast<std::byte*>(frame);
  FrameBuffer* const buffer =
      *std::launder(reinterpret_cast<FrameBuffer**>(begin + offset));
  buffer->Return(begin, offset + sizeof(FrameBuffer*));
}

}  // namespace workbook

#endif  // WORKBOOK_02_01_COROUTINE_FRAMES_H_
