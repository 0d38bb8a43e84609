// SPDX-License-Identifier: Apache-2.0

// The second life of a thread's cache: the next thread begins with the cache of
// one that has ended, whatever it left.
#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "01_01/caching_allocator.h"
#include "exercises/01_01/testing/own_allocator.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

void Take(CachingAllocator& allocator, std::vector<void*>& blocks,
          std::size_t count, std::size_t bytes) {
  for (std::size_t i = 0; i < count; ++i) {
    blocks.push_back(allocator.Allocate(bytes));
  }
}

void GiveBack(CachingAllocator& allocator, std::vector<void*>& blocks,
              std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    allocator.Deallocate(blocks.back());
    blocks.pop_back();
  }
}

// A thread leaves `lent_count` blocks lent and has freed `cached` before its
// end. Its heir frees one of the former first, if there is one.
void TryHeir(CachingAllocator& allocator, std::size_t cached,
             std::size_t lent_count, std::size_t bytes,
             const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "CachingAllocator");
  std::vector<void*> lent;
  std::thread([&] {
    Take(allocator, lent, lent_count + cached, bytes);
    GiveBack(allocator, lent, cached);
  }).join();
  std::size_t different_blocks = 0;
  std::size_t blocks = 0;
  std::thread([&] {
    if (!lent.empty()) GiveBack(allocator, lent, 1);
    std::vector<void*> mine;
    Take(allocator, mine, cached + 300, bytes);
    std::set<void*> different(lent.begin(), lent.end());
    different.insert(mine.begin(), mine.end());
    different_blocks = different.size();
    blocks = lent.size() + mine.size();
    GiveBack(allocator, mine, mine.size());
  }).join();
  EXPECT_EQ(different_blocks, blocks) << "a block is lent twice";
  EXPECT_EQ(allocator.GetStatistics().objects_out_of_centre, lent.size())
      << "what is not lent is with a thread that has ended";
  std::thread([&] { GiveBack(allocator, lent, lent.size()); }).join();
  allocator.ReleaseMemory();
  EXPECT_EQ(allocator.GetStatistics().objects_out_of_centre, 0u);
}

TEST_F(Task10CachingAllocator, LendEveryBlockOnceWhateverTheyInherit) {
  for (const std::size_t bytes : {16u, 64u, 1024u, 32'768u}) {
    for (const std::size_t cached : {0u, 1u, 31u, 32u, 63u, 64u, 65u, 500u}) {
      for (const std::size_t lent_count : {0u, 1u, 100u}) {
        SCOPED_TRACE(std::to_string(cached) + " blocks of " +
                     std::to_string(bytes) + " bytes cached, " +
                     std::to_string(lent_count) + " lent");
        TryHeir(*allocator_, cached, lent_count, bytes);
      }
    }
  }
  EXPECT_EQ(allocator_->GetStatistics().thread_caches, 0u);
}

}  // namespace
}  // namespace workbook
