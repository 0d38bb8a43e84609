// SPDX-License-Identifier: Apache-2.0

#include "01_02/buffer_depot.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <utility>

namespace workbook {

// [given]
namespace {

std::vector<std::size_t> PowersOfTwo() {
  std::vector<std::size_t> sizes;
  for (std::size_t size = 64; size <= std::size_t{1} << 20; size *= 2) {
    sizes.push_back(size);
  }
  return sizes;
}

// calloc, for it knows which memory comes zeroed from the system.
std::byte* AllocateBytes(std::size_t size_bytes, bool zeroed) {
  // Sanitizers take more than PTRDIFF_MAX for a bug instead of returning null.
  if (size_bytes > PTRDIFF_MAX) throw std::bad_alloc();
  void* const block =
      zeroed ? std::calloc(1, size_bytes) : std::malloc(size_bytes);
  if (block == nullptr) throw std::bad_alloc();
  return static_cast<std::byte*>(block);
}

}  // namespace

// [given]
BufferDepot::BufferDepot(std::vector<std::size_t> class_bytes,
                         std::size_t max_held_bytes)
    : max_held_bytes_(max_held_bytes) {
  const std::vector<std::size_t> sizes =
      class_bytes.empty() ? PowersOfTwo() : std::move(class_bytes);
  if (sizes.size() > kMaxClasses) {
    throw std::invalid_argument("BufferPool: more than 32 size classes");
  }
  std::size_t previous = 0;
  for (const std::size_t size : sizes) {
    if (size <= previous) {
      throw std::invalid_argument(
          previous == 0 && size == 0
              ? "BufferPool: a size class of 0 bytes"
              : "BufferPool: the size classes do not ascend");
    }
    previous = size;
    class_bytes_[class_count_] = size;
    keep_[class_count_] =
        std::clamp<std::size_t>(kKeptBytes / size, 1, kKeptBlocks);
    ++class_count_;
  }
  class_bytes_[class_count_] = ~std::size_t{0};
  for (std::size_t width = 1; width < first_class_.size(); ++width) {
    // The least (bytes - 1) of this width, and 0 shares a width with 1.
    const std::size_t below = width == 1 ? 0 : std::size_t{1} << (width - 1);
    std::size_t size_class = 0;
    while (size_class < class_count_ && class_bytes_[size_class] <= below) {
      ++size_class;
    }
    first_class_[width] = static_cast<std::uint8_t>(size_class);
  }
  locals_.emplace([this](Local& local) { Retire(local); });
}

// [given]
BufferDepot::Local::~Local() {
  for (const Magazine& magazine : magazines) {
    const std::size_t count = magazine.count.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < count; ++i) std::free(magazine.idle[i].data);
  }
}

// [given]
BufferDepot::Idle BufferDepot::TakeSlow(Local* local, std::size_t size_class) {
  Idle idle;
  if (dead_ || size_class == class_count_) return {};
  if (!TakeShared(local, size_class, &idle)) return {};
  Magazine& magazine =
      local == nullptr ? spare_[size_class] : local->magazines[size_class];
  ++magazine.hits;
  return idle;
}

// [given]
BufferBlock BufferDepot::NewBlock(std::size_t size_class, std::size_t min_bytes,
                                  bool zeroed) {
  const bool is_pooled = !dead_ && size_class != class_count_;
  const std::size_t bytes = is_pooled ? class_bytes_[size_class] : min_bytes;
  std::byte* const data = AllocateBytes(bytes, zeroed);
  if (dead_) {
    ++lent_after_death_;
  } else if (is_pooled) {
    Local* const local = locals_->Mine();
    Magazine& magazine =
        local == nullptr ? spare_[size_class] : local->magazines[size_class];
    ++magazine.misses;
    ++magazine.owned;
  } else {
    ++oversize_;
    ++oversize_lent_;
    oversize_lent_bytes_ += bytes;
  }
  return {data, bytes, zeroed ? 0 : bytes,
          is_pooled ? size_class : class_count_};
}

