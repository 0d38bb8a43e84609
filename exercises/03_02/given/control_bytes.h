// Control bytes: one byte for each slot of a flat map, which says whether the
// slot is in use and, if so, seven bits of the hash of its key.
#ifndef WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_
#define WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_

#include <cstddef>
#include <cstdint>

namespace workbook {

// A full slot has a byte below 0x80. Free bytes have the highest bit, and bit 1
// tells the two kinds of free slots apart.
inline constexpr std::uint8_t kEmpty = 0x80;  // no entry since the last rehash
inline constexpr std::uint8_t kDeleted = 0xFE;  // a tombstone: there was one

constexpr bool IsFull(std::uint8_t control) { return control < 0x80; }

// Slots lie in windows of this many, whose control bytes are read together.
inline constexpr std::size_t kWindowSlots = 16;

// Returns the control byte of a full slot: the lowest seven bits of the hash.
constexpr std::uint8_t FragmentOf(std::size_t hash) {
  return static_cast<std::uint8_t>(hash & 0x7F);
}

// The windows in which an entry of this hash may lie, in the order in which
// they are visited. The bits above the fragment choose the first. Steps of 1,
// 2, 3 ... windows meet each window once, since their number is a power of two.
// Source: Hopgood and Davenport, The quadratic hash method, 1972.
class ProbeSequence {
 public:
  // `window_mask` is the number of windows less one.
  ProbeSequence(std::size_t hash, std::size_t window_mask)
      : mask_(window_mask), window_((hash >> 7) & window_mask) {}

  // Returns the first slot of the window.
  std::size_t slot() const { return window_ * kWindowSlots; }

  // Goes on to the next window.
  void Next() { window_ = (window_ + ++steps_) & mask_; }

 private:
  std::size_t mask_;
  std::size_t window_;
  std::size_t steps_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_GIVEN_CONTROL_BYTES_H_
