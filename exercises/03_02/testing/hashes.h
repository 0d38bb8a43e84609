// SPDX-License-Identifier: Apache-2.0

// Hashes by which a test decides where entries lie.
#ifndef WORKBOOK_03_02_TESTING_HASHES_H_
#define WORKBOOK_03_02_TESTING_HASHES_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// The key is the hash: the test chooses window and fragment.
struct ChosenHash {
  using is_avalanching = void;
  std::size_t operator()(std::uint64_t key) const noexcept { return key; }
};

// Returns a key whose probe sequence begins at slot `start`, the `number`th of
// 254 that have fragments of their own.
constexpr std::uint64_t KeyOf(std::uint64_t start, std::uint64_t number) {
  return start << 8 | (number + 2);
}

// The same hash for all keys, as an attacker would choose them.
struct CollidingHash {
  using is_avalanching = void;
  std::size_t operator()(std::uint64_t /*key*/) const noexcept { return 77; }
};

struct HashRefused {};

// Throws HashRefused once `calls_allowed` calls were made.
struct ThrowingHash {
  static inline int calls_allowed = 0;

  std::size_t operator()(std::uint64_t key) const {
    if (calls_allowed == 0) throw HashRefused();
    --calls_allowed;
    return key;
  }
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_TESTING_HASHES_H_
