// SPDX-License-Identifier: Apache-2.0

// Which pages are resident, as far as the heap can know: with what joins spans,
// and with what gives pages back.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>
#include <memory>
#include <vector>

#include "01_01/page_heap.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

class Task8HiddenFreshPages : public testing::Test {
 protected:
  // Mapped, and neither in use nor given back: what it must count.
  void ExpectFootprintOfPages(std::size_t pages,
                              const char* file = __builtin_FILE(),
                              int line = __builtin_LINE()) {
    const CalledFrom here(file, line, "PageHeap::FootprintBytes");
    const PageHeap::Statistics statistics = heap_.GetStatistics();
    EXPECT_EQ(heap_.FootprintBytes(), pages * kPageBytes);
    EXPECT_EQ(statistics.mapped_bytes - statistics.discarded_bytes,
              pages * kPageBytes)
        << "of GetStatistics(): bytes that are mapped and not given back";
  }

  void Fill(Span* span) {
    std::memset(reinterpret_cast<void*>(span->Start()), 1, span->Bytes());
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
};

TEST_F(Task8HiddenFreshPages, StayFreshWhenUsedPagesJoinThem) {
  EXPECT_EQ(heap_.FootprintBytes(), 0u);
  Span* const a = heap_.Allocate(3);
  Span* const b = heap_.Allocate(5);
  ExpectFootprintOfPages(8);
  heap_.Free(a);
  heap_.Free(b);  // one span again, whose first eight pages are used
  EXPECT_EQ(heap_.GetStatistics().free_spans, 1u);
  ExpectFootprintOfPages(8);
  Span* const across = heap_.Allocate(20);
  ExpectFootprintOfPages(20);
  heap_.Free(across);
  EXPECT_EQ(heap_.Scavenge(0), 20 * kPageBytes) << "what was ever used";
  ExpectFootprintOfPages(0);
}

TEST_F(Task8HiddenFreshPages, AreCountedWhenASpanIsExtended) {
  Span* const span = heap_.Allocate(3);
  ASSERT_TRUE(heap_.Extend(span, 4));
  ExpectFootprintOfPages(7);
  heap_.Free(span);
  ExpectFootprintOfPages(7);
}

TEST_F(Task8HiddenFreshPages, AreNotTakenByWhoAsksForUsedOnes) {
  EXPECT_EQ(heap_.Allocate(1, 1, 0, Pages::kUsed), nullptr);
  EXPECT_EQ(heap_.GetStatistics().mapped_bytes, 0u) << "nor mapped for it";
  heap_.Free(heap_.Allocate(6));
  EXPECT_EQ(heap_.Allocate(7, 1, 0, Pages::kUsed), nullptr);
  ExpectFootprintOfPages(6);
  Span* const used = heap_.Allocate(6, 1, 0, Pages::kUsed);
  ASSERT_NE(used, nullptr);
  EXPECT_EQ(heap_.Allocate(1, 1, 0, Pages::kUsed), nullptr);
  ExpectFootprintOfPages(6);
  heap_.Free(used);
  heap_.Scavenge(0);
  EXPECT_EQ(heap_.Allocate(6, 1, 0, Pages::kUsed), nullptr) << "fresh again";
}

TEST_F(Task8HiddenFreshPages, AreTakenAfterALongerSpanOfUsedOnes) {
  Span* const a = heap_.Allocate(5);
  heap_.Allocate(1);  // a wall
  heap_.Free(a);
  heap_.Scavenge(0);
  Span* const b = heap_.Allocate(10);
  const std::uintptr_t first_of_b = b->first_page;
  heap_.Free(b);
  EXPECT_EQ(heap_.Allocate(3)->first_page, first_of_b);
  ExpectFootprintOfPages(11);
}

TEST_F(Task8HiddenFreshPages, AreDiscardedWhereOnlyShortSpansAreFree) {
  Span* const a = heap_.Allocate(10);
  heap_.Allocate(1);
  heap_.Free(a);
  EXPECT_EQ(heap_.Scavenge(0), 10 * kPageBytes);
  ExpectFootprintOfPages(1);
}

TEST_F(Task8HiddenFreshPages, AreTakenLast) {
  Span* const used = heap_.Allocate(200);
  heap_.Allocate(1);  // a wall; behind it some fifty fresh pages fit better
  heap_.Free(used);
  std::vector<Span*> spans(20);
  for (int round = 0; round < 5; ++round) {
    for (Span*& span : spans) span = heap_.Allocate(10);
    for (Span* span : spans) heap_.Free(span);
    ExpectFootprintOfPages(201);
  }
}

// As for memory that its owner has locked.
TEST_F(Task8HiddenFreshPages, AreOnlyThoseThatTheSourceTookBack) {
  heap_.Free(heap_.Allocate(20));
  source_.discards_left = 0;
  EXPECT_EQ(heap_.Scavenge(0), 0u);
  ExpectFootprintOfPages(20);
  Span* const used = heap_.Allocate(20, 1, 0, Pages::kUsed);
  ASSERT_NE(used, nullptr) << "as used as before";
  heap_.Free(used);
  source_.discards_left = 1;
  EXPECT_EQ(heap_.Scavenge(0), 20 * kPageBytes) << "asked again, it can";
  ExpectFootprintOfPages(0);
}

TEST_F(Task8HiddenFreshPages, AreThoseOfOneSpanWhereAnotherIsRefused) {
  Span* const longer = heap_.Allocate(30);
  heap_.Allocate(1);
  Span* const shorter = heap_.Allocate(10);
  heap_.Allocate(1);
  heap_.Free(longer);
  heap_.Free(shorter);
  source_.discards_left = 1;
  const std::size_t discarded = heap_.Scavenge(0);
  EXPECT_EQ(discarded, source_.discarded_bytes);
  EXPECT_GT(discarded, 0u);
  ExpectFootprintOfPages(42 - discarded / kPageBytes);
}

std::size_t ResidentPages(const Span* span) {
  std::vector<unsigned char> resident(span->Bytes() / 4096);
  EXPECT_EQ(mincore(reinterpret_cast<void*>(span->Start()), span->Bytes(),
                    resident.data()),
            0);
  std::size_t count = 0;
  for (const unsigned char page : resident) count += page & 1u;
  return count;
}

TEST_F(Task8HiddenFreshPages, ScavengeGivesPagesBackToTheSystem) {
  Span* const span = heap_.Allocate(200);
  Fill(span);
  const Span copy = *span;
  EXPECT_EQ(ResidentPages(&copy), 400u);
  heap_.Free(span);
  EXPECT_GE(heap_.Scavenge(0), copy.Bytes());
  EXPECT_EQ(ResidentPages(&copy), 0u);
  const PageHeap::Statistics statistics = heap_.GetStatistics();
  EXPECT_EQ(statistics.discarded_bytes, statistics.free_bytes);
  EXPECT_EQ(heap_.Scavenge(0), 0u) << "there is nothing left";
  Span* const again = heap_.Allocate(200);
  EXPECT_EQ(*reinterpret_cast<char*>(again->Start()), 0);
}

TEST_F(Task8HiddenFreshPages, KeepsABoundOfIdlePagesByItself) {
  std::vector<Span*> spans;
  for (int i = 0; i < 64; ++i) spans.push_back(heap_.Allocate(128));
  for (Span* span : spans) Fill(span);  // 64 MiB
  for (Span* span : spans) heap_.Free(span);
  const PageHeap::Statistics statistics = heap_.GetStatistics();
  EXPECT_LE(statistics.free_bytes - statistics.discarded_bytes,
            std::size_t{16} << 20);
}

TEST_F(Task8HiddenFreshPages, DiscardsWholeSpansUntilHalfOfTheBoundIsLeft) {
  const auto resident_free_bytes = [this] {
    const PageHeap::Statistics statistics = heap_.GetStatistics();
    return statistics.free_bytes - statistics.discarded_bytes;
  };
  std::vector<Span*> spans;
  for (int i = 0; i < 17; ++i) {
    spans.push_back(heap_.Allocate(128));  // 1 MiB
    heap_.Allocate(1);                     // keeps its neighbours apart
  }
  for (std::size_t i = 0; i < 16; ++i) heap_.Free(spans[i]);
  EXPECT_EQ(resident_free_bytes(), std::size_t{16} << 20)
      << "the bound may be reached";
  heap_.Free(spans[16]);
  EXPECT_LE(resident_free_bytes(), std::size_t{8} << 20);
  EXPECT_GE(resident_free_bytes(), std::size_t{6} << 20)
      << "only as many spans as needed: two may have been joined";
}

TEST_F(Task8HiddenFreshPages, DiscardsTheLongestSpanAsAWhole) {
  heap_.Free(heap_.Allocate(17 * 128));
  ExpectFootprintOfPages(0);
}

// A heap that swings by 24 MiB. What is discarded is counted, and what is taken
// fresh again: that is where a program faults.
TEST_F(Task8HiddenFreshPages, StayWhereTheHeapNeedsThemAgain) {
  std::vector<Span*> spans(24);
  const auto swing = [&] {
    const std::size_t before = heap_.FootprintBytes();
    for (Span*& span : spans) span = heap_.Allocate(128);  // 1 MiB
    const std::size_t taken_fresh = heap_.FootprintBytes() - before;
    for (Span* span : spans) heap_.Free(span);
    return taken_fresh >> 20;
  };
  EXPECT_EQ(swing(), 24u);
  const std::size_t discarded = source_.discarded_bytes;
  EXPECT_GE(discarded, std::size_t{9} << 20) << "the seventeenth is too much";
  EXPECT_EQ(swing(), discarded >> 20) << "each page is taken again";
  for (int i = 3; i <= 12; ++i) EXPECT_EQ(swing(), 0u) << "swing " << i;
  EXPECT_EQ(source_.discarded_bytes, discarded);
}

class RefusingSource final : public PageSource {
 public:
  void* Map(std::size_t bytes) noexcept override { return pages_.Map(bytes); }
  bool Discard(void*, std::size_t) noexcept override {
    ++refused;
    return false;
  }

  int refused = 0;

 private:
  LimitedPages pages_;
};

// A process that has locked all its memory: it must not pay for that each time.
TEST(Task8HiddenRefusedPages, AreNotAskedForAtEachFree) {
  constexpr std::size_t kMebibyte = (std::size_t{1} << 20) / kPageBytes;
  RefusingSource source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  std::vector<Span*> spans(60);
  for (Span*& span : spans) {
    span = heap.Allocate(kMebibyte);
    ASSERT_NE(span, nullptr);
    heap.Allocate(1);  // a wall
  }
  for (Span* span : spans) heap.Free(span);
  EXPECT_GT(source.refused, 0) << "60 MiB idle, and 16 may be";
  EXPECT_LE(source.refused, 200) << "60 frees, each of a 60th";
}

}  // namespace
}  // namespace workbook
