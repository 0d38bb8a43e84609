// SPDX-License-Identifier: Apache-2.0

// Three growth rules of the field: one and a half, and Go's two.
#ifndef WORKBOOK_03_01_GROWTH_POLICIES_H_
#define WORKBOOK_03_01_GROWTH_POLICIES_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace workbook {

// The block sizes of Go's allocator up to 32 KiB. Larger ones are whole pages.
// Source: Go 1.22, runtime/sizeclasses.go.
inline constexpr std::array<std::uint16_t, 67> kGoSizeClassBytes = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,
    144,   160,   176,   192,   208,   224,   240,   256,   288,   320,
    352,   384,   416,   448,   480,   512,   576,   640,   704,   768,
    896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304,  2688,
    3072,  3200,  3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,
    8192,  9472,  9728,  10240, 10880, 12288, 13568, 14336, 16384, 18432,
    19072, 20480, 21760, 24576, 27264, 28672, 32768};
inline constexpr std::size_t kGoPageBytes = 8192;

// Returns the size of the block that Go's allocator gives for `size_bytes`: the
// smallest class that holds them, or above 32 KiB the smallest multiple of
// kGoPageBytes.
// REQUIRES: `size_bytes` > 0.
// Cost: O(log classes), no allocation.
// Thread safety: any thread, for every function of this file.
std::size_t GoBlockBytes(std::size_t size_bytes);

// The rule of Microsoft's std::vector and of folly::fbvector.
struct OneAndAHalf {
  // Returns the capacity and half of it, rounded down, or `required` where that
  // is more.
  // REQUIRES: `required` > `capacity`, as for every rule here.
  // Cost: O(1), no allocation.
  // Source: microsoft/STL, stl/inc/vector, _Calculate_growth.
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes);
};

// Both Go rules choose a capacity in three steps:
// 1. More than twice the capacity is required: take what is required.
// 2. Else double a capacity below a threshold; from it on, add a step again and
//    again, at least once, until the result is at least `required`.
// 3. Return how many elements fit the block that GoBlockBytes gives for it.
// They hold for elements without pointers.

// What `append` did up to Go 1.17: doubles below 1024 elements, then adds a
// quarter of the capacity so far (rounded down) with each step.
struct GoBefore118 {
  // Returns the next capacity by the rule of Go 1.17: doubles below 1024, then
  // adds a quarter of the capacity so far, again and again.
  // Cost: O(log(required / capacity) + log classes), no allocation.
  // Source: Go 1.17, runtime/slice.go, growslice.
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes);
};

// What `append` does since Go 1.18: doubles below 256 elements, then adds a
// quarter of (the capacity so far + 3 * 256), rounded down, with each step.
struct GoSince118 {
  // Returns the next capacity by the rule of Go 1.18: doubles below 256, then
  // adds a quarter of (the capacity so far + 768), again and again.
  // Cost: O(log(required / capacity) + log classes), no allocation.
  // Source: Go 1.22, runtime/slice.go, nextslicecap.
  static std::size_t NextCapacity(std::size_t capacity, std::size_t required,
                                  std::size_t element_bytes);
};

}  // namespace workbook

#endif  // WORKBOOK_03_01_GROWTH_POLICIES_H_
