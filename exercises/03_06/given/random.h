// SPDX-License-Identifier: Apache-2.0

// Random numbers that are the same on every machine.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_RANDOM_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_RANDOM_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// Draws from the same sequence whenever it starts from the same seed. The
// library's distributions differ between standard libraries; this does not.
// Cost: a dozen instructions for each draw, no allocation.
// Thread safety: one thread at a time for each object.
// Source: SplitMix64, in Steele, Lea and Flood, "Fast splittable pseudorandom
//   number generators" (2014).
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}

  // Returns 64 random bits.
  std::uint64_t Bits() {
    state_ += 0x9E3779B97F4A7C15u;
    std::uint64_t bits = state_;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9u;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
    return bits ^ (bits >> 31);
  }

  // Returns a number from 0 to `bound` - 1, each with the same probability.
  // REQUIRES: 0 < bound <= 2^32.
  std::size_t Below(std::size_t bound) {
    return static_cast<std::size_t>(((Bits() >> 32) * bound) >> 32);
  }

  // Returns a number in [0, 1).
  double Unit() { return static_cast<double>(Bits() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_RANDOM_H_
