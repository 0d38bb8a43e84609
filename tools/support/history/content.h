// SPDX-License-Identifier: Apache-2.0

// What a block is filled with while it is lent. Of a large one only both ends
// are filled and looked at.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_CONTENT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_CONTENT_H_

#include <cstddef>
#include <cstdint>

namespace workbook::history {

inline constexpr std::size_t kEdgeBytes = 128;

inline std::byte PatternAt(std::uint8_t first, std::size_t i) {
  return static_cast<std::byte>(first + i);
}

// The first offset of those for which `visit` returns false; `bytes` if none.
template <class Visit>
std::size_t FirstFalse(std::size_t bytes, Visit visit) {
  for (std::size_t i = 0; i != bytes; ++i) {
    if (i == kEdgeBytes && bytes > 2 * kEdgeBytes) i = bytes - kEdgeBytes;
    if (!visit(i)) return i;
  }
  return bytes;
}

// FNV-1a, of the bytes that `at` has for the offsets that are looked at.
template <class At>
std::uint64_t HashOf(std::size_t bytes, At at) {
  std::uint64_t hash = 0xCBF29CE484222325;
  FirstFalse(bytes, [&](std::size_t i) {
    hash = (hash ^ static_cast<std::uint64_t>(at(i))) * 0x100000001B3;
    return true;
  });
  return hash;
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_CONTENT_H_
