// SPDX-License-Identifier: Apache-2.0

// Writing into buffers, and looking for what others wrote.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_BUFFER_BYTES_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_BUFFER_BYTES_H_

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "01_02/buffer_pool.h"

namespace workbook {

using Buffer = BufferPool::Buffer;

// A buffer of `size` bytes, each of them `value`.
inline void Fill(Buffer& buffer, std::size_t size, unsigned char value) {
  buffer.Resize(size);
  std::memset(buffer.data(), value, size);
}

// Bytes of the whole capacity that are not zero, those beyond size() included:
// Resize() could bring them into view.
inline std::size_t NonZeroBytes(const Buffer& buffer) {
  return buffer.capacity() -
         static_cast<std::size_t>(std::count(
             buffer.data(), buffer.data() + buffer.capacity(), std::byte{0}));
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_BUFFER_BYTES_H_
