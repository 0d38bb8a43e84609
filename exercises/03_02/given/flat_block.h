// SPDX-License-Identifier: Apache-2.0

// The memory of a flat map: slots, and behind them overflow bits and control
// bytes.
#ifndef WORKBOOK_03_02_GIVEN_FLAT_BLOCK_H_
#define WORKBOOK_03_02_GIVEN_FLAT_BLOCK_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <utility>

#include "exercises/03_02/given/control_bytes.h"

namespace workbook {

// One block of `capacity` slots, their control bytes, all kEmpty at first, and
// an overflow bit for each slot, all clear at first.
// Destroys the entries of the slots that are full in the end.
// Thread safety: that of an array.
template <class Entry>
class FlatBlock {
 public:
  // Makes a block without slots, whose one window is empty for ever. No
  // allocation.
  FlatBlock() = default;

  // REQUIRES: `capacity` is kWindowSlots times a power of two.
  // Cost: one allocation of capacity * (sizeof(Entry) + 1) + capacity / 8 + 16
  // bytes.
  // On failure: std::bad_alloc.
  explicit FlatBlock(std::size_t capacity)
      : entries_(
            static_cast<Entry*>(::operator new(BytesOf(capacity), kAlignment))),
        overflow_(reinterpret_cast<std::uint8_t*>(entries_ + capacity)),
        controls_(overflow_ + capacity / 8),
        slot_mask_(capacity - 1) {
    static_assert(kEmpty == 0);
    std::memset(overflow_, 0, capacity / 8 + capacity + kWindowSlots);
  }

  FlatBlock(FlatBlock&& other) noexcept { Swap(other); }
  FlatBlock& operator=(FlatBlock&& other) noexcept {
    FlatBlock(std::move(other)).Swap(*this);
    return *this;
  }

  ~FlatBlock() {
    if (entries_ == nullptr) return;
    for (std::size_t slot = 0; slot < capacity(); ++slot) {
      if (IsFull(controls_[slot])) std::destroy_at(entries_ + slot);
    }
    ::operator delete(entries_, kAlignment);
  }

  void Swap(FlatBlock& other) noexcept {
    std::swap(entries_, other.entries_);
    std::swap(overflow_, other.overflow_);
    std::swap(controls_, other.controls_);
    std::swap(slot_mask_, other.slot_mask_);
    std::swap(has_overflow_, other.has_overflow_);
  }

  // Sets the control byte of a slot, and its copy behind the end, which windows
  // that go round there read: bytes 0 to 14 come once more behind the last one.
  // REQUIRES: the block has slots.
  void SetControl(std::size_t slot, std::uint8_t control) {
    controls_[slot] = control;
    if (slot < kWindowSlots - 1) [[unlikely]] {
      controls_[slot + slot_mask_ + 1] = control;
    }
  }

  // Sets the overflow bit of the window that begins with slot `start`: an entry
  // was on its way there, found it full and went on to the next window.
  // REQUIRES: the block has slots.
  void SetOverflow(std::size_t start) {
    const unsigned bits = overflow_[start / 8] | 1u << start % 8;
    overflow_[start / 8] = static_cast<std::uint8_t>(bits);
    has_overflow_ = true;
  }

  // Returns whether that bit is set. If not, no entry lies further on because
  // of this window, however full it is.
  bool HasOverflow(std::size_t start) const {
    if (!has_overflow_) return false;
    // Of 16 slots it reads control bytes as well, and doesn't use them.
    std::uint32_t bits = 0;
    std::memcpy(&bits, overflow_ + start / 32 * 4, sizeof(bits));
    return (bits >> start % 32 & 1) != 0;
  }

  // Clears all overflow bits, before entries get their slots anew.
  void ClearOverflow() {
    std::memset(overflow_, 0, capacity() / 8);
    has_overflow_ = false;
  }

  // Moves the entry of `from`, which is full, to `to` of `target`, which is
  // free. The entry's new control byte is `fragment`; the old one is kEmpty.
  void Relocate(std::size_t from, FlatBlock& target, std::size_t to,
                std::uint8_t fragment) noexcept {
    std::construct_at(target.entries_ + to, std::move(entries_[from]));
    std::destroy_at(entries_ + from);
    SetControl(from, kEmpty);
    target.SetControl(to, fragment);
  }

  // Exchanges the entries of two full slots; the control bytes stay.
  void SwapEntries(std::size_t a, std::size_t b) noexcept {
    Entry held(std::move(entries_[a]));
    std::destroy_at(entries_ + a);
    std::construct_at(entries_ + a, std::move(entries_[b]));
    std::destroy_at(entries_ + b);
    std::construct_at(entries_ + b, std::move(held));
  }

  // Asks for the cache line of a slot that may be needed soon, unless the block
  // is so small that it lies in a cache anyway. The core may leave it out: a
  // FindSlot that asks for its first slot at once is faster, and no more.
  void Prefetch(std::size_t slot) const {
    if (slot_mask_ < kSmallBytes / sizeof(Entry)) return;
#ifdef __SSE2__
    // gcc 12 drops a __builtin_prefetch that stands alone in a branch.
    const auto* const line = reinterpret_cast<const char*>(entries_ + slot);
    asm volatile("prefetcht0 %0" : : "m"(*line));
#else
    __builtin_prefetch(entries_ + slot);
#endif
  }

  std::size_t capacity() const {
    return entries_ == nullptr ? 0 : slot_mask_ + 1;
  }
  std::size_t slot_mask() const { return slot_mask_; }
  Entry* entries() const { return entries_; }
  // The control byte of each slot, and of fifteen behind the last one.
  const std::uint8_t* controls() const { return controls_; }

 private:
  static constexpr std::size_t kSmallBytes = std::size_t{1} << 19;
  static constexpr std::align_val_t kAlignment{
      alignof(Entry) < kWindowSlots ? kWindowSlots : alignof(Entry)};

  static std::size_t BytesOf(std::size_t capacity) {
    constexpr std::size_t kSlotBytes = sizeof(Entry) + 1;
    constexpr std::size_t kMaxBytes =
        std::numeric_limits<std::ptrdiff_t>::max() - kWindowSlots;
    if (capacity > kMaxBytes / (kSlotBytes + 1)) {
      throw std::bad_array_new_length();
    }
    return capacity * kSlotBytes + capacity / 8 + kWindowSlots;
  }

  // Shared by all blocks without slots, and never written to.
  static inline std::uint8_t no_slots[kWindowSlots] = {};

  Entry* entries_ = nullptr;
  std::uint8_t* overflow_ = no_slots;
  std::uint8_t* controls_ = no_slots;
  std::size_t slot_mask_ = 0;
  bool has_overflow_ = false;  // any: a quick answer where there is none
};

}  // namespace workbook

#endif  // WORKBOOK_03_02_GIVEN_FLAT_BLOCK_H_
