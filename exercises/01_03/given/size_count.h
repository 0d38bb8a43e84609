// SPDX-License-Identifier: Apache-2.0

// How often a program asks for a size.
#ifndef WORKBOOK_EXERCISES_01_03_GIVEN_SIZE_COUNT_H_
#define WORKBOOK_EXERCISES_01_03_GIVEN_SIZE_COUNT_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

struct SizeCount {
  std::size_t size_bytes = 0;
  std::uint64_t count = 0;

  bool operator==(const SizeCount&) const = default;
};

// Sizes and classes are multiples of this, as the alignment of blocks demands.
inline constexpr std::size_t kStepBytes = 8;

// What is larger goes to the page heap and has no class.
inline constexpr std::size_t kLargestBytes = 32768;

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_03_GIVEN_SIZE_COUNT_H_
