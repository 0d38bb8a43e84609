#include "01_02/buffer_pool.h"

namespace workbook {

BufferPool::BufferPool(const BufferPoolOptions&) {
  Todo("01_02 task 5: BufferPool::BufferPool");
}

BufferPool::~BufferPool() = default;

BufferPool::Buffer BufferPool::Acquire(std::size_t) {
  Todo("01_02 task 5: BufferPool::Acquire");
}

BufferPool::Buffer BufferPool::AcquireUninitialized(std::size_t) {
  Todo("01_02 task 5: BufferPool::AcquireUninitialized");
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

void BufferPool::Buffer::Release() noexcept {}

}  // namespace workbook
