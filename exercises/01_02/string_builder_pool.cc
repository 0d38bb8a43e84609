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

StringBuilder::~StringBuilder() { std::free(data_); }

std::size_t StringBuilder::LargerCapacity(std::size_t needed_bytes) const {
  Todo("01_02 task 9: StringBuilder::LargerCapacity");
}

void StringBuilder::Reserve(std::size_t capacity_bytes) {
  Todo("01_02 task 9: StringBuilder::Reserve");
}

// `text` may lie in the memory that Reserve() moves: then it moves along.
void StringBuilder::AppendSlow(std::string_view text) {
  Todo("01_02 task 9: StringBuilder::AppendSlow");
}

StringBuilderStore::StringBuilderStore(const StringBuilderPoolOptions& options)
    : options_(options), max_retained_bytes_(options.max_retained_bytes) {
  if (options.initial_capacity_bytes > options.max_retained_bytes) {
    throw std::invalid_argument(
        "StringBuilderPool: initial_capacity_bytes is more than "
        "max_retained_bytes");
  }
  locals_.emplace([this](Local& local) { Retire(local); });
}

StringBuilderStore::Local::~Local() {
  for (std::size_t i = 0; i < count.load(); ++i) delete idle[i];
}

StringBuilder* StringBuilderStore::AcquireSlow(Local* local) {
  Todo("01_02 task 9: StringBuilderStore::AcquireSlow");
}

StringBuilder* StringBuilderStore::PopShared() {
  StringBuilder* const builder = shared_.back();
  shared_.pop_back();
  shared_bytes_ -= builder->capacity();
  return builder;
}

// Takes one builder from the shared list, and some more for `local`, so that
// the lock is taken for every kKept / 2 of them.
StringBuilder* StringBuilderStore::TakeShared(Local* local) {
  if (shared_count_.load(std::memory_order_relaxed) == 0) return nullptr;
  const std::lock_guard lock(mutex_);
  if (shared_.empty()) return nullptr;
  StringBuilder* const taken = PopShared();
  --reserved_;
  std::size_t count = 0;
  if (local != nullptr) {
    for (; count < kKept / 2 && !shared_.empty(); ++count) {
      local->idle[count] = PopShared();
      Add(local->held_bytes, local->idle[count]->capacity());
    }
    local->count.store(count, std::memory_order_relaxed);
    // Each builder brings its reservation along; what is more than the thread
    // can use goes back.
    const std::size_t reserved = local->reserved + count;
    const std::size_t enough = std::min(reserved, kKept);
    reserved_ -= reserved - enough;
    local->reserved = enough;
  }
  shared_count_.store(shared_.size(), std::memory_order_relaxed);
  return taken;
}

void StringBuilderStore::ReleaseSlow(Local* local, StringBuilder* builder) {
  // Spill, Share and ReserveUpTo are given. Once dead_, the last builder
  // of lent_after_death_ deletes the store.
  Todo("01_02 task 9: StringBuilderStore::ReleaseSlow");
}

// Moves the oldest `count` builders of a thread, and their reservations, to the
// shared list.
void StringBuilderStore::Spill(Local& local, std::size_t count) {
  const std::size_t held = local.count.load();
  for (std::size_t i = 0; i < count; ++i) {
    Add(local.held_bytes, -local.idle[i]->capacity());
  }
  Share(local.idle.data(), count);
  std::copy(local.idle.data() + count, local.idle.data() + held,
            local.idle.data());
  local.count.store(held - count);
  local.reserved -= count;
}

void StringBuilderStore::Share(StringBuilder* const* builders,
                               std::size_t count) {
  try {
    const std::lock_guard lock(mutex_);
    shared_.insert(shared_.end(), builders, builders + count);
    for (std::size_t i = 0; i < count; ++i) {
      shared_bytes_ += builders[i]->capacity();
    }
    shared_count_.store(shared_.size(), std::memory_order_relaxed);
  } catch (const std::bad_alloc&) {
    for (std::size_t i = 0; i < count; ++i) delete builders[i];
    reserved_ -= count;
    surplus_ += count;
  }
}

// Takes a part of max_idle_builders; returns how much.
std::size_t StringBuilderStore::ReserveUpTo(std::size_t wanted) {
  std::size_t reserved = reserved_.load(std::memory_order_relaxed);
  std::size_t granted = 0;
  do {
    granted = std::min(wanted, options_.max_idle_builders - reserved);
  } while (!reserved_.compare_exchange_weak(reserved, reserved + granted));
  return granted;
}

void StringBuilderStore::Retire(Local& local) {
  Spill(local, local.count.load());
  reserved_ -= std::exchange(local.reserved, 0);
}

template <class Visit>
void StringBuilderStore::ForEachLocal(Visit visit) const {
  locals_->ForEach(visit);
  visit(spare_);
}

// No lock: no other call is running.
void StringBuilderStore::Die() {
  const std::size_t lent = BuildersLent();
  locals_.reset();
  for (StringBuilder* const builder : shared_) delete builder;
  shared_ = {};
  if (lent == 0) {
    delete this;
    return;
  }
  lent_after_death_ = lent;
  dead_ = true;
}

StringBuilderPoolStatistics StringBuilderStore::Statistics() const {
  StringBuilderPoolStatistics sum;
  sum.oversize = oversize_;
  sum.surplus = surplus_;
  ForEachLocal([&](const Local& local) {
    sum.hits += local.hits;
    sum.misses += local.misses;
  });
  return sum;
}

std::size_t StringBuilderStore::BuildersHeld() const {
  const std::lock_guard lock(mutex_);
  std::size_t held = shared_.size();
  ForEachLocal([&](const Local& local) { held += local.count; });
  return held;
}

std::size_t StringBuilderStore::BytesHeld() const {
  const std::lock_guard lock(mutex_);
  std::size_t held_bytes = shared_bytes_;
  ForEachLocal([&](const Local& local) { held_bytes += local.held_bytes; });
  return held_bytes;
}

std::size_t StringBuilderStore::BuildersLent() const {
  // A builder may be released on another thread than it was acquired on: each
  // term may be "negative", only the sum counts.
  std::size_t lent = 0;
  ForEachLocal([&](const Local& local) {
    lent += local.hits + local.misses - local.returned;
  });
  return lent;
}

StringBuilderPool::StringBuilderPool(const StringBuilderPoolOptions& options)
    : state_(new StringBuilderStore(options)) {}

StringBuilderPool::~StringBuilderPool() { state_->Die(); }

StringBuilderPoolStatistics StringBuilderPool::Statistics() const {
  return state_->Statistics();
}

std::size_t StringBuilderPool::BuildersHeld() const {
  return state_->BuildersHeld();
}

std::size_t StringBuilderPool::BytesHeld() const { return state_->BytesHeld(); }

std::size_t StringBuilderPool::BuildersLent() const {
  return state_->BuildersLent();
}

}  // namespace workbook
