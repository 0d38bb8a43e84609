// SPDX-License-Identifier: Apache-2.0

#include "01_01/malloc_api.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max() - 64;

void* allocated_before_main = nullptr;
__attribute__((constructor)) void BeforeMain() {
  try {
    allocated_before_main = Malloc(100);
  } catch (...) {  // a stub
  }
}

TEST(Task9MallocApi, WorksBeforeMain) {
  void* const block = Malloc(100);
  EXPECT_NE(block, nullptr);
  EXPECT_NE(allocated_before_main, nullptr);
  EXPECT_NE(allocated_before_main, block);
  EXPECT_GE(MallocUsableSize(allocated_before_main), 100u);
  Free(block);
}

TEST(Task9MallocApi, SaysNoMemoryAsPosixDoes) {
  errno = 0;
  EXPECT_EQ(Malloc(kHuge), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  errno = 0;
  EXPECT_EQ(Calloc(1, kHuge), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  errno = 0;
  EXPECT_EQ(AlignedAlloc(64, kHuge), nullptr);
  EXPECT_EQ(errno, ENOMEM);
}

TEST(Task9MallocApi, RefusesACallocThatOverflows) {
  // 2^33 * 2^33 is 2^66: the low 64 bits are 0.
  errno = 0;
  EXPECT_EQ(Calloc(std::size_t{1} << 33, std::size_t{1} << 33), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  errno = 0;
  EXPECT_EQ(Calloc((std::size_t{1} << 60) + 1, 16), nullptr)
      << "a product that wraps to 16";
  EXPECT_EQ(errno, ENOMEM);
}

TEST(Task9MallocApi, ZeroesWhatCallocReturns) {
  for (int round = 0; round < 3; ++round) {
    for (const std::size_t count : {3u, 1'000u, 30'000u}) {
      auto* const block = static_cast<unsigned char*>(Calloc(count, 8));
      ASSERT_NE(block, nullptr);
      EXPECT_EQ(std::count(block, block + count * 8, 0),
                static_cast<std::ptrdiff_t>(count * 8));
      std::memset(block, 0xff, count * 8);
      Free(block);
    }
  }
}

TEST(Task9MallocApi, KeepsTheContentWhenItReallocates) {
  std::size_t bytes = 1;
  auto* block = static_cast<unsigned char*>(Realloc(nullptr, bytes));
  block[0] = 0;
  while (bytes < 3'000'000) {
    const std::size_t grown = bytes * 3 / 2 + 1;
    block = static_cast<unsigned char*>(Realloc(block, grown));
    ASSERT_NE(block, nullptr);
    for (std::size_t i = bytes; i < grown; ++i) {
      block[i] = static_cast<unsigned char>(i % 251);
    }
    bytes = grown;
  }
  while (bytes > 10) {
    bytes /= 3;
    block = static_cast<unsigned char*>(Realloc(block, bytes));
    ASSERT_GE(MallocUsableSize(block), bytes);
    for (std::size_t i = 0; i < bytes; ++i) ASSERT_EQ(block[i], i % 251);
  }
  EXPECT_LE(MallocUsableSize(block), 48u) << "a shrunk block gives back";
  Free(block);
}

TEST(Task9MallocApi, LeavesTheOldBlockWhenReallocFails) {
  auto* const block = static_cast<char*>(Malloc(1'000));
  std::memset(block, 7, 1'000);
  errno = 0;
  EXPECT_EQ(Realloc(block, kHuge), nullptr);
  EXPECT_EQ(errno, ENOMEM);
  EXPECT_EQ(std::count(block, block + 1'000, 7), 1'000);
  EXPECT_EQ(Realloc(block, 0), nullptr) << "frees, as glibc does";
}

TEST(Task9MallocApi, AmortisesTheGrowthOfALargeBlock) {
  constexpr std::size_t kStep = 4'096;
  auto* block = static_cast<char*>(Malloc(40'000));
  int moves = 0;
  for (std::size_t bytes = 40'000; bytes < 2'000'000; bytes += kStep) {
    auto* const grown = static_cast<char*>(Realloc(block, bytes));
    ASSERT_NE(grown, nullptr);
    moves += grown != block;
    block = grown;
    // A wall: what is behind is taken whenever it is free.
    if (bytes % (16 * kStep) == 40'000 % (16 * kStep)) Free(Malloc(40'000));
  }
  RecordProperty("moves", moves);
  EXPECT_LE(moves, 24) << "479 steps of a page";
  Free(block);
}

TEST(Task9MallocApi, GrowsALargeBlockToAQuarterMoreWhereItMoves) {
  void* block = Malloc(1 << 20);
  for (int i = 0; i < 1'000; ++i) {
    const std::size_t had_bytes = MallocUsableSize(block);
    void* const grown = Realloc(block, had_bytes + 1);
    ASSERT_NE(grown, nullptr);
    if (grown != block) {
      EXPECT_EQ(MallocUsableSize(grown),
                PagesFor(had_bytes + had_bytes / 4) * kPageBytes);
      Free(grown);
      return;
    }
    Free(Malloc(40'000));
  }
  Free(block);
}

TEST(Task9MallocApi, FreesWhatIsReallocatedToNothing) {
  // What a thread caches may go back at any miss.
  const auto in_use_bytes = [] {
    ProcessAllocator().ReleaseMemory();
    return ProcessAllocator().GetStatistics().pages.in_use_bytes;
  };
  Free(Malloc(64));
  const std::size_t before = in_use_bytes();
  EXPECT_EQ(Realloc(Malloc(3 << 20), 0), nullptr);
  EXPECT_EQ(in_use_bytes(), before);
}

// Its destructor runs when main has returned.
struct FreesLate {
  ~FreesLate() {
    if (is_asked) Free(Malloc(100));
    if (is_asked) _exit(7);
  }
  bool is_asked = false;
};
FreesLate frees_late;

TEST(Task9MallocApi, WorksAfterMain) {
  testing::GTEST_FLAG(death_test_style) = "fast";
  EXPECT_EXIT(
      {
        frees_late.is_asked = true;
        std::exit(0);
      },
      testing::ExitedWithCode(7), "");
}

TEST(Task9MallocApi, AlignsAsAskedAndRefusesNonsense) {
  for (std::size_t alignment = 8; alignment <= 4'096; alignment *= 2) {
    for (const std::size_t bytes : {1u, 100u, 5'000u, 70'000u}) {
      void* block = nullptr;
      ASSERT_EQ(PosixMemalign(&block, alignment, bytes), 0);
      ASSERT_NE(block, nullptr);
      EXPECT_GE(MallocUsableSize(block), bytes);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
      Free(block);
      block = AlignedAlloc(alignment, bytes);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % alignment, 0u);
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 16, 0u);
      Free(block);
    }
  }
  int local = 0;
  void* block = &local;
  errno = 0;
  EXPECT_EQ(PosixMemalign(&block, 24, 100), EINVAL);
  EXPECT_EQ(PosixMemalign(&block, 4, 100), EINVAL);
  EXPECT_EQ(PosixMemalign(&block, 0, 100), EINVAL);
  EXPECT_EQ(PosixMemalign(&block, 64, kHuge), ENOMEM);
  EXPECT_EQ(block, &local) << "untouched on failure";
  EXPECT_EQ(errno, 0) << "posix_memalign tells by its result alone";
  EXPECT_EQ(AlignedAlloc(24, 100), nullptr);
  EXPECT_EQ(errno, EINVAL);
  errno = 0;
  EXPECT_EQ(AlignedAlloc(0, 100), nullptr);
  EXPECT_EQ(errno, EINVAL);
}

TEST(Task9MallocApi, RoundsAnAlignmentUpAsMemalignOfGlibcDoes) {
  for (const auto& [asked, given] : {std::pair<std::size_t, std::size_t>{0, 16},
                                     {1, 16},
                                     {24, 32},
                                     {64, 64},
                                     {65, 128},
                                     {5'000, 8'192},
                                     {100'000, 131'072}}) {
    errno = 0;
    void* const block = Memalign(asked, 100);
    ASSERT_NE(block, nullptr) << asked;
    EXPECT_EQ(errno, 0);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % given, 0u) << asked;
    EXPECT_GE(MallocUsableSize(block), 100u);
    Free(block);
  }
  constexpr std::size_t kTop = std::size_t{1} << 63;
  errno = 0;
  EXPECT_EQ(Memalign(kTop, 1), nullptr) << "a power of two, but no memory";
  EXPECT_EQ(errno, ENOMEM);
  errno = 0;
  EXPECT_EQ(Memalign(kTop + 1, 1), nullptr) << "no power of two is as large";
  EXPECT_EQ(errno, EINVAL);
}

TEST(Task9MallocApi, TreatsNothingAndNullptrAsCDoes) {
  void* const a = Malloc(0);
  void* const b = Malloc(0);
  EXPECT_NE(a, nullptr);
  EXPECT_NE(a, b) << "each a block of its own";
  Free(a);
  Free(b);
  Free(nullptr);
  EXPECT_EQ(MallocUsableSize(nullptr), 0u);
}

TEST(Task9MallocApi, KeepsErrnoWhenItFrees) {
  void* const block = Malloc(64 << 20);
  std::memset(block, 1, 64 << 20);
  errno = EDOM;
  Free(block);  // large enough to give pages back to the system
  EXPECT_EQ(errno, EDOM);
}

TEST(Task9MallocApi, DoesNotUseTheMallocThatItReplaces) {
  AllocationScope scope;
  void* block = Malloc(100);
  block = Realloc(block, 100'000);
  Free(block);
  Free(Calloc(10, 10));
  Free(AlignedAlloc(512, 10));
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
}

}  // namespace
}  // namespace workbook
