// SPDX-License-Identifier: Apache-2.0

#include "01_02/string_builder_pool.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>

namespace workbook {

// [given]
StringBuilder::~StringBuilder() { std::free(data_); }

std::size_t StringBuilder::LargerCapacity(std::size_t needed_bytes) const {
  constexpr std::size_t kSmallest = 64;
  // Sanitizers take more than PTRDIFF_MAX for a bug instead of returning null.
  if (needed_bytes > PTRDIFF_MAX) throw std::bad_alloc();
  return std::max({needed_bytes, 2 * capacity_bytes_, kSmallest});
}

void StringBuilder::Reserve(std::size_t capacity_bytes) {
  if (capacity_bytes <= capacity_bytes_) return;
  const std::size_t larger = LargerCapacity(capacity_bytes);
  // realloc may grow a large block in place, which new and copy cannot.
  void* const data = std::realloc(data_, larger);
  if (data == nullptr) throw std::bad_alloc();
  data_ = static_cast<char*>(data);
  capacity_bytes_ = larger;
}

// `text` may lie in the memory that Reserve() moves: then it moves along.
void StringBuilder::AppendSlow(std::string_view text) {
  const std::size_t needed = size_bytes_ + text.size();
  if (needed < size_bytes_) throw std::bad_alloc();
  const std::less<const char*> before;
  const bool own = data_ != nullptr && !before(text.data(), data_) &&
                   before(text.data(), data_ + size_bytes_);
  const std::size_t offset =
      own ? static_cast<std::size_t>(text.data() - data_) : 0;
  Reserve(needed);
  // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): needed is not 0
  std::memcpy(data_ + size_bytes_, own ? data_ + offset : text.data(),
              text.size());
  size_bytes_ = needed;
}

// [given]
StringBuilderStore::StringBuilderStore(const StringBuilderPoolOptions& options)
    : options_(options), max_retained_bytes_(options.max_retained_bytes) {
  if (options.initial_capacity_bytes > options.max_retained_bytes) {
    throw std::invalid_argument(
        "StringBuilderPool: initial_capacity_bytes is more than "
        "max_retained_bytes");
  }
  locals_.emplace([this](Local& local) { Retire(local); });
}

// [given]
StringBuilderStore::Local::~Local() {
  for (std::size_t i = 0; i < count.load(); ++i) delete idle[i];
}

StringBuilder* StringBuilderStore::AcquireSlow(Local* local) {
  Local& counters = local == nullptr ? spare_ : *local;
  if (StringBuilder* const builder = TakeShared(local)) {
    ++counters.hits;
    return builder;
  }
  auto builder = std::make_unique<StringBuilder>();
  builder->Reserve(options_.initial_capacity_bytes);
  ++counters.misses;
  return builder.release();
}

// [given]
StringBuilder* StringBuilderStore::PopShared() {
  StringBuilder* const builder = shared_.back();
  shared_.pop_back();
  shared_bytes_ -= builder->capacity();
  return builder;
}

// Takes one builder from the shared list, and some more for `local`, so that
// the lock is taken for every kKept / 2 of them.
// [given]
StringBuilder* StringBuilderStore::TakeShared(Local* local) {
  if (shared_count_.load(std::memory_order_relaxed) == 0) return nullptr;
  const MutexLock lock(mutex_);
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

// [note] Spill, Share and ReserveUpTo are given. Once dead_, the last builder
// [note] of lent_after_death_ deletes the store.
void StringBuilderStore::ReleaseSlow(Local* local, StringBuilder* builder) {
  std::unique_ptr<StringBuilder> owned(builder);
  if (dead_) {
    owned.reset();
    if (--lent_after_death_ == 0) delete this;
    return;
  }
  ++(local == nullptr ? spare_ : *local).returned;
  if (builder->capacity() > max_retained_bytes_) {
    ++oversize_;
    return;
  }
  if (local != nullptr && local->count.load() == kKept) {
    Spill(*local, kKept / 2);
  }
  if (local == nullptr || local->count.load() == local->reserved) {
    const std::size_t wanted = local == nullptr ? 1 : kKept - local->reserved;
    const std::size_t reserved = ReserveUpTo(wanted);
    if (reserved == 0) {
      ++surplus_;
      return;
    }
    if (local != nullptr) local->reserved += reserved;
  }
  builder->Clear();
  static_cast<void>(owned.release());
  if (local == nullptr) return Share(&builder, 1);
  const std::size_t count = local->count.load();
  local->idle[count] = builder;
  local->count.store(count + 1);
  Add(local->held_bytes, builder->capacity());
}

// Moves the oldest `count` builders of a thread, and their reservations, to the
// shared list.
// [given]
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

// [given]
void StringBuilderStore::Share(StringBuilder* const* builders,
                               std::size_t count) {
  try {
    const MutexLock lock(mutex_);
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
// [given]
std::size_t StringBuilderStore::ReserveUpTo(std::size_t wanted) {
  std::size_t reserved = reserved_.load(std::memory_order_relaxed);
  std::size_t granted = 0;
  do {
    granted = std::min(wanted, options_.max_idle_builders - reserved);
  } while (!reserved_.compare_exchange_weak(reserved, reserved + granted));
  return granted;
}

// [given]
void StringBuilderStore::Retire(Local& local) {
  Spill(local, local.count.load());
  reserved_ -= std::exchange(local.reserved, 0);
}

// [given]
template <class Visit>
void StringBuilderStore::ForEachLocal(Visit visit) const {
  locals_->ForEach(visit);
  visit(spare_);
}

// No lock: no other call is running.
// [given]
void StringBuilderStore::Die() NO_THREAD_SAFETY_ANALYSIS {
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

// [given]
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

// [given]
std::size_t StringBuilderStore::BuildersHeld() const {
  const MutexLock lock(mutex_);
  std::size_t held = shared_.size();
  ForEachLocal([&](const Local& local) { held += local.count; });
  return held;
}

// [given]
std::size_t StringBuilderStore::BytesHeld() const {
  const MutexLock lock(mutex_);
  std::size_t held_bytes = shared_bytes_;
  ForEachLocal([&](const Local& local) { held_bytes += local.held_bytes; });
  return held_bytes;
}

// [given]
std::size_t StringBuilderStore::BuildersLent() const {
  // A builder may be released on another thread than it was acquired on: each
  // term may be "negative", only the sum counts.
  std::size_t lent = 0;
  ForEachLocal([&](const Local& local) {
    lent += local.hits + local.misses - local.returned;
  });
  return lent;
}

// [given]
StringBuilderPool::StringBuilderPool(const StringBuilderPoolOptions& options)
    : state_(new StringBuilderStore(options)) {}

// [given]
StringBuilderPool::~StringBuilderPool() { state_->Die(); }

// [given]
StringBuilderPoolStatistics StringBuilderPool::Statistics() const {
  return state_->Statistics();
}

// [given]
std::size_t StringBuilderPool::BuildersHeld() const {
  return state_->BuildersHeld();
}

// [given]
std::size_t StringBuilderPool::BytesHeld() const { return state_->BytesHeld(); }

// [given]
std::size_t StringBuilderPool::BuildersLent() const {
  return state_->BuildersLent();
}

}  // namespace workbook
