// SPDX-License-Identifier: Apache-2.0

#include "01_01/kept_spans.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kBuffer = 8;  // pages: 64 KiB

class Task11KeptSpans : public testing::Test {
 protected:
  Span* Allocate(std::size_t pages) {
    Span* const span = heap_.Allocate(pages);
    if (span == nullptr) ADD_FAILURE() << "the heap has no " << pages;
    return span;
  }
  std::size_t PagesInUse() const {
    return heap_.GetStatistics().in_use_bytes / kPageBytes;
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
  KeptSpans kept_;
};

TEST_F(Task11KeptSpans, GiveBackWhatWasJustFreedWithoutTheHeap) {
  Span* const span = Allocate(kBuffer);
  const std::uint64_t allocations = heap_.GetStatistics().allocations;
  AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(kept_.Put(span, heap_));
    ASSERT_EQ(kept_.Take(kBuffer), span);
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(heap_.GetStatistics().allocations, allocations);
  EXPECT_EQ(PagesInUse(), kBuffer) << "what is kept is in use";
  EXPECT_EQ(kept_.Take(kBuffer), nullptr) << "it is kept no more";
}

TEST_F(Task11KeptSpans, GiveTheNewestOfExactlyThatLength) {
  Span* const first = Allocate(kBuffer);
  Span* const other = Allocate(kBuffer + 1);
  Span* const newest = Allocate(kBuffer);
  for (Span* span : {first, other, newest}) {
    ASSERT_TRUE(kept_.Put(span, heap_));
  }
  EXPECT_EQ(kept_.Take(kBuffer - 1), nullptr);
  EXPECT_EQ(kept_.Take(kBuffer), newest);
  EXPECT_EQ(kept_.Take(kBuffer), first);
  EXPECT_EQ(kept_.Take(kBuffer), nullptr);
  EXPECT_EQ(kept_.Take(kBuffer + 1), other);
}

TEST_F(Task11KeptSpans, TakeNewestLooksAtTheNewestAlone) {
  Span* const older = Allocate(kBuffer);
  Span* const newest = Allocate(kBuffer + 1);
  for (Span* span : {older, newest}) ASSERT_TRUE(kept_.Put(span, heap_));
  EXPECT_EQ(kept_.TakeNewest(kBuffer), nullptr) << "though it is kept";
  EXPECT_EQ(kept_.TakeNewest(kBuffer + 1), newest);
  EXPECT_EQ(kept_.TakeNewest(kBuffer), older) << "the newest now";
  EXPECT_EQ(kept_.TakeNewest(kBuffer), nullptr);
}

TEST_F(Task11KeptSpans, MakeRoomByTheOldest) {
  std::vector<Span*> spans;
  for (std::size_t i = 0; i <= KeptSpans::kSlots; ++i) {
    spans.push_back(Allocate(kBuffer + i));
  }
  std::size_t pages = 0;
  for (std::size_t i = 0; i < KeptSpans::kSlots; ++i) {
    ASSERT_TRUE(kept_.Put(spans[i], heap_));
    pages += kBuffer + i;
  }
  EXPECT_EQ(PagesInUse(), pages + kBuffer + KeptSpans::kSlots);
  ASSERT_TRUE(kept_.Put(spans[KeptSpans::kSlots], heap_));
  EXPECT_EQ(PagesInUse(), pages + KeptSpans::kSlots) << "the oldest is free";
  EXPECT_EQ(kept_.Take(kBuffer), nullptr);
  EXPECT_EQ(kept_.Take(kBuffer + 1), spans[1]);
}

TEST_F(Task11KeptSpans, KeepTwoMebibytesAtMost) {
  Span* const first = Allocate(KeptSpans::kMaxPages);
  Span* const second = Allocate(KeptSpans::kMaxPages);
  Span* const third = Allocate(1);
  ASSERT_TRUE(kept_.Put(first, heap_));
  ASSERT_TRUE(kept_.Put(second, heap_));
  EXPECT_EQ(PagesInUse(), 2 * KeptSpans::kMaxPages + 1) << "2 MiB may be kept";
  ASSERT_TRUE(kept_.Put(third, heap_));
  EXPECT_EQ(PagesInUse(), KeptSpans::kMaxPages + 1) << "and a page more not";
  EXPECT_EQ(kept_.Take(KeptSpans::kMaxPages), second);
  EXPECT_EQ(kept_.Take(1), third);
}

TEST_F(Task11KeptSpans, SeeADoubleFree) {
  Span* const span = Allocate(kBuffer);
  Span* const other = Allocate(kBuffer);
  ASSERT_TRUE(kept_.Put(span, heap_));
  ASSERT_TRUE(kept_.Put(other, heap_));
  EXPECT_FALSE(kept_.Put(span, heap_));
  EXPECT_EQ(PagesInUse(), 2 * kBuffer) << "nothing has changed";
  EXPECT_EQ(kept_.Take(kBuffer), other);
  EXPECT_EQ(kept_.Take(kBuffer), span);
}

// The owner has written to its pages: none of them reads as zeros.
TEST_F(Task11KeptSpans, KnowThatItsPagesAreUsed) {
  Span* const span = Allocate(kBuffer);
  span->fresh_begin = 0;
  span->fresh_end = kBuffer;
  ASSERT_TRUE(kept_.Put(span, heap_));
  Span* const again = kept_.Take(kBuffer);
  ASSERT_EQ(again, span);
  EXPECT_EQ(again->FreshPages(), 0u);
}

TEST_F(Task11KeptSpans, FlushGivesAllToTheHeap) {
  for (Span* span : {Allocate(kBuffer), Allocate(kBuffer), Allocate(3)}) {
    ASSERT_TRUE(kept_.Put(span, heap_));
  }
  const std::size_t kept = PagesInUse();
  EXPECT_EQ(kept, 2 * kBuffer + 3);
  kept_.Flush(heap_);
  EXPECT_EQ(PagesInUse(), 0u);
  EXPECT_EQ(kept_.Take(3), nullptr);
  kept_.Flush(heap_);  // nothing is freed twice
  EXPECT_EQ(PagesInUse(), 0u);
}

// 1 to 30 pages in a random walk: nothing is lost, and no more than the bound
// is kept.
TEST_F(Task11KeptSpans, LoseNothingHoweverTheyAreUsed) {
  std::vector<Span*> lent;
  std::size_t lent_pages = 0;
  std::uint32_t random = 1;
  for (int i = 0; i < 5'000; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    const std::size_t pages = 1 + (random >> 20) % 30;
    if ((random >> 16) % 2 == 0 || lent.empty()) {
      Span* span = kept_.Take(pages);
      if (span == nullptr) span = Allocate(pages);
      ASSERT_NE(span, nullptr);
      ASSERT_EQ(span->pages, pages);
      lent.push_back(span);
      lent_pages += pages;
    } else {
      std::swap(lent[random % lent.size()], lent.back());
      lent_pages -= lent.back()->pages;
      ASSERT_TRUE(kept_.Put(lent.back(), heap_));
      lent.pop_back();
    }
    ASSERT_LE(PagesInUse(), lent_pages + KeptSpans::kSlots * 30);
  }
  kept_.Flush(heap_);
  EXPECT_EQ(PagesInUse(), lent_pages);
}

}  // namespace
}  // namespace workbook
