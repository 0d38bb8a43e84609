// SPDX-License-Identifier: Apache-2.0

#include "03_03/small_string.h"

#include <cstring>
#include <utility>

namespace workbook {

// [reference]
static_assert(sizeof(SmallString) == 24);

SmallString::SmallString() noexcept : SmallString(std::string_view()) {}

SmallString::SmallString(std::string_view text) : bytes_{} {
  const std::size_t size = text.size();
  if (size <= kInlineBytes) {
    if (size > 0) std::memcpy(bytes_, text.data(), size);
    bytes_[kInlineBytes] = static_cast<unsigned char>(kInlineBytes - size);
    return;
  }
  const Heap heap{new char[size + 1], size};
  std::memcpy(heap.data, text.data(), size);
  heap.data[size] = '\0';
  std::memcpy(bytes_, &heap, sizeof(heap));
  bytes_[kInlineBytes] = kOnHeap;
}

SmallString::SmallString(const SmallString& other) : SmallString() {
  // All 24 bytes at once, whatever the size: three moves instead of a call.
  if (other.IsInline()) {
    std::memcpy(bytes_, other.bytes_, sizeof(bytes_));
  } else {
    *this = SmallString(other.view());
  }
}

SmallString::SmallString(SmallString&& other) noexcept : SmallString() {
  std::swap(bytes_, other.bytes_);
}

SmallString& SmallString::operator=(SmallString other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

SmallString::~SmallString() {
  if (!IsInline()) delete[] LoadHeap().data;
}

std::string_view SmallString::view() const {
  if (IsInline()) {
    return {reinterpret_cast<const char*>(bytes_),
            kInlineBytes - bytes_[kInlineBytes]};
  }
  const Heap heap = LoadHeap();
  return {heap.data, heap.size_bytes};
}

bool SmallString::IsInline() const { return bytes_[kInlineBytes] != kOnHeap; }

SmallString::Heap SmallString::LoadHeap() const {
  Heap heap;
  std::memcpy(&heap, bytes_, sizeof(heap));
  return heap;
}

}  // namespace workbook
