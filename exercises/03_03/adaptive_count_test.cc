// SPDX-License-Identifier: Apache-2.0

#include "03_03/adaptive_count.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace workbook {
namespace {

// What was done to all CountingCells.
struct CellLog {
  int loads = 0;
  int stores = 0;
  int additions = 0;
  int subtractions = 0;
  std::memory_order addition_order = std::memory_order_seq_cst;
  std::memory_order subtraction_order = std::memory_order_seq_cst;

  int Locked() const { return additions + subtractions; }
};

// Counts as a std::atomic<std::size_t>, for one thread, and logs how.
class CountingCell {
 public:
  static inline CellLog log;

  CountingCell(std::size_t value) : value_(value) {}  // NOLINT: as std::atomic
  std::size_t load(std::memory_order) const {
    ++log.loads;
    return value_;
  }
  void store(std::size_t value, std::memory_order) {
    ++log.stores;
    value_ = value;
  }
  std::size_t fetch_add(std::size_t more, std::memory_order order) {
    ++log.additions;
    log.addition_order = order;
    value_ += more;
    return value_ - more;
  }
  std::size_t fetch_sub(std::size_t less, std::memory_order order) {
    ++log.subtractions;
    log.subtraction_order = order;
    value_ -= less;
    return value_ + less;
  }

 private:
  std::size_t value_;
};

// A process that starts its second thread when the test says so.
struct PlayedProcess {
  static inline bool is_single_threaded = true;
  static bool IsSingleThreaded() { return is_single_threaded; }
};

using PlayedCount = AdaptiveCount<CountingCell, PlayedProcess>;

class Task7AdaptiveCount : public testing::Test {
 protected:
  Task7AdaptiveCount() {
    CountingCell::log = {};
    PlayedProcess::is_single_threaded = true;
  }
};

TEST_F(Task7AdaptiveCount, BeginsWithOneOwner) {
  PlayedCount count;
  EXPECT_TRUE(count.Decrement());
}

TEST_F(Task7AdaptiveCount, OnlyTheLastOwnerIsTheLast) {
  for (const bool alone : {true, false}) {
    PlayedProcess::is_single_threaded = alone;
    PlayedCount count;
    for (int i = 0; i < 9; ++i) count.Increment();
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(count.Decrement()) << i;
    EXPECT_TRUE(count.Decrement());
  }
}

TEST_F(Task7AdaptiveCount, LocksNothingInAProcessOfOneThread) {
  PlayedCount count;
  for (int i = 0; i < 100; ++i) count.Increment();
  for (int i = 0; i < 100; ++i) count.Decrement();
  RecordProperty("locked_alone", std::to_string(CountingCell::log.Locked()));
  EXPECT_EQ(CountingCell::log.Locked(), 0);
  EXPECT_EQ(CountingCell::log.loads, 200);
  EXPECT_EQ(CountingCell::log.stores, 200);
}

TEST_F(Task7AdaptiveCount, LocksEachChangeOnceThereAreThreads) {
  PlayedProcess::is_single_threaded = false;
  PlayedCount count;
  for (int i = 0; i < 100; ++i) count.Increment();
  for (int i = 0; i < 100; ++i) count.Decrement();
  RecordProperty("locked_beside_threads",
                 std::to_string(CountingCell::log.Locked()));
  EXPECT_EQ(CountingCell::log.additions, 100);
  EXPECT_EQ(CountingCell::log.subtractions, 100);
  EXPECT_EQ(CountingCell::log.loads + CountingCell::log.stores, 0)
      << "a load and a store are two steps: a second thread counts in between";
}

TEST_F(Task7AdaptiveCount, UsesTheWeakestOrdersThatAreRight) {
  PlayedProcess::is_single_threaded = false;
  PlayedCount count;
  count.Increment();
  count.Decrement();
  EXPECT_EQ(CountingCell::log.addition_order, std::memory_order_relaxed);
  EXPECT_EQ(CountingCell::log.subtraction_order, std::memory_order_acq_rel);
}

TEST_F(Task7AdaptiveCount, AsksAnewEachTime) {
  PlayedCount count;
  count.Increment();
  EXPECT_EQ(CountingCell::log.Locked(), 0);
  PlayedProcess::is_single_threaded = false;
  count.Increment();
  EXPECT_EQ(CountingCell::log.additions, 1)
      << "a thread has started since the count was made";
  EXPECT_FALSE(count.Decrement());
  EXPECT_EQ(CountingCell::log.subtractions, 1);
  PlayedProcess::is_single_threaded = true;
  EXPECT_FALSE(count.Decrement());
  EXPECT_TRUE(count.Decrement());
  EXPECT_EQ(CountingCell::log.Locked(), 2);
}

TEST(Task7AdaptiveCountThreads, CountRight) {
  AdaptiveCount<> count;
  for (int i = 0; i < 1000; ++i) count.Increment();
  std::atomic<int> last{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20'000; ++round) {
        count.Increment();
        if (count.Decrement()) ++last;
      }
      for (int round = 0; round < 250; ++round) {
        if (count.Decrement()) ++last;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(last.load(), 0) << "an owner is left";
  EXPECT_TRUE(count.Decrement());
}

}  // namespace
}  // namespace workbook
