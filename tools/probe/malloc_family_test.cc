// SPDX-License-Identifier: Apache-2.0

// Every way to allocate is seen, and the ways to fail leave the counts alone.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <latch>
#include <new>
#include <thread>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Hides a value from the optimiser, which may remove an allocation and its free
// and warns about sizes that cannot be had.
template <typename T>
T Kept(T value) {
  asm volatile("" : "+r"(value) : : "memory");
  return value;
}

constexpr std::size_t kTooMany = SIZE_MAX / 2 - 4096;

TEST(Realloc, OfNothingIsOneAllocation) {
  const AllocationScope scope;
  std::free(Kept(std::realloc(nullptr, 30)));
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().frees, 1);
  EXPECT_EQ(scope.Counts().bytes_allocated, 30);
}

TEST(Realloc, ToNothingIsAFree) {
  void* block = Kept(std::malloc(30));
  const AllocationScope scope;
  // The C library frees; other allocators return a block of no bytes.
  std::free(Kept(std::realloc(block, Kept(std::size_t{0}))));
  EXPECT_EQ(scope.Counts().frees - scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Realloc, ThatFailsLeavesTheBlockAndTheCountsAsTheyWere) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  const AllocationScope scope;
  void* block = Kept(std::malloc(30));
  EXPECT_EQ(std::realloc(Kept(block), Kept(kTooMany)), nullptr);
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().frees, 0);
  EXPECT_EQ(scope.Counts().live_bytes, 30);
  std::free(block);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Realloc, DoesNotCountOldAndNewBytesAsAliveAtOnce) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "there they are, for once";
  const AllocationScope scope;
  void* block = Kept(std::malloc(1000));
  block = Kept(std::realloc(block, 1200));
  std::free(block);
  EXPECT_EQ(scope.Counts().peak_live_bytes, 1200);
}

TEST(Reallocarray, CountsAsRealloc) {
  const AllocationScope scope;
  void* block = Kept(std::malloc(10));
  block = Kept(reallocarray(block, 7, 11));
  EXPECT_EQ(scope.Counts().live_bytes, 77);
  std::free(block);
  EXPECT_EQ(scope.Counts().allocations, 2);
  EXPECT_EQ(scope.Counts().frees, 2);
}

TEST(Reallocarray, ThatOverflowsLeavesTheBlock) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  const AllocationScope scope;
  void* block = Kept(std::malloc(10));
  EXPECT_EQ(reallocarray(Kept(block), Kept(SIZE_MAX), 3), nullptr);
  EXPECT_EQ(scope.Counts().live_bytes, 10);
  std::free(block);
}

TEST(Calloc, ThatOverflowsCountsNothing) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  const AllocationScope scope;
  EXPECT_EQ(Kept(std::calloc(Kept(SIZE_MAX), Kept(std::size_t{3}))), nullptr);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().bytes_allocated, 0);
}

TEST(LibraryFunctions, ThatAllocateAreSeen) {
  const AllocationScope scope;
  char* const copy = Kept(strdup("seven.."));
  EXPECT_EQ(scope.Counts().allocations, 1);
  EXPECT_EQ(scope.Counts().bytes_allocated, 8);
  std::free(copy);
}

