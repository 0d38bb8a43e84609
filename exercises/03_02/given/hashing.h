// SPDX-License-Identifier: Apache-2.0

// Hashes that are fit for a table which uses all their bits.
#ifndef WORKBOOK_03_02_GIVEN_HASHING_H_
#define WORKBOOK_03_02_GIVEN_HASHING_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// Spreads every bit of `value` over all bits of the result. std::hash<int> is
// the identity, whose low bits alone would choose the slot.
// Source: the folded 128-bit product of wyhash, also boost's mulx_mix.
inline std::size_t MixedBits(std::uint64_t value) noexcept {
  __extension__ using Product = unsigned __int128;
  const Product product =
      Product{value ^ 0x9E3779B97F4A7C15} * Product{0xD6E8FEB86659FD93};
  return static_cast<std::size_t>(product >> 64) ^
         static_cast<std::size_t>(product);
}

// A hash of integers that needs no mixing any more, and says so.
struct MixedHash {
  using is_avalanching = void;  // the name that boost::unordered looks for

  std::size_t operator()(std::uint64_t value) const noexcept {
    return MixedBits(value);
  }
};

// Returns hash(key), mixed unless the type of `hash` says that it need not be.
template <class Hash, class Key>
std::size_t MixedHashOf(const Hash& hash, const Key& key) {
  if constexpr (requires { typename Hash::is_avalanching; }) {
    return hash(key);
  } else {
    return MixedBits(hash(key));
  }
}

}  // namespace workbook

#endif  // WORKBOOK_03_02_GIVEN_HASHING_H_
