// SPDX-License-Identifier: Apache-2.0

#include "03_03/shared_string.h"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

namespace workbook {

SharedString::SharedString(std::string_view text) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw std::length_error("SharedString: a text of 4 GiB or more");
  }
  if (text.empty()) return;
  void* const memory = ::operator new(sizeof(Block) + text.size());
  block_ = new (memory) Block{1, text.size()};
  std::copy_n(text.data(), text.size(), reinterpret_cast<char*>(block_ + 1));
  size_bytes_ = static_cast<std::uint32_t>(text.size());
}

SharedString::SharedString(const SharedString& other) noexcept
    : block_(other.block_),
      offset_(other.offset_),
      size_bytes_(other.size_bytes_) {
  // Relaxed: `other` keeps the block alive meanwhile, and a new owner reads
  // nothing that another owner wrote after the block was made.
  if (block_ != nullptr) {
    block_->owners.fetch_add(1, std::memory_order_relaxed);
  }
}

SharedString::SharedString(SharedString&& other) noexcept
    : block_(std::exchange(other.block_, nullptr)),
      offset_(std::exchange(other.offset_, 0)),
      size_bytes_(std::exchange(other.size_bytes_, 0)) {}

SharedString& SharedString::operator=(SharedString other) noexcept {
  std::swap(block_, other.block_);
  std::swap(offset_, other.offset_);
  std::swap(size_bytes_, other.size_bytes_);
  return *this;
}

SharedString::~SharedString() {
  if (block_ == nullptr) return;
  // Release: what this owner read happens before the count falls. Acquire: the
  // last owner frees only after all of that.
  if (block_->owners.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  block_->~Block();
  ::operator delete(block_);
}

SharedString SharedString::Substring(std::size_t offset,
                                     std::size_t size_bytes) const {
  if (offset > size_bytes_) {
    throw std::out_of_range("SharedString::Substring: offset behind the end");
  }
  const std::size_t part_bytes = std::min(size_bytes, size_bytes_ - offset);
  if (part_bytes == 0) return SharedString();
  SharedString part(*this);
  part.offset_ += static_cast<std::uint32_t>(offset);
  part.size_bytes_ = static_cast<std::uint32_t>(part_bytes);
  return part;
}

SharedString SharedString::Trimmed(std::size_t max_ratio) const {
  // Divided, because a product could wrap around.
  const bool wastes =
      block_ != nullptr && (HeldBytes() - 1) / size_bytes_ >= max_ratio;
  return wastes ? SharedString(view()) : *this;
}

std::size_t SharedString::HeldBytes() const {
  return block_ == nullptr ? 0 : block_->size_bytes;
}

std::string_view SharedString::view() const& {
  if (block_ == nullptr) return {};
  return {reinterpret_cast<const char*>(block_ + 1) + offset_, size_bytes_};
}

std::size_t SharedString::size() const { return size_bytes_; }

}  // namespace workbook
