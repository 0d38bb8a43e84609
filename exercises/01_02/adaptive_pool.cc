// SPDX-License-Identifier: Apache-2.0

#include "01_02/adaptive_pool.h"

#include <time.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

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

std::chrono::steady_clock::time_point LastTick() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return std::chrono::steady_clock::time_point(
      std::chrono::seconds(time.tv_sec) +
      std::chrono::nanoseconds(time.tv_nsec));
}

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
  Todo("01_02 task 12: AdaptivePool::AdaptivePool");
}

AdaptivePool::~AdaptivePool() {
  DebugCheck(LentBlocks() == 0, "the pool dies while a block is still lent");
  DeleteChain(TakeOldest(kept_blocks_));
}

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

std::size_t AdaptivePool::Warm(std::size_t count, std::size_t size_bytes) {
  // What upstream gives counts in held_blocks_ as soon as it is kept.
  Todo("01_02 task 12: AdaptivePool::Warm");
}

void AdaptivePool::Adapt() { Todo("01_02 task 12: AdaptivePool::Adapt"); }

std::size_t AdaptivePool::Trim() { Todo("01_02 task 12: AdaptivePool::Trim"); }

AdaptivePoolStatistics AdaptivePool::Statistics() const {
  const std::lock_guard lock(lock_);
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
  Todo("01_02 task 12: AdaptivePool::AcquireSlow");
}

void AdaptivePool::ReleaseSlow(void* block) {
  Todo("01_02 task 12: AdaptivePool::ReleaseSlow");
}

// All of `blocks` from upstream, or none.
void AdaptivePool::LendMissing(std::span<void*> blocks) {
  std::size_t made = 0;
  try {
    for (; made < blocks.size(); ++made) blocks[made] = NewBlock();
  } catch (...) {
    for (void* const block : blocks.first(made)) DeleteBlock(block);
    const std::lock_guard lock(lock_);
    window_.misses += made + 1;
    throw;
  }
  const std::lock_guard lock(lock_);
  window_.misses += made;
  held_blocks_ += made;
  window_.most_lent = std::max(window_.most_lent, LentBlocks());
  if constexpr (kDebugChecks) {
    for (void* const block : blocks) DebugLend(block);
  }
}

void* AdaptivePool::NewBlock() const {
  void* const memory = options_.upstream->allocate(upstream_bytes_, alignment_);
  return static_cast<std::byte*>(memory) + header_bytes_;
}

void AdaptivePool::DeleteBlock(void* block) const {
  options_.upstream->deallocate(static_cast<std::byte*>(block) - header_bytes_,
                                upstream_bytes_, alignment_);
}

void AdaptivePool::DeleteChain(Chain* chain) const {
  while (chain != nullptr) {
    Chain* const next = chain->next;
    DeleteBlock(chain);
    chain = next;
  }
}

void AdaptivePool::CloseWindow() {
  Todo("01_02 task 12: AdaptivePool::CloseWindow");
}

void AdaptivePool::ApplyRules(std::size_t swing, bool too_many_misses) {
  Todo("01_02 task 12: AdaptivePool::ApplyRules");
}

// The oldest are at the bottom: they are the coldest in the cache.
AdaptivePool::Chain* AdaptivePool::TakeOldest(std::size_t count) {
  if (count == 0) return nullptr;
  Chain* chain = nullptr;
  for (std::size_t i = 0; i < count; ++i) chain = new (kept_[i]) Chain{chain};
  std::copy(&kept_[count], &kept_[kept_blocks_], &kept_[0]);
  kept_blocks_ -= count;
  held_blocks_ -= count;
  return chain;
}

void AdaptivePool::DebugLend(void* block) {
  void* const memory = static_cast<std::byte*>(block) - header_bytes_;
  auto* const link = new (memory) DebugLink{&lent_list_, lent_list_.next};
  if (link->next != nullptr) link->next->previous = link;
  lent_list_.next = link;
}

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
