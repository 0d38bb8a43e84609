// SPDX-License-Identifier: Apache-2.0

#include "01_01/central_free_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "exercises/01_01/testing/go_classes.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kClass = 9;  // 112 bytes, 73 objects a span

class Task4CentralFreeList : public testing::Test {
 protected:
  Task4CentralFreeList() {
    list_.Init(kClass, kGoClasses[kClass], heap_, *map_);
  }

  std::vector<void*> Fetch(std::size_t count) {
    std::vector<void*> objects(count);
    std::size_t got = 0;
    while (got < count) {
      const std::size_t more = list_.Fetch(&objects[got], count - got);
      if (more == 0) break;
      got += more;
    }
    objects.resize(got);
    return objects;
  }

  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
  CentralFreeList list_;
};

TEST_F(Task4CentralFreeList, CarvesEverySpanToItsLastObject) {
  const std::vector<void*> objects = Fetch(2 * 73);
  ASSERT_EQ(objects.size(), 146u);
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 2 * kPageBytes);
  std::set<std::uintptr_t> offsets[2];
  Span* const first = map_->SpanOf(objects[0]);
  for (void* object : objects) {
    Span* const span = map_->SpanOf(object);
    const std::uintptr_t offset =
        reinterpret_cast<std::uintptr_t>(object) - span->Start();
    EXPECT_EQ(offset % 112, 0u);
    EXPECT_LE(offset + 112, kPageBytes) << "past the end of its span";
    offsets[span == first].insert(offset);
    EXPECT_EQ(map_->ClassOf(object), kClass);
  }
  EXPECT_EQ(offsets[0].size(), 73u) << "no object twice";
  EXPECT_EQ(offsets[1].size(), 73u);
}

TEST_F(Task4CentralFreeList, TakesANewSpanOnlyForTheFirstObject) {
  void* objects[100];
  EXPECT_EQ(list_.Fetch(objects, 100), 73u);
  EXPECT_EQ(list_.GetStatistics().spans, 1u);
}

TEST_F(Task4CentralFreeList, TouchesNoObjectThatIsFetched) {
  void* object = nullptr;
  ASSERT_EQ(list_.Fetch(&object, 1), 1u);
  const auto* const next = static_cast<unsigned char*>(object) + 112;
  EXPECT_TRUE(std::all_of(next, next + 112, [](unsigned char byte) {
    return byte == 0;
  })) << "carving is done when an object is fetched, not before";
  const auto* const first =
      reinterpret_cast<unsigned char*>(map_->SpanOf(object)->Start());
  const auto written = kPageBytes - static_cast<std::size_t>(std::count(
                                        first, first + kPageBytes, 0));
  RecordProperty("bytes_written", static_cast<int>(written));
}

TEST_F(Task4CentralFreeList, BuffersBatchesBeforeItTouchesSpans) {
  const std::vector<void*> objects = Fetch(64);
  list_.Release(objects.data(), 64);
  EXPECT_EQ(list_.GetStatistics().objects_buffered, 64u);
  std::vector<void*> again = Fetch(64);
  EXPECT_EQ(list_.GetStatistics().objects_buffered, 0u);
  std::sort(again.begin(), again.end());
  std::vector<void*> before = objects;
  std::sort(before.begin(), before.end());
  EXPECT_EQ(again, before) << "what is buffered goes out first";
}

TEST_F(Task4CentralFreeList, ReturnsEmptySpansToThePageHeap) {
  const std::vector<void*> objects = Fetch(73 * 20);
  EXPECT_EQ(list_.GetStatistics().spans, 20u);
  EXPECT_EQ(list_.GetStatistics().span_allocations, 20u);
  EXPECT_EQ(list_.GetStatistics().objects_out, 73u * 20);
  list_.Release(objects.data(), objects.size());
  list_.Flush();
  EXPECT_EQ(list_.GetStatistics().spans, 0u);
  EXPECT_EQ(list_.GetStatistics().objects_out, 0u);
  EXPECT_EQ(heap_.GetStatistics().in_use_bytes, 0u);
  EXPECT_EQ(map_->ClassOf(objects[0]), 0u);
}

TEST_F(Task4CentralFreeList, BoundsItsBuffer) {
  constexpr std::size_t kAtMost = ObjectBuffer::kBatches * BatchObjects(112);
  const std::vector<void*> objects = Fetch(kAtMost + 1000);
  for (std::size_t i = 0; i < kAtMost + 64; i += 64) {
    list_.Release(&objects[i], 64);
  }
  EXPECT_EQ(list_.GetStatistics().objects_buffered, kAtMost);
  list_.Release(&objects[kAtMost + 64], 1000 - 64);
  EXPECT_EQ(list_.GetStatistics().objects_buffered, kAtMost);
  EXPECT_LE(list_.GetStatistics().spans, kAtMost)
      << "of those that are buffered";
}

