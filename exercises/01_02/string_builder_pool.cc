// SPDX-License-Identifier: Apache-2.0

#include "01_02/string_builder_pool.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

StringBuilder::~StringBuilder() {
  // Yours. No Todo: it may not leave a destructor.
}

void StringBuilder::Reserve(std::size_t capacity_bytes) {
  Todo("01_02 task 9: StringBuilder::Reserve");
}

StringBuilderPool::StringBuilderPool(const StringBuilderPoolOptions& options) {
  Todo("01_02 task 9: StringBuilderPool::StringBuilderPool");
}

StringBuilderPool::~StringBuilderPool() {
  // Yours. No Todo: it may not leave a destructor.
}

StringBuilderPoolStatistics StringBuilderPool::Statistics() const {
  Todo("01_02 task 9: StringBuilderPool::Statistics");
}

std::size_t StringBuilderPool::BuildersHeld() const {
  Todo("01_02 task 9: StringBuilderPool::BuildersHeld");
}

std::size_t StringBuilderPool::BytesHeld() const {
  Todo("01_02 task 9: StringBuilderPool::BytesHeld");
}

std::size_t StringBuilderPool::BuildersLent() const {
  Todo("01_02 task 9: StringBuilderPool::BuildersLent");
}

}  // namespace workbook
