// SPDX-License-Identifier: Apache-2.0

// Pages that are refused, and pages that are not taken back, at each step of a
// fixed workload: once, and from there on.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"

namespace workbook {
namespace {

constexpr int kEver = 1 << 30;

// Pages that can be refused, and given back at the end.
class RefusingPages final : public PageSource {
 public:
  void* Map(std::size_t bytes) noexcept override {
    const int number = calls++;
    if (number >= first && number <= last) return nullptr;
    return pages.Map(bytes);
  }
  bool Discard(void* memory, std::size_t bytes) noexcept override {
    const int number = discards++;
    if (number >= first_kept && number <= last_kept) return false;
    return pages.Discard(memory, bytes);
  }

  LimitedPages pages;
  int calls = 0;
  int first = -1;
  int last = -1;
  int discards = 0;
  int first_kept = -1;
  int last_kept = -1;
};

// Blocks of every tier, each filled with a byte of its own.
class Workload {
 public:
  explicit Workload(CachingAllocator& allocator) : allocator_(allocator) {}
  ~Workload() { FreeAll(); }

  // 8 MiB, a third of the blocks freed on the way, a part by another thread.
  void Run() {
    Fill(100);
    std::thread([&] { Fill(50); }).join();
    Fill(60);
  }
  void FreeAll() {
    while (!blocks_.empty()) FreeLast();
  }
  int failures() const { return failures_; }
  int damaged() const { return damaged_; }

 private:
  struct Block {
    unsigned char* memory;
    std::size_t bytes;
    unsigned char pattern;
  };

  void Fill(int count) {
    constexpr std::array<std::size_t, 8> kBytes = {
        16, 100, 1'000, 5'000, 20'000, 60'000, 7, 300'000};
    for (int i = 0; i < count; ++i) {
      const std::size_t bytes = kBytes[static_cast<std::size_t>(i) % 8];
      Keep(Ask(i, bytes), bytes);
      if (i % 3 == 0) FreeLast();
    }
  }
  void* Ask(int i, std::size_t bytes) {
    if (bytes < kTinyBlockBytes) return allocator_.AllocateTiny(bytes);
    if (i % 16 == 5) return allocator_.AllocateAligned(bytes, 16'384);
    if (i % 16 == 7) return allocator_.AllocateZeroed(bytes);
    return allocator_.Allocate(bytes);
  }
  void Keep(void* memory, std::size_t bytes) {
    if (memory == nullptr) {
      ++failures_;
      return;
    }
    const auto pattern = static_cast<unsigned char>(++patterns_);
    std::memset(memory, pattern, bytes);
    blocks_.push_back({static_cast<unsigned char*>(memory), bytes, pattern});
  }
  void FreeLast() {
    if (blocks_.empty()) return;
    const Block block = blocks_.back();
    blocks_.pop_back();
    damaged_ +=
        std::count(block.memory, block.memory + block.bytes, block.pattern) !=
        static_cast<std::ptrdiff_t>(block.bytes);
    allocator_.Deallocate(block.memory);
  }

  CachingAllocator& allocator_;
  std::vector<Block> blocks_;
  int patterns_ = 0;
  int failures_ = 0;
  int damaged_ = 0;
};

TEST(Task10HiddenOutOfMemory, EveryRefusedMapIsOneFailureAndNoMore) {
  int calls = 1;
  std::size_t mapped_bytes = 0;
  for (int first = -1; first < calls; ++first) {
    for (const int last : {first, kEver}) {
      if (first < 0 && last == kEver) continue;
      RefusingPages source;
      const auto allocator = std::make_unique<CachingAllocator>(source);
      source.first = first;
      source.last = last;
      {
        Workload workload(*allocator);
        workload.Run();
        if (first < 0) {  // nothing is refused: what is there to refuse
          calls = source.calls;
          mapped_bytes = source.pages.mapped_bytes;
          ASSERT_GE(calls, 6);
        }
        if (last != kEver) {
          EXPECT_LE(workload.failures(), first < 0 ? 0 : 1)
              << "call " << first << " alone";
        } else if (first < calls / 2) {
          // Later ones may be made up for by what the caches give back.
          EXPECT_GT(workload.failures(), 0) << "from call " << first;
        }
        source.first = source.last = -1;
        const int before = workload.failures();
        workload.Run();
        EXPECT_EQ(workload.failures(), before) << "it works again";
        workload.FreeAll();
        EXPECT_EQ(workload.damaged(), 0);
      }
      allocator->ReleaseMemory();
      const CachingAllocator::Statistics statistics =
          allocator->GetStatistics();
      EXPECT_EQ(statistics.objects_out_of_centre, 0u);
      EXPECT_LE(statistics.pages.in_use_bytes, kPageBytes)
          << "the block that tiny objects share stays";
      EXPECT_LE(source.pages.mapped_bytes, 2 * mapped_bytes + (4u << 20))
          << "two runs, and pages without a leaf";
    }
  }
}

// Looks at eight bytes of each page of the system.
std::size_t DirtyBytes(const unsigned char* start, std::size_t bytes) {
  std::size_t dirty = 0;
  for (std::size_t i = 0; i < bytes; i += 512) dirty += start[i] != 0;
  return dirty + (start[bytes - 1] != 0);
}

// Blocks are filled and freed, then asked for zeroed: what of them is not. The
// heap gives back above 16 MiB of idle pages.
std::size_t FillFreeAndZero(CachingAllocator& allocator) {
  constexpr std::size_t kMebibyte = std::size_t{1} << 20;
  std::size_t dirty = 0;
  // More the second time: what was needed again may stay (IdleBound).
  for (const std::size_t count : {1u, 3u}) {
    const std::size_t bytes = (7 + 11 * count) * kMebibyte / count;
    std::vector<unsigned char*> blocks(count);
    for (unsigned char*& block : blocks) {
      block = static_cast<unsigned char*>(allocator.Allocate(bytes));
      if (block == nullptr) return bytes;
      std::memset(block, 0xa5, bytes);
    }
    for (void* block : blocks) allocator.Deallocate(block);
    for (unsigned char*& block : blocks) {
      block = static_cast<unsigned char*>(allocator.AllocateZeroed(bytes / 2));
      if (block == nullptr) return bytes;
      dirty += DirtyBytes(block, bytes / 2);
    }
    for (void* block : blocks) allocator.Deallocate(block);
    allocator.ReleaseMemory();
  }
  return dirty;
}

TEST(Task10HiddenOutOfMemory, WhatIsNotTakenBackIsZeroedAllTheSame) {
  int discards = 1;
  for (int first = -1; first < discards; ++first) {
    for (const int last : {first, kEver}) {
      if (first < 0 && last == kEver) continue;
      RefusingPages source;
      source.first_kept = first;
      source.last_kept = last;
      const auto allocator = std::make_unique<CachingAllocator>(source);
      EXPECT_EQ(FillFreeAndZero(*allocator), 0u)
          << "not taken back: " << first << " to " << last;
      if (first < 0) discards = source.discards;
      ASSERT_GE(discards, 4);
      ASSERT_LE(discards, 40);
    }
  }
}

}  // namespace
}  // namespace workbook
