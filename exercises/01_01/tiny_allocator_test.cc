// SPDX-License-Identifier: Apache-2.0

#include "01_01/tiny_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

class Task7TinyAllocator : public testing::Test {
 protected:
  LimitedPages source_;
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
  PageHeap heap_{source_, *map_};
  TinyAllocator tiny_{heap_, *map_};
};

TEST_F(Task7TinyAllocator, SharesABlock) {
  const std::uintptr_t first = Address(tiny_.Allocate(5));
  EXPECT_EQ(Address(tiny_.Allocate(3)), first + 5);
  EXPECT_EQ(Address(tiny_.Allocate(8)), first + 8);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 1u);
  EXPECT_EQ(tiny_.GetStatistics().objects, 3u);
  tiny_.Allocate(1);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 2u);
}

TEST_F(Task7TinyAllocator, PacksObjectsOfFiveBytes) {
  for (int i = 0; i < 999; ++i) tiny_.Allocate(5);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 333u);
  RecordProperty("blocks", static_cast<int>(tiny_.GetStatistics().blocks));
}

TEST_F(Task7TinyAllocator, AlignsToWhatDividesTheSize) {
  for (std::size_t bytes = 1; bytes < kTinyBlockBytes; ++bytes) {
    std::size_t alignment = 8;
    while (bytes % alignment != 0) alignment /= 2;
    for (int i = 0; i < 20; ++i) {
      tiny_.Allocate(1);  // any offset
      const std::uintptr_t address = Address(tiny_.Allocate(bytes));
      ASSERT_EQ(address % alignment, 0u) << bytes << " bytes";
      ASSERT_EQ(address / kTinyBlockBytes,
                (address + bytes - 1) / kTinyBlockBytes)
          << "an object lies in one block";
    }
  }
}

TEST_F(Task7TinyAllocator, KeepsTheBlockWithMoreRoom) {
  tiny_.Allocate(2);                                       // 14 left
  const std::uintptr_t big = Address(tiny_.Allocate(15));  // a block, 1 left
  const std::uintptr_t small = Address(tiny_.Allocate(2));
  EXPECT_NE(small / kTinyBlockBytes, big / kTinyBlockBytes)
      << "14 bytes of the first block are free";
  EXPECT_EQ(tiny_.GetStatistics().blocks, 2u);
}

TEST_F(Task7TinyAllocator, FreesABlockWithItsLastObject) {
  void* const a = tiny_.Allocate(8);
  void* const b = tiny_.Allocate(8);
  void* const c = tiny_.Allocate(8);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 2u);
  tiny_.Deallocate(a);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 2u) << "its neighbour is alive";
  tiny_.Deallocate(b);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 1u);
  tiny_.Deallocate(c);
  EXPECT_EQ(tiny_.GetStatistics().objects, 0u);
}

TEST_F(Task7TinyAllocator, FillsTheCurrentBlockAgainWhenItIsEmpty) {
  void* const object = tiny_.Allocate(12);
  for (int i = 0; i < 2'000; ++i) {
    tiny_.Deallocate(object);
    ASSERT_EQ(tiny_.Allocate(12), object);
  }
  EXPECT_EQ(tiny_.GetStatistics().blocks, 1u);
}

TEST_F(Task7TinyAllocator, NeverOverlapsAndReturnsItsSpans) {
  struct Object {
    unsigned char* bytes;
    std::size_t size;
    unsigned char pattern;
  };
  std::vector<Object> objects;
  std::minstd_rand random(1);
  const auto free_one = [&](std::size_t i) {
    const Object object = objects[i];
    const auto same =
        std::count(object.bytes, object.bytes + object.size, object.pattern);
    ASSERT_EQ(static_cast<std::size_t>(same), object.size) << "overwritten";
    tiny_.Deallocate(object.bytes);
    objects[i] = objects.back();
    objects.pop_back();
  };
  for (int i = 0; i < 60'000; ++i) {
    if (objects.size() < 5'000 && (objects.empty() || random() % 5 < 3)) {
      const std::size_t size = 1 + random() % 15;
      auto* const bytes = static_cast<unsigned char*>(tiny_.Allocate(size));
      ASSERT_NE(bytes, nullptr);
      const auto pattern = static_cast<unsigned char>(random());
      std::memset(bytes, pattern, size);
      objects.push_back({bytes, size, pattern});
    } else {
      free_one(random() % objects.size());
    }
    if (HasFatalFailure()) return;
  }
  EXPECT_LT(tiny_.GetStatistics().blocks, objects.size())
      << "objects share blocks";
  while (!objects.empty()) free_one(objects.size() - 1);
  EXPECT_EQ(tiny_.GetStatistics().objects, 0u);
  EXPECT_LE(tiny_.GetStatistics().blocks, 1u) << "all but the current one";
  EXPECT_LE(heap_.GetStatistics().in_use_bytes, kPageBytes);
}

TEST_F(Task7TinyAllocator, UsesNoHeapAndFailsCleanly) {
  source_.maps_left = 0;
  EXPECT_EQ(tiny_.Allocate(8), nullptr);
  EXPECT_EQ(tiny_.GetStatistics().objects, 0u);
  EXPECT_EQ(tiny_.GetStatistics().blocks, 0u);
  source_.maps_left = 10;
  AllocationScope scope;
  EXPECT_NE(tiny_.Allocate(8), nullptr);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
