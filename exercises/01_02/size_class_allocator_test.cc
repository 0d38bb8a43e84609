// SPDX-License-Identifier: Apache-2.0

#include "01_02/size_class_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory_resource>
#include <new>
#include <random>
#include <string>
#include <vector>

#include "exercises/01_02/testing/counting_upstream.h"
#include "exercises/01_02/testing/lent_requests.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

TEST(Task3SizeClassAllocator, GivesEveryByteToOneOwner) {
  SizeClassAllocator allocator;
  LentRequests lent(allocator);
  std::minstd_rand random(3);
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::size_t size_bytes = 1 + random() % (i % 10 == 0 ? 40'000 : 600);
    std::memset(lent.Add(size_bytes), static_cast<int>(i % 251), size_bytes);
  }
  for (std::size_t i = 0; i < 2000; ++i) {
    const Request& request = lent.requests()[i];
    const auto* bytes = static_cast<const unsigned char*>(request.block);
    const auto same = std::count(bytes, bytes + request.size_bytes, i % 251);
    EXPECT_EQ(same, static_cast<std::ptrdiff_t>(request.size_bytes))
        << "a block of " << request.size_bytes << " bytes was overwritten";
  }
}

TEST(Task3SizeClassAllocator, AllocatesNothingInSteadyState) {
  SizeClassAllocator allocator;
  std::vector<Request> requests(3000);
  const auto round = [&] {
    std::minstd_rand random(1);
    for (Request& request : requests) {
      const std::size_t size_bytes = 1 + random() % 2048;
      request = {allocator.Allocate(size_bytes), size_bytes};
    }
    std::shuffle(requests.begin(), requests.end(), random);
    for (const Request& request : requests) {
      allocator.Deallocate(request.block, request.size_bytes);
    }
  };
  round();
  const std::size_t held_bytes = allocator.BytesHeld();
  AllocationScope scope;
  for (int i = 0; i < 5; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
  EXPECT_EQ(allocator.BytesHeld(), held_bytes);
}

TEST(Task3SizeClassAllocator, ReportsEveryByteItHolds) {
  AllocationScope scope;
  SizeClassAllocator allocator;
  LentRequests lent(allocator);
  const std::int64_t before = scope.Counts().live_bytes -
                              static_cast<std::int64_t>(allocator.BytesHeld());
  for (const std::size_t size_bytes : {1u, 100u, 1000u, 10'000u, 100'000u}) {
    lent.Add(size_bytes);
  }
  EXPECT_EQ(scope.Counts().live_bytes - before,
            static_cast<std::int64_t>(allocator.BytesHeld()));
}

TEST(Task3SizeClassAllocator, TakesAClassOnlyWhenItIsUsed) {
  SizeClassAllocator allocator;
  const std::size_t empty_bytes = allocator.BytesHeld();
  EXPECT_LE(empty_bytes, 32'768u) << "67 empty pools, and no block";
  LentRequests lent(allocator);
  lent.Add(64);
  EXPECT_LE(allocator.BytesHeld() - empty_bytes,
            8192u + 16u + (kDebugChecks ? 192u : 0u))
      << "one chunk of 128 blocks of 64 bytes";
}

TEST(Task3SizeClassAllocator, CountsInternalWaste) {
  SizeClassAllocator allocator;
  {
    LentRequests lent(allocator);
    lent.Add(33);      // class of 48
    lent.Add(1025);    // class of 1152
    lent.Add(32'769);  // 5 pages of 8 KiB
    const auto statistics = allocator.GetStatistics();
    EXPECT_EQ(statistics.blocks, 3u);
    EXPECT_EQ(statistics.requested_bytes, 33u + 1025u + 32'769u);
    EXPECT_EQ(statistics.lent_bytes, 48u + 1152u + 40'960u);
    EXPECT_EQ(statistics.large_blocks, 1u);
    EXPECT_EQ(statistics.large_bytes, 40'960u);
    EXPECT_EQ(statistics.InternalWasteBytes(), 15u + 127u + 8191u);
    EXPECT_EQ(statistics.held_bytes, allocator.BytesHeld());
  }
  const auto statistics = allocator.GetStatistics();
  EXPECT_EQ(statistics.blocks, 0u);
  EXPECT_EQ(statistics.requested_bytes, 0u);
  EXPECT_EQ(statistics.lent_bytes, 0u);
}

TEST(Task3SizeClassAllocator, SendsLargeBlocksUpstreamInWholePages) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  {
    LentRequests lent(allocator);
    lent.Add(32'768);
    EXPECT_EQ(upstream.blocks, 0u) << "the largest class is pooled";
    lent.Add(32'769);
    EXPECT_EQ(upstream.bytes, 40'960u);
    lent.Add(81'920);
    EXPECT_EQ(upstream.bytes, 40'960u + 81'920u);
    EXPECT_EQ(upstream.blocks, 2u);
  }
  EXPECT_EQ(upstream.blocks, 0u);
  EXPECT_EQ(upstream.bytes, 0u);
}

TEST(Task3SizeClassAllocator, FailsCleanlyWhenTheUpstreamDoes) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  const std::size_t held_bytes = allocator.BytesHeld();
  const auto round_trip = [&](std::size_t size_bytes) {
    allocator.Deallocate(allocator.Allocate(size_bytes), size_bytes);
  };
  EXPECT_THROW(round_trip(std::numeric_limits<std::size_t>::max()),
               std::bad_alloc)
      << "the page count must not wrap to 0";
  upstream.exhausted = true;
  EXPECT_THROW(round_trip(100'000), std::bad_alloc);
  EXPECT_EQ(allocator.BytesHeld(), held_bytes);
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u);
  EXPECT_EQ(allocator.GetStatistics().requested_bytes, 0u);
  EXPECT_EQ(allocator.GetStatistics().lent_bytes, 0u);
  EXPECT_EQ(allocator.GetStatistics().large_blocks, 0u);
  EXPECT_EQ(allocator.GetStatistics().large_bytes, 0u);
}

TEST(Task3SizeClassAllocator, AlignsAsAsked) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  for (std::size_t alignment_bytes = 1; alignment_bytes <= 16'384;
       alignment_bytes *= 2) {
    for (const std::size_t size_bytes : {1u, 24u, 300u, 2500u, 32'768u}) {
      void* const block = allocator.Allocate(size_bytes, alignment_bytes);
      EXPECT_EQ(Address(block) % alignment_bytes, 0u)
          << size_bytes << " bytes aligned to " << alignment_bytes;
      std::memset(block, 1, size_bytes);
      allocator.Deallocate(block, size_bytes, alignment_bytes);
    }
  }
  EXPECT_EQ(upstream.last_alignment, 16'384u);
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u);
}

TEST(Task3SizeClassAllocator, TakesTheNextClassThatIsAligned) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  void* const small = allocator.Allocate(24, 16);
  EXPECT_EQ(allocator.GetStatistics().lent_bytes, 32u)
      << "the class of 24 bytes is aligned to 8";
  void* const line = allocator.Allocate(48, 64);
  EXPECT_EQ(allocator.GetStatistics().lent_bytes, 32u + 64u);
  EXPECT_EQ(upstream.blocks, 0u) << "a class has the alignment";
  allocator.Deallocate(small, 24, 16);
  allocator.Deallocate(line, 48, 64);
}

TEST(Task3SizeClassAllocator, MakesAllItsPoolsInOneAllocation) {
  const AllocationScope scope;
  const SizeClassAllocator allocator;
  EXPECT_EQ(scope.Counts().allocations, 1);
}

TEST(Task3SizeClassAllocator, GivesAZeroByteRequestItsOwnBlock) {
  SizeClassAllocator allocator;
  LentRequests lent(allocator);
  EXPECT_NE(lent.Add(0), nullptr);
  EXPECT_NE(lent.requests()[0].block, lent.Add(0));
  EXPECT_EQ(allocator.GetStatistics().requested_bytes, 0u)
      << "requested_bytes is as asked for: 0 bytes add 0";
}

TEST(Task3SizeClassResource, RunsStandardContainers) {
  SizeClassAllocator allocator;
  SizeClassResource resource(allocator);
  {
    std::pmr::map<int, std::pmr::string> map(&resource);
    for (int i = 0; i < 500; ++i) {
      map.emplace(i, std::string(static_cast<std::size_t>(i) * 100, 'x'));
    }
    EXPECT_GE(allocator.GetStatistics().blocks, 999u)
        << "a node for each entry, a buffer for each long string";
    for (int i = 0; i < 500; i += 2) map.erase(i);
    EXPECT_EQ(map.at(499), std::string(49'900, 'x').c_str());
  }
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u) << "everything came back";
}

TEST(Task3SizeClassResource, KeepsOverAlignedTypesAligned) {
  SizeClassAllocator allocator;
  SizeClassResource resource(allocator);
  void* const block = resource.allocate(100, 256);
  EXPECT_EQ(Address(block) % 256, 0u);
  resource.deallocate(block, 100, 256);
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u);
}

TEST(Task3SizeClassResource, EqualsAnotherOverTheSameAllocator) {
  SizeClassAllocator allocator;
  SizeClassAllocator other_allocator;
  SizeClassResource first(allocator);
  EXPECT_EQ(first, SizeClassResource(allocator));
  EXPECT_NE(first, SizeClassResource(other_allocator));
  EXPECT_NE(first, *std::pmr::new_delete_resource());
}

TEST(Task3SizeClassAllocatorDeathTest, CatchesMisuseInDebugBuilds) {
  SizeClassAllocator allocator;
  LentRequests lent(allocator);
  void* const block = lent.Add(100);
  void* const freed = allocator.Allocate(200);
  allocator.Deallocate(freed, 200);
  int local = 0;
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(allocator.Deallocate(block, 113), "size is not the one");
  EXPECT_DEATH(allocator.Deallocate(block, 100'000), "size is not the one");
  EXPECT_DEATH(allocator.Deallocate(freed, 200), "double free");
  EXPECT_DEATH(allocator.Deallocate(&local, 4), "foreign pointer");
  EXPECT_DEATH(allocator.Allocate(8, 24), "power of two");
  EXPECT_DEATH(SizeClassAllocator().Allocate(64), "lent");
  EXPECT_DEATH(SizeClassAllocator().Allocate(100'000), "lent");
}

}  // namespace
}  // namespace workbook
