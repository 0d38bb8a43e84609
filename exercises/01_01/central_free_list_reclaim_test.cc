// SPDX-License-Identifier: Apache-2.0

// How a class with few objects keeps few pages.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "01_01/central_free_list.h"
#include "exercises/01_01/testing/go_classes.h"

namespace workbook {
namespace {

constexpr std::size_t kClass = 9;  // 112 bytes, 73 objects a span

class Task4Reclaim : public testing::Test {
 protected:
  Task4Reclaim() { list_.Init(kClass, kGoClasses[kClass], heap_, *map_); }
  std::size_t PagesInUse() const {
    return heap_.GetStatistics().in_use_bytes / kPageBytes;
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
  CentralFreeList list_;
};

TEST_F(Task4Reclaim, SendsObjectsAndTheBufferToTheirSpans) {
  void* objects[73];
  ASSERT_EQ(list_.Fetch(objects, 73), 73u);
  list_.Release(objects, 40);
  EXPECT_TRUE(list_.HasBuffered());
  EXPECT_EQ(PagesInUse(), 1u) << "what is buffered is in use";
  list_.Reclaim(objects + 40, 33);
  EXPECT_FALSE(list_.HasBuffered());
  EXPECT_EQ(list_.GetStatistics().objects_out, 0u);
  EXPECT_EQ(list_.GetStatistics().spans, 0u);
  EXPECT_EQ(PagesInUse(), 0u);
}

TEST_F(Task4Reclaim, GivesNewObjectsFromTheLastToTheFirst) {
  void* objects[73];
  ASSERT_EQ(list_.Fetch(objects, 73), 73u);
  EXPECT_TRUE(std::is_sorted(objects, objects + 73, std::greater<void*>()))
      << "whoever pops from the end goes upwards";
}

TEST_F(Task4Reclaim, WritesToNoObjectThatNobodyUsed) {
  void* objects[64];
  ASSERT_EQ(list_.Fetch(objects, 64), 64u);
  // One is used, as a thread's cache would: the last of the batch.
  list_.Reclaim(objects, 63);
  std::ptrdiff_t written = 0;
  for (int i = 0; i < 63; ++i) {
    const auto* const unused = static_cast<unsigned char*>(objects[i]);
    written += 112 - std::count(unused, unused + 112, 0);
  }
  EXPECT_EQ(written, 0);
  void* again[64];
  ASSERT_EQ(list_.Fetch(again, 63), 63u);
  EXPECT_TRUE(std::equal(again, again + 63, objects)) << "carved once more";
  list_.Reclaim(again, 63);
  list_.Reclaim(&objects[63], 1);
  EXPECT_EQ(PagesInUse(), 0u);
}

TEST_F(Task4Reclaim, MapsNoPagesWhereItMayTakeUsedOnesOnly) {
  void* objects[73];
  EXPECT_EQ(list_.Fetch(objects, 73, Pages::kUsed), 0u);
  EXPECT_EQ(heap_.GetStatistics().mapped_bytes, 0u);
  heap_.Free(heap_.Allocate(1));
  EXPECT_EQ(list_.Fetch(objects, 73, Pages::kUsed), 73u);
}

TEST_F(Task4Reclaim, SaysThatItHasBufferedWhileItIsLocked) {
  void* objects[8];
  ASSERT_EQ(list_.Fetch(objects, 8), 8u);
  list_.Release(objects, 8);
  list_.Lock();
  bool has_buffered = false;
  std::thread([&] { has_buffered = list_.HasBuffered(); }).join();
  list_.Unlock();
  EXPECT_TRUE(has_buffered);
}

TEST_F(Task4Reclaim, SaysWhetherItsOneSpanMayBecomeFree) {
  void* objects[73];
  ASSERT_EQ(list_.Fetch(objects, 40), 40u);
  EXPECT_FALSE(list_.MayFreeSpan(objects, 39)) << "one stays out";
  EXPECT_FALSE(list_.MayFreeSpan(objects, 0)) << "nothing comes back";
  EXPECT_TRUE(list_.MayFreeSpan(objects, 40));
  list_.Release(objects + 39, 1);
  EXPECT_TRUE(list_.MayFreeSpan(objects, 0)) << "one is buffered";
  EXPECT_TRUE(list_.MayFreeSpan(objects, 39));
  ASSERT_EQ(list_.Fetch(objects + 39, 34), 34u) << "the span is full";
  EXPECT_FALSE(list_.MayFreeSpan(objects, 72));
}

TEST_F(Task4Reclaim, SaysThatOneOfTwoSpansMayBecomeFree) {
  void* objects[80];
  ASSERT_EQ(list_.Fetch(objects, 73), 73u);
  ASSERT_EQ(list_.Fetch(objects + 73, 7), 7u);
  EXPECT_TRUE(list_.MayFreeSpan(objects, 7));
}

TEST_F(Task4Reclaim, StartsAClassWithSmallSpans) {
  constexpr std::size_t kBig = 65;  // 27,264 bytes: 3 objects in 10 pages
  CentralFreeList list;
  list.Init(kBig, kGoClasses[kBig], heap_, *map_);
  ASSERT_EQ(kGoClasses[kBig].size_bytes, 27'264u);
  std::vector<void*> objects(CentralFreeList::kSmallSpans);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    ASSERT_EQ(list.Fetch(&objects[i], 1), 1u);
    EXPECT_EQ(PagesInUse(), 4 * (i + 1)) << "32 KiB hold an object";
  }
  void* more[3];
  for (void*& object : more) ASSERT_EQ(list.Fetch(&object, 1), 1u);
  EXPECT_EQ(PagesInUse(), 4 * CentralFreeList::kSmallSpans + 10);
  list.Reclaim(more, 3);
  list.Reclaim(objects.data(), objects.size());
  EXPECT_EQ(PagesInUse(), 0u);
}

TEST_F(Task4Reclaim, TakesABatchAtOnceForAClassOfManySpans) {
  constexpr std::size_t kPair = 44;  // two objects fill a page
  ASSERT_EQ(kGoClasses[kPair].size_bytes, 4'096u);
  CentralFreeList list;
  list.Init(kPair, kGoClasses[kPair], heap_, *map_);
  constexpr std::size_t kBefore = 2 * CentralFreeList::kManySpans;
  void* objects[kBefore + 8];
  for (std::size_t i = 0; i < kBefore; i += 2) {
    ASSERT_EQ(list.Fetch(&objects[i], 8), 2u) << "a page each";
  }
  ASSERT_EQ(list.Fetch(&objects[kBefore], 8), 8u);
  EXPECT_EQ(PagesInUse(), CentralFreeList::kManySpans + 4);
  list.Reclaim(objects, kBefore + 8);
  EXPECT_EQ(PagesInUse(), 0u);
}

}  // namespace
}  // namespace workbook
