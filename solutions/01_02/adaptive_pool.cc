// SPDX-License-Identifier: Apache-2.0

#include "01_02/adaptive_pool.h"

#include <time.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

namespace workbook {

// [given]
namespace {

void Require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

AdaptivePoolOptions Checked(AdaptivePoolOptions options) {
  constexpr std::size_t kMaxBytes =
      std::numeric_limits<std::ptrdiff_t>::max() / 2;
  Require(options.block_bytes > 0 && options.block_bytes <= kMaxBytes,
          "AdaptivePool: block_bytes must be 1 to PTRDIFF_MAX / 2");
  Require(std::has_single_bit(options.block_alignment) &&
              options.block_alignment <= kMaxBytes / 2,
          "AdaptivePool: block_alignment must be a power of two");
  Require(options.min_retained_bytes <= options.max_retained_bytes,
          "AdaptivePool: min_retained_bytes is above max_retained_bytes");
  Require(options.window.count() > 0, "AdaptivePool: window must be positive");
  Require(options.clock != nullptr, "AdaptivePool: there is no clock");
  Require(options.upstream != nullptr, "AdaptivePool: there is no upstream");
  return options;
}

}  // namespace

// [given]
std::chrono::steady_clock::time_point LastTick() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return std::chrono::steady_clock::time_point(
      std::chrono::seconds(time.tv_sec) +
      std::chrono::nanoseconds(time.tv_nsec));
}

// [given initializers]
AdaptivePool::AdaptivePool(AdaptivePoolOptions options)
    : options_(Checked(std::move(options))),
      alignment_(std::max(options_.block_alignment, alignof(DebugLink))),
      header_bytes_(kDebugChecks ? std::max(sizeof(DebugLink), alignment_) : 0),
      upstream_bytes_(header_bytes_ +
                      std::max(options_.block_bytes, sizeof(Chain))),
      min_blocks_(options_.min_retained_bytes / options_.block_bytes),
      max_blocks_(options_.max_retained_bytes / options_.block_bytes),
      lock_(options_.thread_safe),
      limit_blocks_(min_blocks_) {
  if (max_blocks_ > 0) {
    kept_ = std::make_unique_for_overwrite<void*[]>(max_blocks_);
  }
  window_.start = options_.clock();
}

// [given]
AdaptivePool::~AdaptivePool() {
  DebugCheck(LentBlocks() == 0, "the pool dies while a block is still lent");
  DeleteChain(TakeOldest(kept_blocks_));
}

// [given]
void AdaptivePool::AcquireBatch(std::span<void*> blocks) {
  lock_.lock();
  const bool is_slow =
      blocks.size() > kept_blocks_ || blocks.size() > hits_to_clock_read_;
  if (is_slow) {
    lock_.unlock();
    Adapt();
    lock_.lock();
  }
  const std::size_t hits = std::min(blocks.size(), kept_blocks_);
  if (is_slow) {
    window_.hits += hits;
  } else {
    hits_to_clock_read_ -= hits;
  }
  void** const top = kept_.get() + kept_blocks_;
  std::copy(top - hits, top, blocks.begin());
  kept_blocks_ -= hits;
  window_.most_lent = std::max(window_.most_lent, LentBlocks());
  if constexpr (kDebugChecks) {
    for (void* const block : blocks.first(hits)) DebugLend(block);
  }
  lock_.unlock();
  if (hits == blocks.size()) return;
  try {
    LendMissing(blocks.subspan(hits));
  } catch (...) {
    ReleaseBatch(blocks.first(hits));
    throw;
  }
}

// [given]
void AdaptivePool::ReleaseBatch(std::span<void* const> blocks) {
  Chain* dropped = nullptr;
  lock_.lock();
  while (!blocks.empty()) {
    const auto null = std::find(blocks.begin(), blocks.end(), nullptr);
    const auto count = static_cast<std::size_t>(null - blocks.begin());
    dropped = TakeBack(blocks.first(count), dropped);
    blocks = blocks.subspan(std::min(count + 1, blocks.size()));
  }
  lock_.unlock();
  DeleteChain(dropped);
}

