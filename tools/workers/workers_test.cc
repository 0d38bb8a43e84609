// SPDX-License-Identifier: Apache-2.0

#include "tools/workers/workers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace workbook {
namespace {

TEST(ForEach, CallsEachIndexOnce) {
  std::vector<std::atomic<int>> calls(500);
  ForEach(calls.size(), 4, [&](std::size_t i, int) { ++calls[i]; });
  EXPECT_TRUE(std::all_of(calls.begin(), calls.end(),
                          [](const auto& count) { return count == 1; }));
}

TEST(ForEach, ASlotIsOneThreadAndTheFirstIsTheCallers) {
  std::mutex mutex;
  std::set<std::pair<int, std::thread::id>> seen;
  ForEach(300, 3, [&](std::size_t, int slot) {
    const std::lock_guard lock(mutex);
    seen.insert({slot, std::this_thread::get_id()});
  });
  EXPECT_LE(seen.size(), 3u);
  for (const auto& [slot, thread] : seen) {
    EXPECT_LT(slot, 3);
    EXPECT_EQ(slot == 0, thread == std::this_thread::get_id());
  }
}

TEST(ForEach, ThrowsWhatWasThrownAndBeginsNothingMore) {
  int calls = 0;
  EXPECT_THROW(ForEach(100, 1,
                       [&](std::size_t i, int) {
                         ++calls;
                         if (i == 7) throw std::runtime_error("a full disk");
                       }),
               std::runtime_error);
  EXPECT_EQ(calls, 8);
}

TEST(ForEach, NothingToDoIsFine) {
  ForEach(0, 2, [](std::size_t, int) { FAIL(); });
}

}  // namespace
}  // namespace workbook