TEST(AlignedAllocation, KeepsTheAlignmentAndCountsTheRequest) {
  const AllocationScope scope;
  void* aligned = nullptr;
  ASSERT_EQ(posix_memalign(&aligned, 4096, 100), 0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(aligned) % 4096, 0u);
  std::free(Kept(aligned));
  aligned = Kept(memalign(128, 100));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(aligned) % 128, 0u);
  std::free(aligned);
  EXPECT_EQ(scope.Counts().allocations, 2);
  EXPECT_EQ(scope.Counts().bytes_allocated, 200);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(AlignedAllocation, RefusesAnAlignmentThatIsNone) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  const AllocationScope scope;
  void* block = nullptr;
  EXPECT_EQ(posix_memalign(&block, Kept(std::size_t{24}), 8), EINVAL);
  EXPECT_EQ(posix_memalign(&block, Kept(std::size_t{0}), 8), EINVAL);
  EXPECT_EQ(block, nullptr);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(OperatorNew, IsSeenInEachOfItsForms) {
  constexpr auto kAlignment = std::align_val_t{64};
  const AllocationScope scope;
  ::operator delete(Kept(::operator new(1)));
  ::operator delete[](Kept(::operator new[](2)));
  ::operator delete(Kept(::operator new(4, std::nothrow)), std::nothrow);
  ::operator delete[](Kept(::operator new[](8, std::nothrow)), std::nothrow);
  ::operator delete(Kept(::operator new(16, kAlignment)), kAlignment);
  ::operator delete[](Kept(::operator new[](32, kAlignment)), kAlignment);
  ::operator delete(Kept(::operator new(64, kAlignment, std::nothrow)),
                    kAlignment, std::nothrow);
  ::operator delete[](Kept(::operator new[](128, kAlignment, std::nothrow)),
                      kAlignment, std::nothrow);
  EXPECT_EQ(scope.Counts().allocations, 8);
  EXPECT_EQ(scope.Counts().frees, 8);
  EXPECT_EQ(scope.Counts().bytes_allocated, 255);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

#ifdef __cpp_sized_deallocation  // clang 14 has it only when asked
TEST(OperatorNew, IsSeenWhenDeleteKnowsTheSize) {
  constexpr auto kAlignment = std::align_val_t{64};
  const AllocationScope scope;
  ::operator delete(Kept(::operator new(1)), 1);
  ::operator delete[](Kept(::operator new[](2)), 2);
  ::operator delete(Kept(::operator new(4, kAlignment)), 4, kAlignment);
  ::operator delete[](Kept(::operator new[](8, kAlignment)), 8, kAlignment);
  EXPECT_EQ(scope.Counts().frees, 4);
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}
#endif

TEST(OperatorNew, KeepsTheAlignment) {
  void* const block = Kept(::operator new (10, std::align_val_t{512}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 512, 0u);
  ::operator delete (block, std::align_val_t{512});
}

TEST(OperatorNew, ThrowsWhenThereIsNoMemory) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  EXPECT_THROW(Kept(::operator new(Kept(kTooMany))), std::bad_alloc);
  EXPECT_EQ(Kept(::operator new(Kept(kTooMany), std::nothrow)), nullptr);
}

// preload_test names the allocator that must be behind the probe.
TEST(NextAllocator, IsThePreloadedOne) {
  const char* const expected = std::getenv("EXPECTED_ALLOCATOR");
  if (expected == nullptr) GTEST_SKIP() << "nothing is preloaded";
  Dl_info info = {};
  ASSERT_NE(dladdr(dlsym(RTLD_NEXT, "malloc"), &info), 0);
  EXPECT_NE(std::strstr(info.dli_fname, expected), nullptr) << info.dli_fname;
}

int handler_calls = 0;

TEST(OperatorNew, AsksTheNewHandlerUntilThereIsNone) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "sanitizers abort instead";
  handler_calls = 0;
  std::set_new_handler([] {
    if (++handler_calls == 3) std::set_new_handler(nullptr);
  });
  EXPECT_THROW(Kept(::operator new(Kept(kTooMany))), std::bad_alloc);
  EXPECT_EQ(handler_calls, 3);
}

// Another thread is inside the probe most of the time; a child that inherited
// its lock held would hang.
TEST(Fork, LeavesTheChildAProbeThatWorks) {
  if (ProbeUsesSanitizerHooks()) GTEST_SKIP() << "slow, and not the probe's";
  constexpr int kChildren = 100;
  std::atomic<bool> stop{false};
  std::latch running(1);
  const AllocationScope process(ProbeExtent::kProcess);
  std::thread busy([&] {
    running.count_down();
    while (!stop.load()) delete Kept(new int);
  });
  running.wait();
  int failures = 0;
  for (int i = 0; i < kChildren; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      alarm(10);  // a hang ends in SIGALRM
      const AllocationScope scope;
      delete Kept(new int);
      _exit(scope.Counts().allocations == 1 ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    if (status != 0) ++failures;
  }
  stop.store(true);
  busy.join();
  EXPECT_EQ(failures, 0);
}

}  // namespace
}  // namespace workbook
