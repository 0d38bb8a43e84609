// SPDX-License-Identifier: Apache-2.0

#include "01_01/page_map.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr std::size_t kLeafBytes = 9 * (std::size_t{1} << PageMap::kLeafBits);

std::uintptr_t PageOf(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer) >> kPageShift;
}

const void* Pointer(std::uintptr_t page) {
  return reinterpret_cast<const void*>(page << kPageShift);
}

class Task6PageMap : public testing::Test {
 protected:
  // No CalledFrom here, because it allocates, and a test counts.
  Span MakeSpan(std::uintptr_t first_page, std::size_t pages,
                const char* file = __builtin_FILE(),
                int line = __builtin_LINE()) {
    if (!map_->Prepare(first_page, pages, arena_)) {
      ADD_FAILURE_AT(file, line)
          << "PageMap::Prepare(" << first_page << ", " << pages
          << ") is false, and there is memory for it";
    }
    Span span;
    span.first_page = first_page;
    span.pages = pages;
    return span;
  }

  LimitedPages source_;
  MetadataArena arena_{source_};
  std::unique_ptr<PageMap> map_ = std::make_unique<PageMap>();
};

TEST_F(Task6PageMap, KnowsNothingOfForeignAddresses) {
  int local = 0;
  for (const void* pointer :
       {static_cast<const void*>(nullptr), static_cast<const void*>(&local),
        reinterpret_cast<const void*>(~std::uintptr_t{0}),
        reinterpret_cast<const void*>(std::uintptr_t{1} << 47)}) {
    EXPECT_EQ(map_->ClassOf(pointer), 0u) << pointer;
    EXPECT_EQ(map_->SpanOf(pointer), nullptr) << pointer;
  }
}

