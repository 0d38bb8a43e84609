// SPDX-License-Identifier: Apache-2.0

#include "01_02/worker_pool.h"

#include <algorithm>
#include <bit>

#include "tools/exercise/todo.h"

namespace workbook {

WorkerPool::WorkerPool(const WorkerPoolOptions& options) {
  Todo("01_02 task 10: WorkerPool::WorkerPool");
}

WorkerPool::~WorkerPool() {
  // Yours. No Todo: it may not leave a destructor.
}

void WorkerPool::WaitIdle() {
  // What if one of the workers calls it?
  Todo("01_02 task 10: WorkerPool::WaitIdle");
}

void WorkerPool::Shutdown(ShutdownMode mode) {
  Todo("01_02 task 10: WorkerPool::Shutdown");
}

std::size_t WorkerPool::QueueCapacity() const {
  Todo("01_02 task 10: WorkerPool::QueueCapacity");
}

WorkerPoolStats WorkerPool::Stats() const {
  Todo("01_02 task 10: WorkerPool::Stats");
}

}  // namespace workbook
