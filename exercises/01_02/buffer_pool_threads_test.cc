// SPDX-License-Identifier: Apache-2.0

// Buffers and pools of different lives, on one thread and on several.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/buffer_pool.h"
#include "exercises/01_02/testing/buffer_bytes.h"
#include "tools/probe/probe.h"
#include "tools/probe/sanitizer.h"

namespace workbook {
namespace {

#if WORKBOOK_THREAD_SANITIZER
constexpr int kStressRounds = 300;
#else
constexpr int kStressRounds = 3'000;
#endif

TEST(Task4BufferPool, BuffersMayOutliveThePool) {
  {
    // What is allocated once for the thread is not what is counted here.
    BufferPool().Acquire(64);
  }
  const AllocationScope scope(ProbeExtent::kProcess);
  {
    BufferPoolOptions options;
    options.size_classes = {64, 4096};
    auto pool = std::make_unique<BufferPool>(options);
    Buffer small = pool->Acquire(64);
    Buffer oversize = pool->Acquire(5000);
    pool->Acquire(4096);
    pool.reset();
    Fill(small, 64, 1);
    small.Resize(4000);
    EXPECT_GE(small.capacity(), 4000u);
    EXPECT_EQ(std::count(small.data(), small.data() + 64, std::byte{1}), 64);
    EXPECT_EQ(small.data()[64], std::byte{0});
  }
  EXPECT_LT(scope.Counts().live_bytes, 100)
      << "the last buffer frees the rest, but for a note in the thread's list";
}

TEST(Task4BufferPool, BufferMayOutliveThePoolOnAnotherThread) {
  std::optional<BufferPool> pool(std::in_place);
  std::latch acquired(1);
  std::latch dead(1);
  std::thread user([&] {
    Buffer buffer = pool->Acquire(1000);
    acquired.count_down();
    dead.wait();
    Fill(buffer, 1000, 1);
  });
  acquired.wait();
  pool.reset();
  dead.count_down();
  user.join();
}

TEST(Task4BufferPool, BuffersOfAnExitedThreadAreUsedAgain) {
  BufferPool pool;
  // So this thread is known to the pool already.
  const Buffer own = pool.Acquire(4096);
  std::thread([&] {
    std::vector<Buffer> buffers;
    for (int i = 0; i < 5; ++i) buffers.push_back(pool.Acquire(4096));
    for (Buffer& buffer : buffers) Fill(buffer, 4096, 0xEE);
  }).join();
  EXPECT_EQ(pool.BytesHeld(), 5u * 4096);
  std::vector<Buffer> buffers;
  for (int i = 0; i < 5; ++i) {
    buffers.push_back(pool.Acquire(4096));
    EXPECT_EQ(NonZeroBytes(buffers.back()), 0u);
  }
  EXPECT_EQ(pool.Statistics().misses, 6u) << "the other thread's, none since";
}

// The second life of a thread's cache: whatever a thread leaves, idle or lent,
// the next thread finds what is idle, once.
TEST(Task4BufferPool, AnHeirUsesWhatAThreadLeavesWhateverItLeaves) {
  for (const std::size_t idle :
       {0u, 1u, 7u, 8u, 9u, 15u, 16u, 17u, 24u, 32u, 40u}) {
    SCOPED_TRACE(testing::Message() << idle << " buffers were left idle");
    BufferPool pool;
    std::vector<Buffer> lent;
    std::thread([&] {
      std::vector<Buffer> buffers;
      for (std::size_t i = 0; i < idle; ++i) {
        buffers.push_back(pool.Acquire(4096));
        Fill(buffers.back(), 4096, 0xEE);
      }
      lent.push_back(pool.Acquire(4096));
    }).join();
    const std::uint64_t misses = pool.Statistics().misses;
    std::thread([&] {
      lent.pop_back();  // the heir's first call may be a release
      std::set<const std::byte*> different;
      std::vector<Buffer> buffers;
      for (std::size_t i = 0; i < idle + 1; ++i) {
        buffers.push_back(pool.Acquire(4096));
        EXPECT_EQ(NonZeroBytes(buffers.back()), 0u);
        different.insert(buffers.back().data());
      }
      EXPECT_EQ(different.size(), idle + 1) << "a buffer was lent twice";
    }).join();
    EXPECT_EQ(pool.Statistics().misses, misses)
        << "the heir allocated, and buffers were idle";
    EXPECT_EQ(pool.BytesHeld(), (idle + 1) * 4096);
    EXPECT_EQ(pool.BytesLent(), 0u);
  }
}

TEST(Task4BufferPool, CountsBuffersThatAreReleasedOnAnotherThread) {
  BufferPool pool;
  for (int i = 0; i < 100; ++i) {
    Buffer buffer = pool.Acquire(1024);
    std::thread([&] { Buffer(std::move(buffer)); }).join();
  }
  EXPECT_EQ(pool.BytesLent(), 0u);
  EXPECT_LE(pool.BytesHeld(), 20u * 1024) << "buffers pile up with one thread";
}

TEST(Task4BufferPool, ThreadsNeverSeeEachOthersBytes) {
  BufferPoolOptions options;
  options.max_held_bytes = 100'000;
  BufferPool pool(options);
  std::atomic<int> faults{0};
  const auto use = [&](unsigned seed) {
    std::mt19937 random(seed);
    std::array<Buffer, 24> buffers;
    for (int i = 0; i < kStressRounds; ++i) {
      Buffer& buffer = buffers[random() % buffers.size()];
      const bool kept = std::all_of(
          buffer.bytes().begin(), buffer.bytes().end(),
          [&](std::byte byte) { return byte == static_cast<std::byte>(seed); });
      buffer = pool.Acquire(random() % 5000);
      if (!kept || NonZeroBytes(buffer) != 0) ++faults;
      Fill(buffer, random() % 6000, static_cast<unsigned char>(seed));
    }
  };
  std::vector<std::thread> threads;
  for (unsigned seed = 1; seed <= 4; ++seed) threads.emplace_back(use, seed);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(faults, 0) << "bytes of one thread were seen by another";
  EXPECT_EQ(pool.BytesLent(), 0u);
  EXPECT_LE(pool.BytesHeld(), 100'000u);
}

}  // namespace
}  // namespace workbook
