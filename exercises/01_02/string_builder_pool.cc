#include "01_02/string_builder_pool.h"

namespace workbook {

StringBuilder::~StringBuilder() = default;

void StringBuilder::Reserve(std::size_t) {
  Todo("01_02 task 6: StringBuilder::Reserve");
}

StringBuilderPool::StringBuilderPool(const StringBuilderPoolOptions&) {
  Todo("01_02 task 6: StringBuilderPool::StringBuilderPool");
}

StringBuilderPool::~StringBuilderPool() = default;

StringBuilderPool::Handle StringBuilderPool::Acquire() {
  Todo("01_02 task 6: StringBuilderPool::Acquire");
}

StringBuilderPoolStatistics StringBuilderPool::Statistics() const {
  Todo("01_02 task 6: StringBuilderPool::Statistics");
}

std::size_t StringBuilderPool::BuildersHeld() const {
  Todo("01_02 task 6: StringBuilderPool::BuildersHeld");
}

std::size_t StringBuilderPool::BytesHeld() const {
  Todo("01_02 task 6: StringBuilderPool::BytesHeld");
}

std::size_t StringBuilderPool::BuildersLent() const {
  Todo("01_02 task 6: StringBuilderPool::BuildersLent");
}

void StringBuilderPool::Handle::Release() noexcept {}

}  // namespace workbook
