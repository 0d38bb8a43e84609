// SPDX-License-Identifier: Apache-2.0

#include "tools/probe/probe.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace workbook {
namespace {

// Hides a pointer from the optimiser, which may remove a new and its delete.
template <typename T>
T* Kept(T* pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

TEST(AllocationScope, CountsOperatorNewAndItsBytes) {
  AllocationScope scope;
  std::unique_ptr<char[]> block(Kept(new char[1000]));
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().bytes_allocated, 1000);
  EXPECT_EQ(scope.Counts().live_bytes, 1000);
  block.reset();
  EXPECT_EQ(scope.Counts().frees, 1);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
  EXPECT_EQ(scope.Counts().peak_live_bytes, 1000);
}

TEST(AllocationScope, CountsTheMallocFamily) {
  AllocationScope scope;
  void* block = Kept(std::malloc(10));
  block = Kept(std::realloc(block, 20));
  std::free(block);
  std::free(Kept(std::calloc(3, 5)));
  std::free(Kept(std::aligned_alloc(64, 128)));
  void* aligned = nullptr;
  ASSERT_EQ(posix_memalign(&aligned, 256, 100), 0);
  std::free(Kept(aligned));
  EXPECT_EQ(scope.Counts().allocations, 5);
  EXPECT_EQ(scope.Counts().frees, 5);
  EXPECT_EQ(scope.Counts().bytes_allocated, 10 + 20 + 15 + 128 + 100);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(AllocationScope, CountsNothingForCodeThatDoesNotAllocate) {
  std::vector<int> numbers(100);
  AllocationScope scope;
  for (int& number : numbers) number = 1;
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().peak_live_bytes, 0);
}

TEST(AllocationScope, GivesABlockFromBeforeTheScopeNoBytes) {
  auto older = std::make_unique<std::string>(500, 'x');
  AllocationScope scope;
  older.reset();
  EXPECT_EQ(scope.Counts().frees, 2);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(AllocationScope, GivesABlockFromBeforeItNoBytesInsideOfAnother) {
  AllocationScope outer;
  auto older = std::make_unique<std::string>(500, 'x');
  AllocationScope inner;
  std::unique_ptr<char[]> younger(Kept(new char[50]));
  older.reset();
  EXPECT_EQ(inner.Counts().frees, 2);
  EXPECT_EQ(inner.Counts().live_bytes, 50);
  EXPECT_EQ(outer.Counts().live_bytes, 50);
}

TEST(AllocationScope, NestedScopesCountEachOnItsOwn) {
  AllocationScope outer;
  std::unique_ptr<char[]> first(Kept(new char[100]));
  {
    AllocationScope inner;
    std::unique_ptr<char[]> second(Kept(new char[50]));
    EXPECT_EQ(inner.Counts().allocations, 1);
    EXPECT_EQ(inner.Counts().live_bytes, 50);
  }
  EXPECT_EQ(outer.Counts().allocations, 2);
  EXPECT_EQ(outer.Counts().live_bytes, 100);
  EXPECT_EQ(outer.Counts().peak_live_bytes, 150);
}

TEST(AllocationScope, SeparatesThisThreadFromTheProcess) {
  AllocationScope process(ProbeExtent::kProcess);
  AllocationScope thread;
  std::thread worker([] { delete[] Kept(new char[10000]); });
  worker.join();
  EXPECT_GE(process.Counts().bytes_allocated, 10000);
  EXPECT_LT(thread.Counts().bytes_allocated, 10000);
}

TEST(AllocationScope, CountsExactlyWhenThreadsAllocateAtOnce) {
  constexpr int kThreads = 8;
  constexpr int kBlocks = 2000;
  std::latch started(kThreads);
  std::latch may_allocate(1);
  std::latch allocated(kThreads);
  std::latch may_end(1);
  std::vector<std::thread> workers;
  for (int t = 0; t < kThreads; ++t) {
    workers.emplace_back([&] {
      started.count_down();
      may_allocate.wait();
      for (int i = 0; i < kBlocks; ++i) delete[] Kept(new char[32]);
      allocated.count_down();
      may_end.wait();
    });
  }
  started.wait();
  AllocationCounts counts;
  {
    const AllocationScope process(ProbeExtent::kProcess);
    may_allocate.count_down();
    allocated.wait();
    counts = process.Counts();
  }
  may_end.count_down();
  for (std::thread& worker : workers) worker.join();
  EXPECT_EQ(counts.allocations, kThreads * kBlocks);
  EXPECT_EQ(counts.frees, kThreads * kBlocks);
  EXPECT_EQ(counts.bytes_allocated, kThreads * kBlocks * 32);
  EXPECT_EQ(counts.live_bytes, 0);
}

TEST(AllocationScope, ForgetsSizesOfAnEarlierScope) {
  void* block = nullptr;
  {
    AllocationScope scope;
    block = Kept(std::malloc(700));
  }
  std::free(block);
  AllocationScope scope;
  std::free(Kept(std::malloc(8)));
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

}  // namespace
}  // namespace workbook