// Takes one block from the shared list, and half a magazine more for `local`.
// [given]
bool BufferDepot::TakeShared(Local* local, std::size_t size_class,
                             Idle* taken) {
  Shared& shared = shared_[size_class];
  if (shared.count.load(std::memory_order_relaxed) == 0) return false;
  std::size_t count = 0;
  {
    const MutexLock lock(shared.mutex);
    if (shared.idle.empty()) return false;
    *taken = shared.idle.back();
    shared.idle.pop_back();
    if (local != nullptr) {
      count = std::min(shared.idle.size(), keep_[size_class] / 2);
      const auto first = shared.idle.end() - static_cast<std::ptrdiff_t>(count);
      Magazine& magazine = local->magazines[size_class];
      std::copy(first, shared.idle.end(), magazine.idle.begin());
      magazine.count.store(count, std::memory_order_relaxed);
      shared.idle.erase(first, shared.idle.end());
    }
    shared.count.store(shared.idle.size(), std::memory_order_relaxed);
  }
  // Each block brings its place in the budget along; what is more than the
  // thread can use goes back.
  std::size_t surplus = 1;
  if (local != nullptr) {
    Magazine& magazine = local->magazines[size_class];
    magazine.owned += count + 1;
    const std::size_t reserved = magazine.reserved + count + 1;
    magazine.reserved = std::min(reserved, keep_[size_class]);
    surplus = reserved - magazine.reserved;
  } else {
    ++spare_[size_class].owned;
  }
  Unreserve(surplus * class_bytes_[size_class]);
  return true;
}

// [given]
void BufferDepot::PutSlow(Local* local, std::byte* data,
                          std::size_t capacity_bytes, std::size_t dirty_bytes,
                          std::size_t size_class) {
  if (dead_ || size_class == class_count_) {
    return FreeUnpooled({data, capacity_bytes, dirty_bytes, size_class});
  }
  const Idle idle = {data, dirty_bytes};
  if (local == nullptr) {
    --spare_[size_class].owned;
    if (Reserve(capacity_bytes)) return Share(size_class, {{idle}});
    ++dropped_;
    return std::free(data);
  }
  Magazine& magazine = local->magazines[size_class];
  if (magazine.count.load() == keep_[size_class]) {
    Spill(*local, size_class, (keep_[size_class] + 1) / 2);
  }
  if (magazine.count.load() == magazine.reserved &&
      !ReservePlaces(*local, size_class)) {
    --magazine.owned;
    ++dropped_;
    return std::free(data);
  }
  const std::size_t count = magazine.count.load();
  magazine.idle[count] = idle;
  magazine.count.store(count + 1);
}

// Pays for one more place at least, or for all that the magazine still lacks.
// [given]
bool BufferDepot::ReservePlaces(Local& local, std::size_t size_class) {
  Magazine& magazine = local.magazines[size_class];
  const std::size_t class_bytes = class_bytes_[size_class];
  const std::size_t lacking = keep_[size_class] - magazine.reserved;
  if (Reserve(lacking * class_bytes)) {
    magazine.reserved += lacking;
    return true;
  }
  if (!Reserve(class_bytes)) {
    // The thread may have paid for places of other classes that are empty.
    for (std::size_t i = 0; i < class_count_; ++i) {
      Magazine& other = local.magazines[i];
      Unreserve((other.reserved - other.count) * class_bytes_[i]);
      other.reserved = other.count;
    }
    if (!Reserve(class_bytes)) return false;
  }
  ++magazine.reserved;
  return true;
}

// [given]
void BufferDepot::FreeUnpooled(const BufferBlock& block) {
  std::free(block.data);
  if (dead_) {
    if (--lent_after_death_ == 0) delete this;
    return;
  }
  --oversize_lent_;
  oversize_lent_bytes_ -= block.capacity_bytes;
}

// Moves the oldest `count` blocks of a magazine, and their places in the
// budget, to the shared list.
// [given]
void BufferDepot::Spill(Local& local, std::size_t size_class,
                        std::size_t count) {
  Magazine& magazine = local.magazines[size_class];
  const std::size_t held = magazine.count.load();
  Share(size_class, std::span<const Idle>(magazine.idle).first(count));
  std::copy(magazine.idle.begin() + static_cast<std::ptrdiff_t>(count),
            magazine.idle.begin() + static_cast<std::ptrdiff_t>(held),
            magazine.idle.begin());
  magazine.count.store(held - count);
  magazine.reserved -= count;
  magazine.owned -= count;
}

