// SPDX-License-Identifier: Apache-2.0

// Random walks through the allocator and the order book, each beside a model.
// For grading: WORKBOOK_SEED chooses the walk.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <memory_resource>
#include <utility>
#include <vector>

#include "01_01/batching.h"
#include "01_01/caching_resource.h"
#include "01_01/malloc_api.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

TEST(Task10HiddenWalk, BlocksNeverOverlapWhateverTheirSizeAndAlignment) {
  const SeedTrace trace;
  Random random(1);
  LimitedPages source;
  const auto allocator = std::make_unique<CachingAllocator>(source);
  std::map<std::uintptr_t, std::size_t> live;  // start, usable bytes
  for (int i = 0; i < 40'000; ++i) {
    if (live.size() < 800 && random.Chance(55)) {
      const std::size_t bytes = random.Chance(10)
                                    ? random.Between(30'000, 300'000)
                                    : random.Between(1, 3'000);
      const std::size_t alignment = std::size_t{8} << random.Below(11);
      void* const block = allocator->AllocateAligned(bytes, alignment);
      ASSERT_NE(block, nullptr);
      const auto start = reinterpret_cast<std::uintptr_t>(block);
      ASSERT_EQ(start % alignment, 0u);
      const std::size_t usable = allocator->UsableSize(block);
      ASSERT_GE(usable, bytes);
      const auto next = live.lower_bound(start);
      if (next != live.end()) {
        ASSERT_LE(start + usable, next->first);
      }
      if (next != live.begin()) {
        const auto before = std::prev(next);
        ASSERT_LE(before->first + before->second, start);
      }
      live.emplace(start, usable);
    } else if (!live.empty()) {
      auto victim = live.lower_bound(random.Bits() >> 17);
      if (victim == live.end()) victim = live.begin();
      allocator->Deallocate(reinterpret_cast<void*>(victim->first));
      live.erase(victim);
    }
  }
  for (const auto& [start, usable] : live) {
    allocator->Deallocate(reinterpret_cast<void*>(start));
  }
  allocator->ReleaseMemory();
  EXPECT_EQ(allocator->GetStatistics().pages.in_use_bytes, 0u);
}

TEST(Task5HiddenWalk, SpansTileTheMappedPages) {
  const SeedTrace trace;
  Random random(2);
  LimitedPages source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  std::vector<Span*> spans;
  for (int i = 0; i < 20'000; ++i) {
    if (spans.size() < 300 && random.Chance(60)) {
      spans.push_back(heap.Allocate(random.Between(1, 40),
                                    std::size_t{1} << random.Below(4)));
      ASSERT_NE(spans.back(), nullptr);
    } else if (!spans.empty()) {
      Span*& victim = random.Pick(spans);
      if (random.Chance(20)) {
        heap.Extend(victim, random.Between(1, 5));
      } else {
        heap.Free(victim);
        victim = spans.back();
        spans.pop_back();
      }
    }
    if (random.Chance(1)) heap.Scavenge(random.Below(1 << 20));
    const PageHeap::Statistics statistics = heap.GetStatistics();
    ASSERT_EQ(statistics.mapped_bytes,
              statistics.in_use_bytes + statistics.free_bytes);
    ASSERT_LE(statistics.discarded_bytes, statistics.free_bytes);
  }
  for (Span* span : spans) heap.Free(span);
  EXPECT_EQ(heap.GetStatistics().free_bytes, heap.GetStatistics().mapped_bytes);
  EXPECT_LE(heap.GetStatistics().free_spans, source.maps);
}

TEST(Task9HiddenWalk, ReallocKeepsEveryByteOfManyBlocks) {
  const SeedTrace trace;
  Random random(3);
  struct Block {
    unsigned char* memory = nullptr;
    std::size_t bytes = 0;
  };
  std::array<Block, 50> blocks;
  for (int i = 0; i < 4'000; ++i) {
    const std::size_t which = random.Below(blocks.size());
    Block& block = blocks[which];
    const std::size_t bytes = random.Between(1, 60'000);
    auto* const moved =
        static_cast<unsigned char*>(Realloc(block.memory, bytes));
    ASSERT_NE(moved, nullptr);
    for (std::size_t k = 0; k < std::min(bytes, block.bytes); k += 97) {
      ASSERT_EQ(moved[k], static_cast<unsigned char>(which + k));
    }
    for (std::size_t k = 0; k < bytes; ++k) {
      moved[k] = static_cast<unsigned char>(which + k);
    }
    block = {moved, bytes};
  }
  for (const Block& block : blocks) Free(block.memory);
}

TEST(Task12HiddenWalk, OrderBookKeepsItsSumsOnTheAllocator) {
  const SeedTrace trace;
  Random random(4);
  LimitedPages source;
  const auto allocator = std::make_unique<CachingAllocator>(source);
  CachingResource resource(*allocator);
  OrderBook book(64, BatchShape{1'088, 21'760}, &resource);
  std::map<OrderBook::OrderId, std::pair<std::uint32_t, std::uint32_t>> live;
  std::array<std::uint64_t, 64> depth{};
  for (int i = 0; i < 60'000; ++i) {
    if (random.Chance(55)) {
      const auto tick = static_cast<std::uint32_t>(random.Below(64));
      const auto quantity = static_cast<std::uint32_t>(random.Between(1, 90));
      const auto id = book.Add(Side::kSell, tick, quantity);
      ASSERT_TRUE(live.emplace(id, std::pair(tick, quantity)).second);
      depth[tick] += quantity;
    } else if (!live.empty()) {
      auto victim = live.lower_bound(random.Bits());
      if (victim == live.end()) victim = live.begin();
      ASSERT_TRUE(book.Cancel(victim->first));
      ASSERT_FALSE(book.Cancel(victim->first));
      depth[victim->second.first] -= victim->second.second;
      live.erase(victim);
    }
    const auto tick = static_cast<std::uint32_t>(random.Below(64));
    ASSERT_EQ(book.Depth(Side::kSell, tick), depth[tick]);
    ASSERT_EQ(book.Orders(), live.size());
  }
}

}  // namespace
}  // namespace workbook
