// SPDX-License-Identifier: Apache-2.0

#include "01_02/adaptive_pool.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

AdaptivePool::AdaptivePool(AdaptivePoolOptions options) {
  Todo("01_02 task 12: AdaptivePool::AdaptivePool");
}

AdaptivePool::~AdaptivePool() {
  // Yours. No Todo: it may not leave a destructor.
}

void AdaptivePool::AcquireBatch(std::span<void*> blocks) {
  Todo("01_02 task 12: AdaptivePool::AcquireBatch");
}

void AdaptivePool::ReleaseBatch(std::span<void* const> blocks) {
  Todo("01_02 task 12: AdaptivePool::ReleaseBatch");
}

std::size_t AdaptivePool::Warm(std::size_t count, std::size_t size_bytes) {
  Todo("01_02 task 12: AdaptivePool::Warm");
}

void AdaptivePool::Adapt() { Todo("01_02 task 12: AdaptivePool::Adapt"); }

std::size_t AdaptivePool::Trim() { Todo("01_02 task 12: AdaptivePool::Trim"); }

AdaptivePoolStatistics AdaptivePool::Statistics() const {
  Todo("01_02 task 12: AdaptivePool::Statistics");
}

}  // namespace workbook
