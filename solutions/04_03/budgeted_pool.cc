// SPDX-License-Identifier: Apache-2.0

#include "04_03/budgeted_pool.h"

#include <algorithm>
#include <functional>
#include <new>
#include <stdexcept>
#include <utility>

namespace workbook {

// [given]
BudgetedPool::BudgetedPool(std::span<const std::size_t> classes,
                           std::size_t budget_bytes)
    : classes_(classes.begin(), classes.end()),
      budget_bytes_(budget_bytes),
      idle_(classes.size()) {
  if (classes.empty() || classes.front() < kMinClassBytes ||
      std::ranges::adjacent_find(classes, std::greater_equal<>()) !=
          classes.end()) {
    throw std::invalid_argument(
        "the classes do not rise from 16 bytes on. Fix: give at least one, "
        "sorted, and none of them twice.");
  }
}

// [given]
BudgetedPool::~BudgetedPool() {
  const MutexLock lock(mutex_);
  for (std::size_t i = 0; i < idle_.size(); ++i) {
    while (idle_[i] != nullptr) ::operator delete(PopIdle(i));
  }
}

// [given]
std::size_t BudgetedPool::ClassOf(std::size_t size_bytes) const {
  return static_cast<std::size_t>(
      std::ranges::lower_bound(classes_, size_bytes) - classes_.begin());
}

// [given]
std::byte* BudgetedPool::PopIdle(std::size_t index) {
  Idle* const first = idle_[index];
  idle_[index] = first->next;
  idle_bytes_ -= classes_[index];
  return reinterpret_cast<std::byte*>(first);
}

BudgetedPool::Buffer BudgetedPool::Acquire(std::size_t size_bytes) {
  const std::size_t index = ClassOf(size_bytes);
  UniqueLock lock(mutex_);
  if (index < classes_.size() && idle_[index] != nullptr) {
    ++figures_.hits;
    return {this, {PopIdle(index), classes_[index]}};
  }
  const std::size_t lent_bytes = figures_.held_bytes - idle_bytes_;
  if (index == classes_.size() ||
      classes_[index] > budget_bytes_ - lent_bytes) {
    ++figures_.refused;
    return {};
  }
  const std::size_t capacity = classes_[index];
  for (std::size_t i = classes_.size() - 1;
       figures_.held_bytes > budget_bytes_ - capacity;) {
    if (idle_[i] == nullptr) {
      --i;
      continue;
    }
    // Freed under the lock: until then the bytes are on the heap, and another
    // thread could already spend them.
    ::operator delete(PopIdle(i));
    figures_.held_bytes -= classes_[i];
  }
  ++figures_.misses;
  figures_.held_bytes += capacity;
  figures_.high_water_bytes =
      std::max(figures_.high_water_bytes, figures_.held_bytes);
  lock.unlock();  // the bytes are this thread's now
  try {
    return {this,
            {static_cast<std::byte*>(::operator new(capacity)), capacity}};
  } catch (...) {
    lock.lock();
    --figures_.misses;
    figures_.held_bytes -= capacity;
    throw;
  }
}

void BudgetedPool::TakeBack(std::span<std::byte> bytes) noexcept {
  const std::size_t index = ClassOf(bytes.size());
  const MutexLock lock(mutex_);
  idle_[index] = new (bytes.data()) Idle{idle_[index]};
  idle_bytes_ += bytes.size();
}

// [given]
BudgetFigures BudgetedPool::Figures() const {
  const MutexLock lock(mutex_);
  return figures_;
}

}  // namespace workbook
