// SPDX-License-Identifier: Apache-2.0

#include "01_02/fixed_size_pool.h"

#include <algorithm>
#include <bit>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

FixedSizePool::FixedSizePool(const Options& options) {
  Todo("01_02 task 1: FixedSizePool::FixedSizePool");
}

FixedSizePool::~FixedSizePool() {
  // Yours. No Todo: it may not leave a destructor.
}

FixedSizePool::FixedSizePool(FixedSizePool&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

FixedSizePool& FixedSizePool::operator=(FixedSizePool&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
  return *this;
}

std::size_t FixedSizePool::BlockBytes() const {
  Todo("01_02 task 1: FixedSizePool::BlockBytes");
}

std::size_t FixedSizePool::Capacity() const {
  Todo("01_02 task 1: FixedSizePool::Capacity");
}

std::size_t FixedSizePool::LentBlocks() const {
  Todo("01_02 task 1: FixedSizePool::LentBlocks");
}

std::size_t FixedSizePool::BytesHeld() const {
  Todo("01_02 task 1: FixedSizePool::BytesHeld");
}

bool FixedSizePool::Owns(const void* pointer) const {
  Todo("01_02 task 1: FixedSizePool::Owns");
}

}  // namespace workbook
