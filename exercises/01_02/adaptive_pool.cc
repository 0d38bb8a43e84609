#include "01_02/adaptive_pool.h"

namespace workbook {

AdaptivePool::AdaptivePool([[maybe_unused]] AdaptivePoolOptions options) {
  Todo("01_02 task 9: AdaptivePool::AdaptivePool");
}

AdaptivePool::~AdaptivePool() {}

void AdaptivePool::AcquireBatch([[maybe_unused]] std::span<void*> blocks) {
  Todo("01_02 task 9: AdaptivePool::AcquireBatch");
}

void AdaptivePool::ReleaseBatch(
    [[maybe_unused]] std::span<void* const> blocks) {
  Todo("01_02 task 9: AdaptivePool::ReleaseBatch");
}

std::size_t AdaptivePool::Warm([[maybe_unused]] std::size_t count,
                               [[maybe_unused]] std::size_t size_bytes) {
  Todo("01_02 task 9: AdaptivePool::Warm");
}

void AdaptivePool::Adapt() { Todo("01_02 task 9: AdaptivePool::Adapt"); }

std::size_t AdaptivePool::Trim() { Todo("01_02 task 9: AdaptivePool::Trim"); }

AdaptivePoolStatistics AdaptivePool::Statistics() const {
  Todo("01_02 task 9: AdaptivePool::Statistics");
}

}  // namespace workbook
