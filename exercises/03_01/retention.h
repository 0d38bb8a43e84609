// SPDX-License-Identifier: Apache-2.0

// Small views that keep huge blocks alive.
#ifndef WORKBOOK_03_01_RETENTION_H_
#define WORKBOOK_03_01_RETENTION_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace workbook {

// A part of a block of text that slices share: the block lives until its last
// slice dies, as the array behind a Go slice does. Given.
// Thread safety: that of std::shared_ptr.
class Slice {
 public:
  // Makes an empty slice of no block.
  Slice() = default;

  // Returns a slice of all of a new block that holds a copy of `text`.
  // Cost: at most two allocations, of text.size() + 1 bytes and of bookkeeping.
  static Slice CopyOf(std::string_view text) {
    auto block = std::make_shared<const std::string>(text);
    const std::string_view all = *block;
    return Slice(std::move(block), all);
  }

  // Returns a slice of `size_bytes` from `offset` on, of the same block.
  // Cost: O(1), no allocation.
  // On failure: std::out_of_range where `offset` is more than the text's size.
  Slice Part(std::size_t offset, std::size_t size_bytes) const {
    return Slice(block_, text_.substr(offset, size_bytes));
  }

  std::string_view text() const { return text_; }
  // Returns the block that this slice keeps alive, as an identity, and below
  // its bytes: nullptr and 0 for a slice of no block.
  const void* block() const { return block_.get(); }
  std::size_t block_bytes() const { return block_ ? block_->size() : 0; }

 private:
  Slice(std::shared_ptr<const std::string> block, std::string_view text)
      : block_(std::move(block)), text_(text) {}

  std::shared_ptr<const std::string> block_;
  std::string_view text_;
};

struct Retention {
  std::size_t viewed_bytes = 0;  // of all slices; overlaps count again
  std::size_t held_bytes = 0;    // of all blocks, each one once
};

// Measures what `slices` look at, and what they keep alive for it.
// Cost: O(slices) time and memory.
// Thread safety: none of the slices may change meanwhile, as below.
Retention MeasureRetention(std::span<const Slice> slices);

// Gives each slice of a wasted block a block of its own, with a copy of its
// text. A block is wasted if it has more than `max_ratio` times as many bytes
// as all its slices in `slices` together view of it (overlaps count again).
// All other slices keep their block. No text changes.
// REQUIRES: `max_ratio` >= 1; `max_ratio` times what is viewed is a size_t.
// Cost: O(slices) time and memory, and a Slice::CopyOf for each slice replaced.
// On failure: std::bad_alloc; some slices may have been replaced.
void ReleaseWastedBlocks(std::span<Slice> slices, std::size_t max_ratio);

}  // namespace workbook

#endif  // WORKBOOK_03_01_RETENTION_H_
