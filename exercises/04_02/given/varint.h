// SPDX-License-Identifier: Apache-2.0

// Varints, one at a time. Exercise 04_01 writes them, with checks and whole
// arrays (compact_bytes.h); here they are given.
#ifndef WORKBOOK_EXERCISES_04_02_GIVEN_VARINT_H_
#define WORKBOOK_EXERCISES_04_02_GIVEN_VARINT_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

inline constexpr std::size_t kMaxVarintBytes = 10;

// Writes `value` in seven bits a byte, the lowest first; the top bit of a byte
// says that more follow. Returns the number of bytes.
// REQUIRES: `to` has room for kMaxVarintBytes.
// Cost: O(bytes); no allocation.
// Thread safety: any thread, on memory of its own.
// Source: LEB128, DWARF 5 section 7.6.
inline std::size_t WriteVarint(std::uint64_t value, std::uint8_t* to) {
  std::size_t size_bytes = 0;
  for (; value >= 0x80; value >>= 7) {
    to[size_bytes++] = static_cast<std::uint8_t>(value | 0x80);
  }
  to[size_bytes++] = static_cast<std::uint8_t>(value);
  return size_bytes;
}

// Reads the varint that begins at `from` into `value`. Returns where the next
// one begins.
// REQUIRES: WriteVarint wrote what is there.
// Cost: O(bytes); no allocation.
// Thread safety: any thread, while no other one writes there.
inline const std::uint8_t* ReadVarint(const std::uint8_t* from,
                                      std::uint64_t& value) {
  value = *from++;
  if (value < 0x80) return from;  // most deltas are small
  value &= 0x7F;
  for (int shift = 7;; shift += 7) {
    const std::uint64_t byte = *from++;
    value |= (byte & 0x7F) << shift;
    if (byte < 0x80) return from;
  }
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_GIVEN_VARINT_H_