TEST_F(Task6PageMap, LeadsFromEveryByteOfASmallSpanToIt) {
  Span span = MakeSpan(1'000'000, 3);
  map_->SetAll(&span, 41);
  for (std::size_t byte = 0; byte < span.Bytes(); byte += 509) {
    const void* const pointer =
        reinterpret_cast<const void*>(span.Start() + byte);
    ASSERT_EQ(map_->ClassOf(pointer), 41u) << byte;
    ASSERT_EQ(map_->SpanOf(pointer), &span) << byte;
  }
  EXPECT_EQ(map_->ClassOf(Pointer(999'999)), 0u);
  EXPECT_EQ(map_->ClassOf(Pointer(1'000'003)), 0u);
}

TEST_F(Task6PageMap, ForgetsClassesAndKeepsSpans) {
  Span span = MakeSpan(1'000'000, 3);
  map_->SetAll(&span, 41);
  map_->ClearClasses(&span);
  for (std::uintptr_t page = 1'000'000; page < 1'000'003; ++page) {
    EXPECT_EQ(map_->ClassOf(Pointer(page)), 0u);
    EXPECT_EQ(map_->SpanOfPage(page), &span);
  }
}

TEST_F(Task6PageMap, SetsBothEndsOfALargeSpan) {
  Span span = MakeSpan(5'000, 100);
  map_->SetEnds(&span);
  EXPECT_EQ(map_->SpanOfPage(5'000), &span);
  EXPECT_EQ(map_->SpanOfPage(5'099), &span);
  EXPECT_EQ(map_->SpanOfPage(5'050), nullptr) << "only the ends are needed";
  EXPECT_EQ(map_->SpanOfPage(5'100), nullptr);
}

TEST_F(Task6PageMap, WorksAcrossLeaves) {
  constexpr std::uintptr_t kBorder = std::uintptr_t{7} << PageMap::kLeafBits;
  Span span = MakeSpan(kBorder - 2, 4);
  map_->SetAll(&span, 3);
  for (std::uintptr_t page = kBorder - 2; page < kBorder + 2; ++page) {
    EXPECT_EQ(map_->ClassOf(Pointer(page)), 3u) << page;
    EXPECT_EQ(map_->SpanOfPage(page), &span) << page;
  }
}

TEST_F(Task6PageMap, MakesALeafForEachSide) {
  constexpr std::uintptr_t kBorder = std::uintptr_t{7} << PageMap::kLeafBits;
  ASSERT_TRUE(map_->Prepare(kBorder - 1, 2, arena_));
  EXPECT_EQ(arena_.BytesMapped(), 2 * kLeafBytes)
      << "a byte and a pointer for each of 2^18 pages, twice";
}

TEST_F(Task6PageMap, HoldsPagesAtBothEndsOfTheAddressSpace) {
  constexpr std::uintptr_t kLast = (std::uintptr_t{1} << (48 - kPageShift)) - 1;
  ASSERT_TRUE(map_->Prepare(1, 1, arena_));
  ASSERT_TRUE(map_->Prepare(kLast, 1, arena_))
      << "a program may have pages anywhere";
  Span low = MakeSpan(1, 1);
  Span high = MakeSpan(kLast, 1);
  map_->SetAll(&low, 3);
  map_->SetAll(&high, 5);
  EXPECT_EQ(map_->ClassOf(Pointer(1)), 3u);
  EXPECT_EQ(map_->ClassOf(Pointer(kLast)), 5u);
  EXPECT_EQ(map_->SpanOfPage(kLast), &high);
  EXPECT_FALSE(map_->Prepare(kLast + 1, 1, arena_));
  EXPECT_FALSE(map_->Prepare(kLast, 2, arena_));
  RecordProperty("mebibytes_of_map",
                 static_cast<int>(arena_.BytesMapped() >> 20));
  EXPECT_EQ(arena_.BytesMapped(), 2 * kLeafBytes);
}

TEST_F(Task6PageMap, TouchesNoPageOfALeafThatItMakes) {
  ASSERT_TRUE(map_->Prepare(1'000'000, 1, arena_));
  ASSERT_EQ(source_.maps, 1u) << "the leaf";
  EXPECT_LE(source_.ResidentBytesOfMap(0), std::size_t{64} << 10)
      << "a source gives zeros: a leaf that is cleared once more is resident";
  Span span = MakeSpan(1'000'000, 1);
  map_->SetAll(&span, 9);
  RecordProperty("resident_bytes",
                 static_cast<int>(source_.ResidentBytesOfMap(0)));
}

TEST_F(Task6PageMap, ClearsClassesOverABorderAndKeepsBothEnds) {
  constexpr std::uintptr_t kBorder = std::uintptr_t{7} << PageMap::kLeafBits;
  Span span = MakeSpan(kBorder - 2, 4);
  map_->SetEnds(&span);
  EXPECT_EQ(map_->SpanOfPage(kBorder - 2), &span);
  EXPECT_EQ(map_->SpanOfPage(kBorder + 1), &span);
  map_->SetAll(&span, 9);
  map_->ClearClasses(&span);
  for (std::uintptr_t page = kBorder - 2; page < kBorder + 2; ++page) {
    EXPECT_EQ(map_->ClassOf(Pointer(page)), 0u) << page;
    EXPECT_EQ(map_->SpanOfPage(page), &span) << page;
  }
  Span single = MakeSpan(5'000, 1);
  map_->SetEnds(&single);
  EXPECT_EQ(map_->SpanOfPage(5'000), &single);
  EXPECT_EQ(map_->SpanOfPage(5'001), nullptr);
}

TEST_F(Task6PageMap, RefusesPagesWithoutMemoryAndBeyondTheAddressSpace) {
  EXPECT_FALSE(map_->Prepare(std::uintptr_t{1} << 40, 1, arena_));
  source_.maps_left = 0;
  EXPECT_FALSE(map_->Prepare(1'000'000, 1, arena_));
  EXPECT_EQ(map_->SpanOfPage(1'000'000), nullptr);
  source_.maps_left = 10;
  EXPECT_TRUE(map_->Prepare(1'000'000, 1, arena_));
  const std::size_t maps = source_.maps;
  EXPECT_TRUE(map_->Prepare(1'000'001, 1, arena_));
  EXPECT_EQ(source_.maps, maps) << "a leaf is made once";
}

TEST_F(Task6PageMap, ArenaGivesZeroedDisjointLines) {
  std::byte* previous = nullptr;
  for (int i = 0; i < 2000; ++i) {
    auto* const memory = static_cast<std::byte*>(arena_.Allocate(100));
    ASSERT_NE(memory, nullptr);
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(memory) % 64, 0u);
    ASSERT_TRUE(previous == nullptr || memory >= previous + 128 ||
                memory + 128 <= previous);
    ASSERT_EQ(memory[0], std::byte{0});
    ASSERT_EQ(memory[99], std::byte{0});
    std::memset(memory, 0xff, 100);
    previous = memory;
  }
  EXPECT_EQ(source_.maps, 4u) << "512 blocks of 128 bytes in 64 KiB";
  EXPECT_EQ(arena_.BytesMapped(), source_.mapped_bytes);
}

TEST_F(Task6PageMap, ArenaUsesAChunkUpAndKeepsItsRest) {
  for (int i = 0; i < 1024; ++i) ASSERT_NE(arena_.Allocate(64), nullptr);
  EXPECT_EQ(source_.maps, 1u) << "1024 lines are the chunk";
  ASSERT_NE(arena_.Allocate(MetadataArena::kChunkBytes), nullptr);
  EXPECT_EQ(arena_.BytesMapped(), 2 * MetadataArena::kChunkBytes);
  ASSERT_NE(arena_.Allocate(64), nullptr);
  const std::size_t maps = source_.maps;
  ASSERT_NE(arena_.Allocate(2 * MetadataArena::kChunkBytes), nullptr);
  ASSERT_NE(arena_.Allocate(64), nullptr);
  EXPECT_EQ(source_.maps, maps + 1) << "a large piece has pages of its own";
}

TEST_F(Task6PageMap, ArenaFailsCleanlyAndGoesOn) {
  ASSERT_NE(arena_.Allocate(64), nullptr);
  source_.maps_left = 0;
  EXPECT_EQ(arena_.Allocate(MetadataArena::kChunkBytes * 2), nullptr);
  EXPECT_NE(arena_.Allocate(64), nullptr) << "the chunk has room";
  source_.maps_left = 1;
  EXPECT_NE(arena_.Allocate(MetadataArena::kChunkBytes * 2), nullptr);
}

TEST_F(Task6PageMap, UsesNoHeapOfItsOwn) {
  AllocationScope scope;
  Span span = MakeSpan(1'000'000, 3);
  map_->SetAll(&span, 41);
  EXPECT_EQ(map_->ClassOf(Pointer(1'000'000)), 41u);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST_F(Task6PageMap, SystemPagesStartAtAPageAndReadAsZeroWhenDiscarded) {
  SystemPages system;
  auto* const pages = static_cast<char*>(system.Map(3 * kPageBytes));
  ASSERT_NE(pages, nullptr);
  EXPECT_EQ(PageOf(pages) << kPageShift,
            reinterpret_cast<std::uintptr_t>(pages));
  std::memset(pages, 1, 3 * kPageBytes);
  EXPECT_TRUE(system.Discard(pages, 3 * kPageBytes));
  EXPECT_EQ(pages[0] + pages[3 * kPageBytes - 1], 0);
}

TEST_F(Task6PageMap, SystemPagesSayWhatTheSystemRefused) {
  SystemPages system;
  auto* const pages = static_cast<char*>(system.Map(3 * kPageBytes));
  ASSERT_NE(pages, nullptr);
  std::memset(pages, 1, 3 * kPageBytes);
  // A sanitizer's mlock locks nothing.
  ASSERT_EQ(syscall(SYS_mlock, pages + kPageBytes, 1), 0)
      << "a page of locked memory: see ulimit -l";
  errno = EDOM;
  EXPECT_FALSE(system.Discard(pages, 3 * kPageBytes)) << "locked memory stays";
  EXPECT_EQ(pages[kPageBytes], 1);
  EXPECT_EQ(errno, EDOM) << "free comes here, and keeps errno";
  ASSERT_EQ(syscall(SYS_munlock, pages + kPageBytes, 1), 0);
  EXPECT_TRUE(system.Discard(pages, 3 * kPageBytes));
  EXPECT_EQ(pages[kPageBytes], 0);
  errno = EDOM;
  EXPECT_EQ(system.Map(std::size_t{1} << 63), nullptr);
  EXPECT_EQ(system.Map(std::size_t{1} << 60), nullptr);
  EXPECT_EQ(errno, EDOM) << "malloc says ENOMEM, free says nothing";
}

}  // namespace
}  // namespace workbook
