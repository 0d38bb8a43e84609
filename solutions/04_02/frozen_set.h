// SPDX-License-Identifier: Apache-2.0

// A set of 32-bit numbers that does not change any more, in as few bytes as
// arrays, bitmaps and runs allow.
#ifndef WORKBOOK_04_02_FROZEN_SET_H_
#define WORKBOOK_04_02_FROZEN_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "04_02/chunk.h"
#include "04_02/compact_set.h"

namespace workbook {

enum class FrozenForm : std::uint8_t { kArray, kBitmap, kRuns };

// The form in which the numbers of a chunk take the least bytes, and the units
// of two bytes that it takes.
struct FormChoice {
  FrozenForm form = FrozenForm::kArray;
  std::size_t units = 0;

  bool operator==(const FormChoice&) const = default;
};

// Returns how many runs of neighbouring numbers `chunk` has.
// Cost: O(size()), and O(1,024) for a bitmap; no allocation.
// Thread safety: any thread, as for all functions here.
std::size_t CountRuns(const Chunk& chunk);

// Chooses among an array of `size` units, a bitmap of 4,096 and `runs` runs of
// two units each. Of forms that are equally small it takes the array first,
// then the bitmap.
// Cost: O(1); no allocation.
FormChoice ChooseForm(std::size_t size, std::size_t runs);

// The numbers of a CompactSet, all in one array of units of two bytes.
//
// Bytes: 10 a chunk, and 2 a unit. Nothing is spare.
class FrozenSet {
 public:
  // Takes a copy of the numbers in `set`.
  // Cost: O(set.size() + chunks); three allocations, or none for no number.
  // On failure: std::bad_alloc.
  explicit FrozenSet(const CompactSet& set);

  // Returns whether `value` is there.
  // Cost: O(log chunks), and O(log runs) or O(log size()) or O(1); no
  // allocation.
  // [given]
  bool Contains(std::uint32_t value) const {
    const auto key = static_cast<std::uint16_t>(value >> 16);
    const std::size_t place = LowerBound(keys_.data(), keys_.size(), key);
    if (place == keys_.size() || keys_[place] != key) return false;
    return PartContains(parts_[place], static_cast<std::uint16_t>(value));
  }

  // Returns how many chunks have this form.
  // Cost: O(chunks); no allocation.
  // [given]
  std::size_t CountOf(FrozenForm form) const {
    std::size_t count = 0;
    for (const Part& part : parts_) count += part.form == form;
    return count;
  }

  // [given]
 private:
  struct Part {
    std::uint32_t begin;  // its first unit
    std::uint16_t count;  // of numbers in an array, or of runs
    FrozenForm form;
  };

  // Returns whether the part has `value`.
  bool PartContains(const Part& part, std::uint16_t value) const;
  // Appends the units of `chunk` in `form`. A run is its first number, then how
  // many follow.
  void AppendUnits(const Chunk& chunk, FrozenForm form);

  std::vector<std::uint16_t> keys_;
  std::vector<Part> parts_;
  std::vector<std::uint16_t> units_;
};

}  // namespace workbook

#endif  // WORKBOOK_04_02_FROZEN_SET_H_