// [given]
AdaptivePool::Chain* AdaptivePool::TakeBack(std::span<void* const> blocks,
                                            Chain* dropped) {
  if constexpr (kDebugChecks) {
    // One at a time, for the second of two equal ones has to find the first.
    if (blocks.size() > 1) {
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        dropped = TakeBack(blocks.subspan(i, 1), dropped);
      }
      return dropped;
    }
    if (blocks.size() == 1) DebugTakeBack(blocks[0]);
  }
  const std::size_t room = limit_blocks_ - kept_blocks_;
  const auto kept = blocks.first(std::min(blocks.size(), room));
  std::copy(kept.begin(), kept.end(), kept_.get() + kept_blocks_);
  kept_blocks_ += kept.size();
  const auto surplus = blocks.subspan(kept.size());
  for (void* const block : surplus) dropped = new (block) Chain{dropped};
  held_blocks_ -= surplus.size();
  totals_.drops += surplus.size();
  CountBack();
  return dropped;
}

// [note] What upstream gives counts in held_blocks_ as soon as it is kept.
std::size_t AdaptivePool::Warm(std::size_t count, std::size_t size_bytes) {
  if (size_bytes > options_.block_bytes) return 0;
  const std::size_t wanted = std::min(count, max_blocks_);
  lock_.lock();
  limit_blocks_ = std::max(limit_blocks_, wanted);
  windows_seen_ = 0;
  const std::size_t missing = wanted > kept_blocks_ ? wanted - kept_blocks_ : 0;
  for (std::size_t i = 0; i < missing; ++i) {
    lock_.unlock();
    void* const block = NewBlock();
    lock_.lock();
    // Other threads may have returned theirs meanwhile.
    if (kept_blocks_ < limit_blocks_) {
      kept_[kept_blocks_++] = block;
      ++held_blocks_;
    } else {
      DeleteBlock(block);
    }
  }
  const std::size_t ready = std::min(wanted, kept_blocks_);
  lock_.unlock();
  return ready;
}

void AdaptivePool::Adapt() {
  // Halving any limit to nothing takes no more windows than that.
  constexpr std::int64_t kMaxIdleWindows =
      kPatienceWindows + std::numeric_limits<std::size_t>::digits;
  const auto now = options_.clock();
  lock_.lock();
  SettleHits();
  // A clock that went back gives a negative count.
  const std::int64_t windows = (now - window_.start) / options_.window;
  for (std::int64_t i = 0; i < std::min(windows, kMaxIdleWindows); ++i) {
    CloseWindow();
  }
  if (windows > 0) window_.start += windows * options_.window;
  Chain* const surplus = TakeOldest(
      kept_blocks_ > limit_blocks_ ? kept_blocks_ - limit_blocks_ : 0);
  lock_.unlock();
  DeleteChain(surplus);
}

std::size_t AdaptivePool::Trim() {
  lock_.lock();
  const std::size_t count =
      kept_blocks_ > min_blocks_ ? kept_blocks_ - min_blocks_ : 0;
  Chain* const surplus = TakeOldest(count);
  lock_.unlock();
  DeleteChain(surplus);
  return count * options_.block_bytes;
}

// [given]
AdaptivePoolStatistics AdaptivePool::Statistics() const {
  const MutexLock lock(lock_);
  AdaptivePoolStatistics statistics = totals_;
  statistics.hits += window_.hits + kHitsPerClockRead - hits_to_clock_read_;
  statistics.misses += window_.misses;
  statistics.lent_blocks = LentBlocks();
  statistics.retained_blocks = kept_blocks_;
  statistics.retained_limit_blocks = limit_blocks_;
  statistics.held_bytes = held_blocks_ * options_.block_bytes;
  return statistics;
}

void* AdaptivePool::AcquireSlow() {
  lock_.lock();
  void* block = TryLend();
  lock_.unlock();
  if (block != nullptr) return block;
  Adapt();
  lock_.lock();
  if (kept_blocks_ > 0) {
    ++window_.hits;
    block = LendKept();
  }
  lock_.unlock();
  if (block == nullptr) LendMissing({&block, 1});
  return block;
}

void AdaptivePool::ReleaseSlow(void* block) {
  lock_.lock();
  const bool is_kept = TryKeep(block);
  if (!is_kept) Drop(block);
  lock_.unlock();
  if (!is_kept) DeleteBlock(block);
}

