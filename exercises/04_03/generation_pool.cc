// SPDX-License-Identifier: Apache-2.0

#include "04_03/generation_pool.h"

#include <new>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

GenerationPool::GenerationPool(std::size_t buffer_bytes)
    : buffer_bytes_(buffer_bytes) {
  if (buffer_bytes < 16) {
    throw std::invalid_argument(
        "buffers of less than 16 bytes. Fix: give them 16 or more.");
  }
}

GenerationPool::~GenerationPool() {
  Free(fresh_);
  Free(victims_);
}

void GenerationPool::Free(Idle* first) {
  while (first != nullptr) {
    ::operator delete(std::exchange(first, first->next));
  }
}

GenerationPool::Buffer GenerationPool::Acquire() {
  Todo("04_03 task 6: GenerationPool::Acquire");
}

void GenerationPool::TakeBack(std::span<std::byte> bytes) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

void GenerationPool::EndGeneration() {
  Todo("04_03 task 6: GenerationPool::EndGeneration");
}

GenerationFigures GenerationPool::Figures() const { return figures_; }

}  // namespace workbook
