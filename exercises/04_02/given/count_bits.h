// SPDX-License-Identifier: Apache-2.0

// The number of bits that are set in many words.
#ifndef WORKBOOK_EXERCISES_04_02_GIVEN_COUNT_BITS_H_
#define WORKBOOK_EXERCISES_04_02_GIVEN_COUNT_BITS_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// Counts the bits that are set in `count` words. Plain arithmetic, since the
// instruction for it is not in every processor that this course runs on.
// Cost: twelve operations a word; no allocation.
// Thread safety: any thread, while no other one writes there.
// Source: H. S. Warren, Hacker's Delight, 2nd edition, section 5-1.
inline std::uint32_t CountBits(const std::uint64_t* words, std::size_t count) {
  constexpr std::uint64_t kTwos = 0x5555'5555'5555'5555;
  constexpr std::uint64_t kFours = 0x3333'3333'3333'3333;
  constexpr std::uint64_t kBytes = 0x0F0F'0F0F'0F0F'0F0F;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint64_t bits = words[i];
    bits -= bits >> 1 & kTwos;
    bits = (bits & kFours) + (bits >> 2 & kFours);
    bits = (bits + (bits >> 4)) & kBytes;
    total += bits * 0x0101'0101'0101'0101 >> 56;
  }
  return static_cast<std::uint32_t>(total);
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_02_GIVEN_COUNT_BITS_H_
