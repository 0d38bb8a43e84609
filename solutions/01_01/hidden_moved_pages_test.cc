// SPDX-License-Identifier: Apache-2.0

// A large block that grows takes its pages along.
#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "01_01/page_heap.h"

namespace workbook {
namespace {

class Task8HiddenMovedPages : public testing::Test {
 protected:
  Span* FilledSpan() {
    Span* const span = heap_.Allocate(20);
    std::memset(reinterpret_cast<void*>(span->Start()), 1, span->Bytes());
    return span;
  }
  // Of the system's, of 4 KiB.
  static std::size_t ResidentPages(const Span* span) {
    std::vector<unsigned char> resident(span->Bytes() / 4096);
    EXPECT_EQ(mincore(reinterpret_cast<void*>(span->Start()), span->Bytes(),
                      resident.data()),
              0);
    std::size_t count = 0;
    for (const unsigned char page : resident) count += page & 1u;
    return count;
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
};

TEST_F(Task8HiddenMovedPages, GoToALongerBlockWithoutACopy) {
  Span* const span = FilledSpan();
  const std::uintptr_t start = span->Start();
  heap_.Allocate(1);  // a wall
  Span* const moved = heap_.Move(span, 25);
  ASSERT_NE(moved, nullptr);
  EXPECT_EQ(source_.moved_bytes, 20 * kPageBytes);
  ASSERT_EQ(moved->pages, 25u);
  const auto* const bytes = reinterpret_cast<char*>(moved->Start());
  EXPECT_EQ(std::count(bytes, bytes + moved->Bytes(), 1),
            static_cast<std::ptrdiff_t>(20 * kPageBytes));
  EXPECT_EQ(heap_.FootprintBytes(), 26 * kPageBytes);
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 26 * kPageBytes);
  Span* const again = heap_.Allocate(20);
  EXPECT_EQ(again->Start(), start) << "its addresses stay";
  EXPECT_EQ(ResidentPages(again), 0u);
  heap_.Free(again);
  heap_.Free(moved);
  EXPECT_EQ(heap_.Scavenge(0), 45 * kPageBytes);
}

TEST_F(Task8HiddenMovedPages, StayWhereTheSourceMovesNothing) {
  Span* const span = FilledSpan();
  const std::size_t free_bytes = heap_.GetStatistics().free_bytes;
  source_.moves_left = 0;
  EXPECT_EQ(heap_.Move(span, 25), nullptr);
  EXPECT_EQ(heap_.FootprintBytes(), 20 * kPageBytes);
  EXPECT_EQ(heap_.GetStatistics().free_bytes, free_bytes);
  EXPECT_EQ(ResidentPages(span), 40u);
  source_.moves_left = 1;
  source_.maps_left = 0;
  EXPECT_EQ(heap_.Move(span, 2 * free_bytes / kPageBytes), nullptr);
  EXPECT_EQ(heap_.FootprintBytes(), 20 * kPageBytes);
}

TEST_F(Task8HiddenMovedPages, StayWhereUsedOnesServe) {
  Span* const used = heap_.Allocate(25);
  Span* const span = FilledSpan();
  heap_.Free(used);
  EXPECT_EQ(heap_.Move(span, 25), nullptr) << "a copy costs no fault there";
  EXPECT_NE(heap_.Move(span, 26), nullptr);
}

// Each refusal would map a part more, and addresses run out.
TEST_F(Task8HiddenMovedPages, AreNotMappedWhereAnAllocationWouldMapNone) {
  Span* const span = FilledSpan();
  heap_.Free(heap_.Allocate(200));  // of the rest of the map, some 230
  const std::size_t mapped_bytes = heap_.GetStatistics().mapped_bytes;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(heap_.Move(span, 60), nullptr);
  EXPECT_EQ(heap_.GetStatistics().mapped_bytes, mapped_bytes);
}

}  // namespace
}  // namespace workbook
