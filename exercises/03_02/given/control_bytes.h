// SPDX-License-Identifier: Apache-2.0

// Control bytes: one byte for each slot of a flat map, which says whether the
// slot is in use and, if so, eight bits of the hash of its key.
#ifndef WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_
#define WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace workbook {

inline constexpr std::uint8_t kEmpty = 0;    // no entry since the last rehash
inline constexpr std::uint8_t kDeleted = 1;  // a tombstone: there was one

constexpr bool IsFull(std::uint8_t control) { return control > kDeleted; }

// The control bytes of this many slots, a window, are read together.
inline constexpr std::size_t kWindowSlots = 16;

// What the control byte of a full slot says of its key: the lowest eight bits
// of the hash, with 2 and 3 also for 0 and 1, which mean other things.
// Source: boost::unordered_flat_map, whose table of words this is. Arithmetic
// takes more instructions, in each search.
class Fragment {
 public:
  explicit Fragment(std::size_t hash) : four_times_(kFourTimes[hash & 0xFF]) {}

  // Returns the control byte.
  std::uint8_t byte() const { return static_cast<std::uint8_t>(four_times_); }

  // Return a word with that byte in each of its four or eight bytes.
  std::uint32_t FourTimes() const { return four_times_; }
  std::uint64_t EightTimes() const {
    return four_times_ | std::uint64_t{four_times_} << 32;
  }

 private:
  static constexpr std::array<std::uint32_t, 256> kFourTimes = [] {
    std::array<std::uint32_t, 256> words{};
    for (std::uint32_t bits = 0; bits < 256; ++bits) {
      words[bits] = (bits > kDeleted ? bits : bits + 2) * 0x01010101;
    }
    return words;
  }();

  std::uint32_t four_times_;
};

// The windows in which an entry of this hash may lie, in the order in which
// they are visited. The bits above the fragment choose the first slot of the
// first window; windows go round at the end of the table. Steps of 1, 2, 3 ...
// windows meet each slot, since the number of slots is a power of two.
// Source: Hopgood and Davenport, The quadratic hash method, 1972.
class ProbeSequence {
 public:
  // `slot_mask` is the number of slots less one.
  ProbeSequence(std::size_t hash, std::size_t slot_mask)
      : mask_(slot_mask), start_((hash >> 8) & slot_mask) {}

  // Returns the first slot of the window.
  std::size_t start() const { return start_; }

  // Returns the slot of one of the window's sixteen lanes.
  std::size_t Slot(int lane) const {
    const std::size_t slot = (start_ + static_cast<unsigned>(lane)) & mask_;
    // No table has that many: a caller that asks is spared the comparison.
    if (slot == ~std::size_t{0}) __builtin_unreachable();
    return slot;
  }

  // Returns whether `slot` is one of the window's.
  bool Holds(std::size_t slot) const {
    return ((slot - start_) & mask_) < kWindowSlots;
  }

  // Goes on to the next window.
  void Next() {
    step_ += kWindowSlots;
    start_ = (start_ + step_) & mask_;
  }

 private:
  std::size_t mask_;
  std::size_t start_;
  std::size_t step_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_
