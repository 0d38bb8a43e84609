// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tools/exercise/testing/called_from.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task5PageHeap : public testing::Test {
 protected:
  // What has to hold at any time.
  void ExpectSound(const char* file = __builtin_FILE(),
                   int line = __builtin_LINE()) {
    const CalledFrom here(file, line);
    const PageHeap::Statistics statistics = heap_.GetStatistics();
    EXPECT_EQ(statistics.mapped_bytes,
              statistics.in_use_bytes + statistics.free_bytes);
    EXPECT_LE(statistics.discarded_bytes, statistics.free_bytes);
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
};

TEST_F(Task5PageHeap, SplitsASpanAndJoinsItAgain) {
  Span* const a = heap_.Allocate(3);
  Span* const b = heap_.Allocate(5);
  Span* const c = heap_.Allocate(7);
  ASSERT_TRUE(a != nullptr && b != nullptr && c != nullptr);
  EXPECT_EQ(a->pages + b->pages + c->pages, 15u);
  EXPECT_EQ(source_.maps, 3u) << "spans, the pages, their leaf, and no more";
  heap_.Free(a);
  heap_.Free(c);
  ExpectSound();
  heap_.Free(b);  // joins both neighbours
  const PageHeap::Statistics statistics = heap_.GetStatistics();
  RecordProperty("free_spans", static_cast<int>(statistics.free_spans));
  EXPECT_EQ(statistics.free_spans, 1u) << "every neighbour has been joined";
  EXPECT_EQ(statistics.in_use_bytes, 0u);
  EXPECT_EQ(statistics.free_bytes, statistics.mapped_bytes);
}

