// SPDX-License-Identifier: Apache-2.0

// Sorted ids, kept as the differences between neighbours.
#ifndef WORKBOOK_04_02_DELTA_IDS_H_
#define WORKBOOK_04_02_DELTA_IDS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exercises/04_02/given/varint.h"

namespace workbook {

// Ids in rising order, in blocks of kBlockIds. A block has its first id whole,
// and each further one as the varint of its distance to the one before.
//
// Invariants:
// 1. Id i lies in block i / kBlockIds; bytes_ has no varint for the first id of
//    a block.
// 2. blocks_ rises strictly in `first` and weakly in `offset`.
//
// Bytes: 16 a block, and those of the varints.
// Thread safety: readers, or one writer.
// Source: gap encoding of postings, C. Manning and others, Introduction to
// Information Retrieval, section 5.3.
class DeltaIds {
 public:
  static constexpr std::size_t kBlockIds = 64;

  // Adds `id` behind the last one.
  // Cost: amortised O(1).
  // On failure: std::invalid_argument unless `id` is larger than the last one;
  // std::bad_alloc. Nothing has changed.
  void Append(std::uint64_t id);

  // Returns whether `id` is there.
  // Cost: O(log(size() / kBlockIds) + kBlockIds); no allocation.
  bool Contains(std::uint64_t id) const;

  // Returns id `index`, in rising order.
  // REQUIRES: index < size().
  // Cost: O(kBlockIds), at most kBlockIds - 1 varints read; no allocation.
  std::uint64_t At(std::size_t index) const;

  // Calls `visit` with each id, in rising order.
  // Cost: O(size()); no allocation.
  template <class Visit>
  void ForEach(Visit visit) const {
    const std::uint8_t* next = bytes_.data();
    std::size_t left = size_;
    for (const Block& block : blocks_) {
      std::uint64_t id = block.first;
      visit(id);
      --left;
      for (std::size_t i = 1; i < kBlockIds && left > 0; ++i, --left) {
        std::uint64_t delta = 0;
        next = ReadVarint(next, delta);
        id += delta;
        visit(id);
      }
    }
  }

  std::size_t size() const { return size_; }

 private:
  struct Block {
    std::uint64_t first;
    std::size_t offset;  // in bytes_, of the varint of its second id
  };
  std::vector<Block> blocks_;
  std::vector<std::uint8_t> bytes_;
  std::uint64_t last_ = 0;
  std::size_t size_ = 0;
};

}  // namespace workbook

#endif  // WORKBOOK_04_02_DELTA_IDS_H_