TEST_F(Task4CentralFreeList, UsesAFreedObjectAgainBeforeItGrows) {
  std::vector<void*> objects = Fetch(73 * 3);
  // One of each span: none becomes empty, each becomes partial.
  for (const std::size_t i : {0u, 73u, 146u}) list_.Release(&objects[i], 1);
  list_.Flush();
  const std::vector<void*> again = Fetch(3);
  EXPECT_EQ(list_.GetStatistics().spans, 3u) << "full spans became partial";
  for (const std::size_t i : {0u, 73u, 146u}) {
    EXPECT_NE(std::find(again.begin(), again.end(), objects[i]), again.end());
  }
}

TEST_F(Task4CentralFreeList, KeepsSpansWithALiveObject) {
  std::vector<void*> objects = Fetch(73 * 20);
  std::set<const Span*> lends;  // an object of each span stays out
  for (void* object : objects) {
    if (!lends.insert(map_->SpanOf(object)).second) list_.Release(&object, 1);
  }
  list_.Flush();
  EXPECT_EQ(list_.GetStatistics().objects_out, 20u);
  EXPECT_EQ(list_.GetStatistics().spans, 20u);
  RecordProperty("spans_left", static_cast<int>(list_.GetStatistics().spans));
}

TEST_F(Task4CentralFreeList, FailsCleanlyWithoutPages) {
  source_.maps_left = 0;
  void* object = nullptr;
  EXPECT_EQ(list_.Fetch(&object, 1), 0u);
  EXPECT_EQ(list_.GetStatistics().spans, 0u);
  EXPECT_EQ(list_.GetStatistics().objects_out, 0u);
  EXPECT_EQ(list_.GetStatistics().fetches, 0u) << "a failure is no fetch";
  source_.maps_left = 10;
  EXPECT_EQ(list_.Fetch(&object, 1), 1u);
  EXPECT_EQ(list_.GetStatistics().fetches, 1u);
}

TEST_F(Task4CentralFreeList, MovesSensibleBatches) {
  EXPECT_EQ(BatchObjects(8), 64u);
  EXPECT_EQ(BatchObjects(112), 64u);
  EXPECT_EQ(BatchObjects(1024), 8u);
  EXPECT_EQ(BatchObjects(4096), 8u) << "at least 8";
  EXPECT_EQ(BatchObjects(8192), 4u) << "but no more than 32 KiB";
  EXPECT_EQ(BatchObjects(32'768), 2u);
}

TEST_F(Task4CentralFreeList, UsesNoHeapOfItsOwn) {
  void* objects[64];
  AllocationScope scope;
  const std::size_t count = list_.Fetch(objects, 64);
  list_.Release(objects, count);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(list_.GetStatistics().fetches, 1u);
  EXPECT_EQ(list_.GetStatistics().releases, 1u);
}

// The other thread is given a while in which it must not come back.
TEST_F(Task4CentralFreeList, WaitsWhileAnotherHoldsItsLock) {
  std::atomic<bool> fetched{false};
  void* object = nullptr;
  list_.Lock();
  std::thread other([&] {
    list_.Fetch(&object, 1);
    fetched = true;
  });
  for (int i = 0; i < 20'000 && !fetched; ++i) std::this_thread::yield();
  EXPECT_FALSE(fetched) << "Fetch takes the lock of the list";
  list_.Unlock();
  other.join();
  EXPECT_NE(object, nullptr);
}

TEST_F(Task4CentralFreeList, GivesAnObjectToOneThreadOnly) {
  std::vector<std::thread> threads;
  for (std::uintptr_t t = 1; t <= 3; ++t) {
    threads.emplace_back([&, t] {
      void* objects[32];
      for (int round = 0; round < 1'000; ++round) {
        const std::size_t count = list_.Fetch(objects, 32);
        for (std::size_t i = 0; i < count; ++i) {
          *static_cast<std::uintptr_t*>(objects[i]) = t;
        }
        for (std::size_t i = 0; i < count; ++i) {
          if (*static_cast<std::uintptr_t*>(objects[i]) != t) {
            ADD_FAILURE() << "an object has two owners";
            return;
          }
        }
        list_.Release(objects, count);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(list_.GetStatistics().objects_out, 0u);
}

}  // namespace
}  // namespace workbook
