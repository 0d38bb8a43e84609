#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <thread>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

TEST(EventuallyTest, SeesWhatAnotherThreadDoes) {
  std::atomic<bool> done{false};
  std::thread other([&] { done = true; });
  EXPECT_TRUE(Eventually([&] { return done.load(); }));
  other.join();
}

TEST(EventuallyTest, AsksAtLeastOnce) {
  int asked = 0;
  EXPECT_TRUE(Eventually([&] { return ++asked == 1; }));
}

TEST(RandomTest, GivesTheSameWalkForTheSameSeedAndSalt) {
  unsetenv("WORKBOOK_SEED");
  Random first(1);
  Random again(1);
  Random other(2);
  const std::uint64_t bits = first.Bits();
  EXPECT_EQ(again.Bits(), bits);
  EXPECT_NE(other.Bits(), bits);
}

TEST(RandomTest, TakesTheSeedOfTheEnvironment) {
  setenv("WORKBOOK_SEED", "7", 1);
  Random seven(1);
  EXPECT_EQ(WalkSeed(), 7u);
  unsetenv("WORKBOOK_SEED");
  Random usual(1);
  EXPECT_NE(seven.Bits(), usual.Bits());
}

TEST(RandomTest, ReachesBothEndsOfARange) {
  Random random(3);
  std::array<int, 3> seen{};
  for (int i = 0; i < 100; ++i) ++seen[random.Between(4, 6) - 4];
  for (const int count : seen) EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace workbook
