// SPDX-License-Identifier: Apache-2.0

#include "01_02/buffer_pool.h"

#include <cstdlib>
#include <new>
#include <stdexcept>

#include "tools/exercise/todo.h"

namespace workbook {

BufferPool::BufferPool(const BufferPoolOptions& options) {
  Todo("01_02 task 5: BufferPool::BufferPool");
}

BufferPool::~BufferPool() {
  // Yours. No Todo: it may not leave a destructor.
}

void BufferPool::Trim() { Todo("01_02 task 5: BufferPool::Trim"); }

BufferPoolStatistics BufferPool::Statistics() const {
  Todo("01_02 task 5: BufferPool::Statistics");
}

std::size_t BufferPool::BytesHeld() const {
  Todo("01_02 task 5: BufferPool::BytesHeld");
}

std::size_t BufferPool::BytesLent() const {
  Todo("01_02 task 5: BufferPool::BytesLent");
}

}  // namespace workbook