TEST_F(Task5PageHeap, JoinsInEveryOrder) {
  constexpr int kOrders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                 {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (const auto& order : kOrders) {
    Span* const spans[3] = {heap_.Allocate(2), heap_.Allocate(100),
                            heap_.Allocate(4)};
    for (const int i : order) heap_.Free(spans[i]);
    EXPECT_EQ(heap_.GetStatistics().free_spans, 1u);
  }
}

TEST_F(Task5PageHeap, TakesTheSmallestSpanThatFits) {
  heap_.Free(heap_.Allocate(1'000));  // one run of pages, none of them fresh
  std::vector<Span*> spans;
  std::vector<Span*> walls;
  for (const std::size_t pages : {9u, 4u, 6u, 260u, 300u}) {
    spans.push_back(heap_.Allocate(pages));
    walls.push_back(heap_.Allocate(1));
  }
  const std::uintptr_t of_six = spans[2]->first_page;
  const std::uintptr_t of_260 = spans[3]->first_page;
  for (Span* span : spans) heap_.Free(span);
  EXPECT_EQ(heap_.Allocate(5)->first_page, of_six);
  EXPECT_EQ(heap_.Allocate(258)->first_page, of_260);
}

TEST_F(Task5PageHeap, MapsInSteps) {
  ASSERT_NE(heap_.Allocate(1), nullptr);
  EXPECT_EQ(heap_.GetStatistics().mapped_bytes, std::size_t{2} << 20);
  LimitedPages source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  ASSERT_NE(heap.Allocate(4096), nullptr);
  EXPECT_EQ(heap.GetStatistics().mapped_bytes, std::size_t{32} << 20)
      << "32 MiB, and no more";
  ASSERT_NE(heap.Allocate(1), nullptr);
  EXPECT_EQ(heap.GetStatistics().mapped_bytes, std::size_t{36} << 20)
      << "an eighth of what was mapped";
}

// As where little is left of an address space.
class SmallSource final : public PageSource {
 public:
  void* Map(std::size_t bytes) noexcept override {
    const bool is_step = bytes == std::size_t{2} << 20;
    return is_step ? nullptr : pages_.Map(bytes);
  }
  bool Discard(void* pages, std::size_t bytes) noexcept override {
    return pages_.Discard(pages, bytes);
  }

 private:
  LimitedPages pages_;
};

TEST_F(Task5PageHeap, MapsWhatIsNeededWhereAStepIsRefused) {
  SmallSource source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  ASSERT_NE(heap.Allocate(10), nullptr);
  EXPECT_EQ(heap.GetStatistics().mapped_bytes, 10 * kPageBytes);
  EXPECT_EQ(heap.GetStatistics().maps, 1u);
}

TEST_F(Task5PageHeap, TellsItsFootprintWhileItIsLocked) {
  ASSERT_NE(heap_.Allocate(10), nullptr);
  heap_.Lock();
  std::size_t footprint_bytes = 0;
  std::thread([&] { footprint_bytes = heap_.FootprintBytes(); }).join();
  heap_.Unlock();
  EXPECT_GE(footprint_bytes, 10 * kPageBytes);
}

TEST_F(Task5PageHeap, DoesNotGrowUnderChurn) {
  std::minstd_rand random(1);
  std::vector<Span*> spans(100);
  // What a heap has to map whose spans serve their own length only.
  std::array<std::size_t, 21> live{};
  std::array<std::size_t, 21> most{};
  const auto churn = [&](int operations) {
    for (int i = 0; i < operations; ++i) {
      Span*& span = spans[random() % spans.size()];
      if (span != nullptr) --live[span->pages];
      if (span != nullptr) heap_.Free(span);
      const std::size_t pages = 1 + random() % 20;
      most[pages] = std::max(most[pages], ++live[pages]);
      span = heap_.Allocate(pages);
    }
  };
  churn(5'000);
  const std::size_t mapped_bytes = heap_.GetStatistics().mapped_bytes;
  churn(50'000);
  ExpectSound();
  EXPECT_EQ(heap_.GetStatistics().mapped_bytes, mapped_bytes);
  std::size_t pages_by_length = 0;
  for (std::size_t i = 1; i < most.size(); ++i) pages_by_length += i * most[i];
  RecordProperty("times_mapped",
                 std::to_string(static_cast<double>(pages_by_length) /
                                (static_cast<double>(mapped_bytes) /
                                 static_cast<double>(kPageBytes))));
  for (Span* span : spans) heap_.Free(span);
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 0u);
  EXPECT_LE(heap_.GetStatistics().free_spans, source_.maps);
}

TEST_F(Task5PageHeap, HandsOutSpansWithoutTheirPast) {
  Span* const span = heap_.Allocate(2, 1, 41);
  span->used = 1;
  span->carved = 5;
  span->free_objects = reinterpret_cast<void*>(span->Start());
  heap_.Free(span);
  Span* const again = heap_.Allocate(2, 1, 3);
  EXPECT_EQ(again->used, 0u);
  EXPECT_EQ(again->carved, 0u);
  EXPECT_EQ(again->free_objects, nullptr);
}

TEST_F(Task5PageHeap, NeverHandsOutAPageTwice) {
  std::vector<Span*> spans;
  for (std::size_t i = 0; i < 400; ++i) {
    spans.push_back(heap_.Allocate(1 + i % 7));
    std::memset(reinterpret_cast<void*>(spans[i]->Start()),
                static_cast<int>(i % 251), spans[i]->Bytes());
  }
  for (std::size_t i = 0; i < 400; ++i) {
    const auto* bytes = reinterpret_cast<unsigned char*>(spans[i]->Start());
    ASSERT_EQ(bytes[0], i % 251);
    ASSERT_EQ(bytes[spans[i]->Bytes() - 1], i % 251);
  }
}

TEST_F(Task5PageHeap, AlignsSpansAndKeepsWhatItCutsOff) {
  for (std::size_t alignment = 1; alignment <= 64; alignment *= 2) {
    Span* const span = heap_.Allocate(3, alignment);
    ASSERT_NE(span, nullptr);
    EXPECT_EQ(span->first_page % alignment, 0u);
    EXPECT_EQ(span->pages, 3u);
    ExpectSound();
  }
}

TEST_F(Task5PageHeap, LeadsFromPagesToSpans) {
  Span* const small = heap_.Allocate(3, 1, 41);
  Span* const large = heap_.Allocate(3);
  for (std::uintptr_t i = 0; i < 3; ++i) {
    EXPECT_EQ(map_->SpanOfPage(small->first_page + i), small);
  }
  const auto* const start = reinterpret_cast<void*>(small->Start());
  EXPECT_EQ(map_->ClassOf(start), 41u);
  EXPECT_EQ(small->state, Span::State::kSmall);
  EXPECT_EQ(large->state, Span::State::kLarge);
  EXPECT_EQ(map_->SpanOfPage(large->first_page + 2), large);
  heap_.Free(small);
  EXPECT_EQ(map_->ClassOf(start), 0u) << "a free page has no class";
}

TEST_F(Task5PageHeap, ExtendsASpanIntoFreePagesOnly) {
  Span* const span = heap_.Allocate(3);
  ASSERT_TRUE(heap_.Extend(span, 4));
  EXPECT_EQ(span->pages, 7u);
  EXPECT_EQ(map_->SpanOfPage(span->first_page + 6), span);
  Span* const wall = heap_.Allocate(1);
  ASSERT_EQ(wall->first_page, span->first_page + 7);
  EXPECT_FALSE(heap_.Extend(span, 1));
  EXPECT_EQ(span->pages, 7u);
  ExpectSound();
  heap_.Free(span);
  heap_.Free(wall);
  EXPECT_EQ(heap_.GetStatistics().free_spans, 1u);
}

TEST_F(Task5PageHeap, FailsCleanlyAtEveryMap) {
  for (std::size_t maps_left = 0; maps_left < 5; ++maps_left) {
    LimitedPages source;
    source.maps_left = maps_left;
    const auto map = std::make_unique<PageMap>();
    PageHeap heap(source, *map);
    Span* const first = heap.Allocate(10);
    EXPECT_EQ(first != nullptr, maps_left >= 3) << maps_left << " maps";
    const PageHeap::Statistics before = heap.GetStatistics();
    if (first != nullptr) {
      source.maps_left = 0;
      EXPECT_EQ(heap.Allocate(100'000), nullptr);
      EXPECT_EQ(heap.GetStatistics().free_bytes, before.free_bytes);
      EXPECT_EQ(heap.GetStatistics().in_use_bytes, before.in_use_bytes);
      EXPECT_NE(heap.Allocate(10), nullptr) << "what is there is still there";
    }
    source.maps_left = 20;
    EXPECT_NE(heap.Allocate(100'000), nullptr) << "and it recovers";
  }
  EXPECT_EQ(heap_.Allocate(SIZE_MAX / kPageBytes), nullptr);
}

TEST_F(Task5PageHeap, UsesNoHeapOfItsOwn) {
  AllocationScope scope;
  Span* const span = heap_.Allocate(10);
  heap_.Free(span);
  heap_.Scavenge(0);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(heap_.GetStatistics().allocations, 1u);
}

TEST_F(Task5PageHeap, ServesSeveralThreads) {
  heap_.Free(heap_.Allocate(1));
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 3; ++t) {
    threads.emplace_back([&, t] {
      std::minstd_rand random(t + 1);
      for (int i = 0; i < 2'000; ++i) {
        Span* const span = heap_.Allocate(1 + random() % 9, 1, t + 1);
        if (span == nullptr) return;
        auto* const word = reinterpret_cast<unsigned*>(span->Start());
        *word = t;
        if (*word != t) ADD_FAILURE() << "two owners";
        heap_.Free(span);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 0u);
  EXPECT_EQ(heap_.GetStatistics().allocations, 6'001u);
  ExpectSound();
}

}  // namespace
}  // namespace workbook
