// SPDX-License-Identifier: Apache-2.0

#include "04_03/budgeted_pool.h"

#include <algorithm>
#include <functional>
#include <new>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

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

BudgetedPool::~BudgetedPool() {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < idle_.size(); ++i) {
    while (idle_[i] != nullptr) ::operator delete(PopIdle(i));
  }
}

std::size_t BudgetedPool::ClassOf(std::size_t size_bytes) const {
  return static_cast<std::size_t>(
      std::ranges::lower_bound(classes_, size_bytes) - classes_.begin());
}

std::byte* BudgetedPool::PopIdle(std::size_t index) {
  Idle* const first = idle_[index];
  idle_[index] = first->next;
  idle_bytes_ -= classes_[index];
  return reinterpret_cast<std::byte*>(first);
}

BudgetedPool::Buffer BudgetedPool::Acquire(std::size_t size_bytes) {
  Todo("04_03 task 4: BudgetedPool::Acquire");
}

void BudgetedPool::TakeBack(std::span<std::byte> bytes) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

BudgetFigures BudgetedPool::Figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace workbook
