// SPDX-License-Identifier: Apache-2.0

#include "04_02/delta_ids.h"

#include <algorithm>
#include <stdexcept>

namespace workbook {

void DeltaIds::Append(std::uint64_t id) {
  if (size_ > 0 && id <= last_) {
    throw std::invalid_argument(
        "DeltaIds::Append: the id is not larger than the last one. Fix: sort "
        "the ids and drop those that come twice.");
  }
  if (size_ % kBlockIds == 0) {
    blocks_.push_back({id, bytes_.size()});
  } else {
    std::uint8_t varint[kMaxVarintBytes];
    const std::size_t size_bytes = WriteVarint(id - last_, varint);
    bytes_.insert(bytes_.end(), varint, varint + size_bytes);
  }
  last_ = id;
  ++size_;
}

bool DeltaIds::Contains(std::uint64_t id) const {
  if (size_ == 0 || id > last_) return false;
  const auto behind =
      std::upper_bound(blocks_.begin(), blocks_.end(), id,
                       [](std::uint64_t wanted, const Block& block) {
                         return wanted < block.first;
                       });
  if (behind == blocks_.begin()) return false;
  // No count of the ids is needed: one that is at least `id` comes, in this
  // block, or as its end.
  const Block& block = behind[-1];
  const std::uint8_t* next = bytes_.data() + block.offset;
  const std::uint8_t* const end =
      bytes_.data() +
      (behind == blocks_.end() ? bytes_.size() : behind->offset);
  std::uint64_t found = block.first;
  while (found < id && next != end) {
    std::uint64_t delta = 0;
    next = ReadVarint(next, delta);
    found += delta;
  }
  return found == id;
}

std::uint64_t DeltaIds::At(std::size_t index) const {
  const Block& block = blocks_[index / kBlockIds];
  const std::uint8_t* next = bytes_.data() + block.offset;
  std::uint64_t id = block.first;
  for (std::size_t left = index % kBlockIds; left > 0; --left) {
    std::uint64_t delta = 0;
    next = ReadVarint(next, delta);
    id += delta;
  }
  return id;
}

}  // namespace workbook
