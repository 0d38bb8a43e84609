// SPDX-License-Identifier: Apache-2.0

// An adaptive pool whose clock and whose upstream a test holds in its hand.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_ADAPTIVE_POOL_RIG_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_ADAPTIVE_POOL_RIG_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory_resource>
#include <new>
#include <vector>

#include "01_02/adaptive_pool.h"

namespace workbook {

// Time passes when the test says so.
class FakeClock {
 public:
  std::chrono::steady_clock::time_point operator()() {
    ++reads;
    return std::chrono::steady_clock::time_point(
        std::chrono::seconds(now_seconds.load()));
  }
  std::atomic<int> now_seconds{1000};
  std::atomic<int> reads{0};
};

// Counts what the pool asks of upstream, and fails when it is told to.
class CountingResource : public std::pmr::memory_resource {
 public:
  std::atomic<int> allocations{0};
  std::atomic<int> deallocations{0};
  std::atomic<int> allowed{1 << 30};
  int Outstanding() const { return allocations - deallocations; }

 private:
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (allowed.fetch_sub(1) <= 0) throw std::bad_alloc();
    ++allocations;
    return std::pmr::new_delete_resource()->allocate(bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t bytes,
                     std::size_t alignment) override {
    ++deallocations;
    std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

// Everything a test needs around a pool of 64-byte blocks and 1 s windows.
class Rig {
 public:
  explicit Rig(std::size_t min_blocks = 0, std::size_t max_blocks = 1024)
      : pool(Options(min_blocks, max_blocks)) {}

  AdaptivePoolOptions Options(std::size_t min_blocks, std::size_t max_blocks) {
    AdaptivePoolOptions options;
    options.block_bytes = 64;
    options.min_retained_bytes = 64 * min_blocks;
    options.max_retained_bytes = 64 * max_blocks;
    options.window = std::chrono::seconds(1);
    options.clock = [this] { return clock(); };
    options.upstream = &upstream;
    return options;
  }

  // `count` blocks are lent at once, then all come back.
  void Swing(std::size_t count) {
    std::vector<void*> blocks(count);
    for (void*& block : blocks) block = pool.Acquire();
    for (void* block : blocks) pool.Release(block);
  }

  void EndWindow(int windows = 1) {
    clock.now_seconds += windows;
    pool.Adapt();
  }

  std::size_t Limit() const { return pool.Statistics().retained_limit_blocks; }
  std::size_t Retained() const { return pool.Statistics().retained_blocks; }

  FakeClock clock;
  CountingResource upstream;
  AdaptivePool pool;
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_ADAPTIVE_POOL_RIG_H_
