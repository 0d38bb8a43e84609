// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "03_03/shared_string.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr int kThreads = 4;

// The C library keeps a few KiB for threads that have ended; a block of text is
// larger.
constexpr std::size_t kTextBytes = 64 * 1024;
constexpr std::int64_t kLess = 32 * 1024;

// Starts kThreads threads that begin at the same time, and joins them.
template <class Work>
void RunTogether(Work work) {
  std::atomic<int> ready{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&ready, &work, i] {
      ++ready;
      while (ready.load() < kThreads) std::this_thread::yield();
      work(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(Task4SharedStringThreads, CopyAndDropOneBlock) {
  const AllocationScope scope(ProbeExtent::kProcess);
  std::atomic<int> wrong{0};
  {
    const SharedString text(std::string(kTextBytes, 't'));
    RunTogether([&](int) {
      for (int round = 0; round < 20'000; ++round) {
        const SharedString copy = text;
        const SharedString part = copy.Substring(50, 10);
        if (part.view()[9] != 't') ++wrong;
      }
    });
  }
  EXPECT_EQ(wrong.load(), 0);
  EXPECT_LT(scope.Counts().live_bytes, kLess)
      << "a count that is not atomic loses owners: the block leaks, or is "
         "freed under its readers";
}

// Under ThreadSanitizer this is where a wrong memory order shows: the thread
// that frees must come after all that read.
TEST(Task4SharedStringThreads, TheLastReaderFrees) {
  const AllocationScope scope(ProbeExtent::kProcess);
  std::atomic<std::int64_t> letters{0};
  for (int round = 0; round < 100; ++round) {
    std::vector<SharedString> copies;
    SharedString text(std::string(kTextBytes, 'f'));
    for (int i = 0; i < kThreads; ++i) copies.push_back(text);
    text = SharedString();
    RunTogether([&](int i) {
      SharedString mine = std::move(copies[static_cast<std::size_t>(i)]);
      for (const char letter : mine.view().substr(0, 64)) {
        letters += letter == 'f' ? 1 : 0;
      }
      mine = SharedString();
    });
  }
  EXPECT_EQ(letters.load(), 100 * kThreads * 64);
  EXPECT_LT(scope.Counts().live_bytes, kLess);
}

}  // namespace
}  // namespace workbook
