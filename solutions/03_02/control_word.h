// SPDX-License-Identifier: Apache-2.0

// Eight control bytes compared at once, by the arithmetic of one 64-bit word.
#ifndef WORKBOOK_03_02_CONTROL_WORD_H_
#define WORKBOOK_03_02_CONTROL_WORD_H_

#include <bit>
#include <cstdint>
#include <cstring>

#include "exercises/03_02/given/control_bytes.h"

namespace workbook {

// A set of lanes: bit i stands for byte i of what was compared.
using Lanes = std::uint32_t;

// Eight control bytes in a register. Byte 0 is the lowest.
// Thread safety: none is needed; it is a value.
class ControlWord {
 public:
  // Reads the eight bytes from `controls` on, at any address. Given.
  // [given]
  explicit ControlWord(const std::uint8_t* controls) {
    static_assert(std::endian::native == std::endian::little);
    std::memcpy(&word_, controls, sizeof(word_));
  }

  // Returns the lanes whose byte in `word` is 0: these, and no others.
  // Cost: O(1): some eight instructions, no branch, as for all functions here.
  // Source: Warren, Hacker's Delight, 6-1.
  static Lanes ZeroBytes(std::uint64_t word);

  // Returns the lanes whose byte is that of `fragment`: these, and no others.
  Lanes Match(Fragment fragment) const;

  // Returns the lanes whose byte is kEmpty.
  Lanes MatchEmpty() const;

  // Returns the lanes whose byte is kEmpty or kDeleted.
  Lanes MatchFree() const;

 private:  // [given]
  static constexpr std::uint64_t kLowBits = 0x0101010101010101;
  static constexpr std::uint64_t kHighBits = 0x8080808080808080;

  // Gathers the highest bit of each byte. Others must be 0. The product adds up
  // eight shifted copies, of which each brings one bit to the highest byte.
  static Lanes GatherHighBits(std::uint64_t bits) {
    return static_cast<Lanes>(((bits >> 7) * 0x0102040810204080) >> 56);
  }

  std::uint64_t word_ = 0;
};

inline Lanes ControlWord::ZeroBytes(std::uint64_t word) {
  // With its high bit set no byte borrows from the next, whatever it is. The
  // shorter (word - kLowBits) & ~word & kHighBits borrows from the byte above a
  // zero, and takes a 1 there for one more zero.
  const std::uint64_t less_one = (word | kHighBits) - kLowBits;
  return GatherHighBits(~(less_one | word) & kHighBits);
}

inline Lanes ControlWord::Match(Fragment fragment) const {
  return ZeroBytes(word_ ^ fragment.EightTimes());
}

inline Lanes ControlWord::MatchEmpty() const {
  static_assert(kEmpty == 0);
  return ZeroBytes(word_);
}

inline Lanes ControlWord::MatchFree() const {
  static_assert(kDeleted == 1);
  return ZeroBytes(word_ & ~kLowBits);
}

// The control bytes of one window, as two words. Given.
// [given]
class WordWindow {
 public:
  // Reads sixteen bytes, at any address.
  explicit WordWindow(const std::uint8_t* controls)
      : low_(controls), high_(controls + 8) {}

  Lanes Match(Fragment fragment) const {
    return low_.Match(fragment) | high_.Match(fragment) << 8;
  }
  Lanes MatchEmpty() const {
    return low_.MatchEmpty() | high_.MatchEmpty() << 8;
  }
  Lanes MatchFree() const { return low_.MatchFree() | high_.MatchFree() << 8; }

 private:
  ControlWord low_;
  ControlWord high_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_CONTROL_WORD_H_