// All of `blocks` from upstream, or none.
// [given]
void AdaptivePool::LendMissing(std::span<void*> blocks) {
  std::size_t made = 0;
  try {
    for (; made < blocks.size(); ++made) blocks[made] = NewBlock();
  } catch (...) {
    for (void* const block : blocks.first(made)) DeleteBlock(block);
    const MutexLock lock(lock_);
    window_.misses += made + 1;
    throw;
  }
  const MutexLock lock(lock_);
  window_.misses += made;
  held_blocks_ += made;
  window_.most_lent = std::max(window_.most_lent, LentBlocks());
  if constexpr (kDebugChecks) {
    for (void* const block : blocks) DebugLend(block);
  }
}

// [given]
void* AdaptivePool::NewBlock() const {
  void* const memory = options_.upstream->allocate(upstream_bytes_, alignment_);
  return static_cast<std::byte*>(memory) + header_bytes_;
}

// [given]
void AdaptivePool::DeleteBlock(void* block) const {
  options_.upstream->deallocate(static_cast<std::byte*>(block) - header_bytes_,
                                upstream_bytes_, alignment_);
}

// [given]
void AdaptivePool::DeleteChain(Chain* chain) const {
  while (chain != nullptr) {
    Chain* const next = chain->next;
    DeleteBlock(chain);
    chain = next;
  }
}

void AdaptivePool::CloseWindow() {
  const std::uint64_t acquires = window_.hits + window_.misses;
  bool too_many_misses = false;
  if (acquires > 0) {
    totals_.window_hit_rate =
        static_cast<double>(window_.hits) / static_cast<double>(acquires);
    too_many_misses = totals_.window_hit_rate < kTargetHitRate;
  }
  totals_.hits += window_.hits;
  totals_.misses += window_.misses;
  ApplyRules(window_.most_lent - window_.fewest_lent, too_many_misses);
  window_ = {window_.start, 0, 0, LentBlocks(), LentBlocks()};
}

void AdaptivePool::ApplyRules(std::size_t swing, bool too_many_misses) {
  swings_[windows_seen_ % kPatienceWindows] = swing;
  ++windows_seen_;
  if (too_many_misses && swing > limit_blocks_) {
    const std::size_t step = std::max(2 * limit_blocks_, kSmallestGrowth);
    const std::size_t raised = std::min({swing, step, max_blocks_});
    if (raised > limit_blocks_) {
      limit_blocks_ = raised;
      windows_seen_ = 0;
      ++totals_.grows;
    }
    return;
  }
  if (windows_seen_ < kPatienceWindows) return;
  const std::size_t largest_swing =
      *std::max_element(swings_.begin(), swings_.end());
  const std::size_t needed = std::max(largest_swing, min_blocks_);
  if (limit_blocks_ <= needed) return;
  const std::size_t unused = limit_blocks_ - needed;
  if (unused * kSlackDivisor <= limit_blocks_) return;
  limit_blocks_ -= (unused + 1) / 2;
  ++totals_.shrinks;
}

// The oldest are at the bottom: they are the coldest in the cache.
// [given]
AdaptivePool::Chain* AdaptivePool::TakeOldest(std::size_t count) {
  if (count == 0) return nullptr;
  Chain* chain = nullptr;
  for (std::size_t i = 0; i < count; ++i) chain = new (kept_[i]) Chain{chain};
  std::copy(&kept_[count], &kept_[kept_blocks_], &kept_[0]);
  kept_blocks_ -= count;
  held_blocks_ -= count;
  return chain;
}

// [given]
void AdaptivePool::DebugLend(void* block) {
  void* const memory = static_cast<std::byte*>(block) - header_bytes_;
  auto* const link = new (memory) DebugLink{&lent_list_, lent_list_.next};
  if (link->next != nullptr) link->next->previous = link;
  lent_list_.next = link;
}

// [given]
void AdaptivePool::DebugTakeBack(void* block) {
  for (std::size_t i = 0; i < kept_blocks_; ++i) {
    DebugCheck(kept_[i] != block, "double free: the block is in the pool");
  }
  const void* const memory = static_cast<std::byte*>(block) - header_bytes_;
  DebugLink* link = lent_list_.next;
  while (link != nullptr && link != memory) link = link->next;
  DebugCheck(link != nullptr, "foreign pointer: the pool did not lend it");
  link->previous->next = link->next;
  if (link->next != nullptr) link->next->previous = link->previous;
}

}  // namespace workbook
