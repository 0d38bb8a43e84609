// SPDX-License-Identifier: Apache-2.0

// The random numbers of a test that walks at random: the same on every machine,
// chosen by a seed that a failure names.
#ifndef WORKBOOK_TOOLS_EXERCISE_TESTING_RANDOM_WALK_H_
#define WORKBOOK_TOOLS_EXERCISE_TESTING_RANDOM_WALK_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <random>

namespace workbook {

// The environment's WORKBOOK_SEED; 20260101 without one.
std::uint64_t WalkSeed();

// No std::*_distribution: their numbers differ between standard libraries.
class Random {
 public:
  // `salt` tells the walks of one program apart.
  explicit Random(std::uint64_t salt) : engine_(WalkSeed() * 1000 + salt) {}

  std::uint64_t Bits() { return engine_(); }
  // 0 to `bound` - 1. REQUIRES: bound > 0.
  std::size_t Below(std::size_t bound) { return engine_() % bound; }
  std::size_t Between(std::size_t least, std::size_t most) {
    return least + Below(most - least + 1);
  }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  // REQUIRES: the container is not empty.
  template <typename Container>
  auto& Pick(Container& container) {
    return container[Below(container.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// Puts the seed under every failure while it lives.
class SeedTrace : public testing::ScopedTrace {
 public:
  SeedTrace();
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_TESTING_RANDOM_WALK_H_