// Makes `idle`, whose bytes are reserved, everybody's.
// [given]
void BufferDepot::Share(std::size_t size_class, std::span<const Idle> idle) {
  Shared& shared = shared_[size_class];
  try {
    const MutexLock lock(shared.mutex);
    shared.idle.insert(shared.idle.end(), idle.begin(), idle.end());
    shared.count.store(shared.idle.size(), std::memory_order_relaxed);
  } catch (const std::bad_alloc&) {
    for (const Idle& each : idle) std::free(each.data);
    Unreserve(idle.size() * class_bytes_[size_class]);
    dropped_ += idle.size();
  }
}

// [given]
bool BufferDepot::Reserve(std::size_t size_bytes) {
  std::size_t reserved = reserved_bytes_.load(std::memory_order_relaxed);
  do {
    if (size_bytes > max_held_bytes_ - reserved) return false;
  } while (
      !reserved_bytes_.compare_exchange_weak(reserved, reserved + size_bytes));
  return true;
}

// [given]
void BufferDepot::Unreserve(std::size_t size_bytes) {
  reserved_bytes_ -= size_bytes;
}

// [given]
void BufferDepot::Retire(Local& local) {
  for (std::size_t i = 0; i < class_count_; ++i) {
    Magazine& magazine = local.magazines[i];
    Spill(local, i, magazine.count.load());
    Unreserve(std::exchange(magazine.reserved, 0) * class_bytes_[i]);
  }
}

// [given]
template <class Visit>
void BufferDepot::ForEachMagazine(Visit visit) const {
  for (std::size_t i = 0; i < class_count_; ++i) {
    locals_->ForEach([&](const Local& local) { visit(local.magazines[i], i); });
    visit(spare_[i], i);
  }
}

// No lock: no other call is running.
// [given]
void BufferDepot::Die() NO_THREAD_SAFETY_ANALYSIS {
  std::uint64_t lent = oversize_lent_;
  ForEachMagazine([&](const Magazine& magazine, std::size_t) {
    lent += magazine.owned - magazine.count;
  });
  locals_.reset();
  for (Shared& shared : shared_) {
    for (const Idle& idle : shared.idle) std::free(idle.data);
    shared.idle = {};
  }
  if (lent == 0) {
    delete this;
    return;
  }
  lent_after_death_ = lent;
  dead_ = true;
}

// [given]
void BufferDepot::Trim() {
  Local* const local = locals_->Mine();
  if (local != nullptr) Retire(*local);
  for (std::size_t i = 0; i < class_count_; ++i) {
    std::vector<Idle> doomed;
    {
      const MutexLock lock(shared_[i].mutex);
      doomed.swap(shared_[i].idle);
      shared_[i].count.store(0, std::memory_order_relaxed);
    }
    for (const Idle& idle : doomed) std::free(idle.data);
    Unreserve(doomed.size() * class_bytes_[i]);
  }
}

// [given]
BufferDepotCounts BufferDepot::Counts() const {
  BufferDepotCounts sum;
  sum.oversize_blocks_made = oversize_;
  sum.dropped = dropped_;
  ForEachMagazine([&](const Magazine& magazine, std::size_t) {
    sum.idle_taken += magazine.hits.load(std::memory_order_relaxed);
    sum.class_blocks_made += magazine.misses.load(std::memory_order_relaxed);
  });
  return sum;
}

// [given]
std::size_t BufferDepot::BytesHeld() const {
  std::size_t held_bytes = 0;
  ForEachMagazine([&](const Magazine& magazine, std::size_t size_class) {
    held_bytes += magazine.count.load() * class_bytes_[size_class];
  });
  for (std::size_t i = 0; i < class_count_; ++i) {
    const MutexLock lock(shared_[i].mutex);
    held_bytes += shared_[i].idle.size() * class_bytes_[i];
  }
  return held_bytes;
}

// [given]
std::size_t BufferDepot::BytesLent() const {
  std::uint64_t lent_bytes = oversize_lent_bytes_;
  ForEachMagazine([&](const Magazine& magazine, std::size_t size_class) {
    lent_bytes += (magazine.owned - magazine.count) * class_bytes_[size_class];
  });
  return lent_bytes;
}

}  // namespace workbook
