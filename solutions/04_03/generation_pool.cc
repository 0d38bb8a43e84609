// SPDX-License-Identifier: Apache-2.0

#include "04_03/generation_pool.h"

#include <new>
#include <stdexcept>
#include <utility>

namespace workbook {

// [given]
GenerationPool::GenerationPool(std::size_t buffer_bytes)
    : buffer_bytes_(buffer_bytes) {
  if (buffer_bytes < 16) {
    throw std::invalid_argument(
        "buffers of less than 16 bytes. Fix: give them 16 or more.");
  }
}

// [given]
GenerationPool::~GenerationPool() {
  Free(fresh_);
  Free(victims_);
}

// [given]
void GenerationPool::Free(Idle* first) {
  while (first != nullptr) {
    ::operator delete(std::exchange(first, first->next));
  }
}

GenerationPool::Buffer GenerationPool::Acquire() {
  const bool is_fresh = fresh_ != nullptr;
  Idle*& list = is_fresh ? fresh_ : victims_;
  void* data = list;
  if (data == nullptr) {
    data = ::operator new(buffer_bytes_);
    ++figures_.misses;
  } else {
    list = list->next;
    --(is_fresh ? figures_.fresh : figures_.victims);
    ++figures_.hits;
  }
  return {this, {static_cast<std::byte*>(data), buffer_bytes_}};
}

void GenerationPool::TakeBack(std::span<std::byte> bytes) noexcept {
  fresh_ = new (bytes.data()) Idle{fresh_};
  ++figures_.fresh;
}

void GenerationPool::EndGeneration() {
  Free(std::exchange(victims_, std::exchange(fresh_, nullptr)));
  figures_.victims = std::exchange(figures_.fresh, 0);
}

// [given]
GenerationFigures GenerationPool::Figures() const { return figures_; }

}  // namespace workbook
