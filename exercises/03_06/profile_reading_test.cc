#include "03_06/profile_reading.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "exercises/03_06/testing/testdata.h"

namespace workbook {
namespace {

TEST(Task5Costliest, NeedsNoOrder) {
  const std::vector<ProfileLine> lines = {{"a", 10}, {"b", 70}, {"c", 20}};
  EXPECT_EQ(Costliest(lines), "b");
  EXPECT_EQ(Costliest({}), "");
}

TEST(Task5ShareOf, IsOfAllLines) {
  const std::vector<ProfileLine> lines = {
      {"malloc", 30}, {"main", 100}, {"operator new", 30}, {"malloc_hook", 40}};
  EXPECT_DOUBLE_EQ(ShareOf(lines, "malloc"), 0.35) << "70 of 200";
  EXPECT_EQ(ShareOf(lines, "free"), 0);
  EXPECT_EQ(ShareOf({}, "free"), 0);
}

TEST(Task5BusiestCaller, SubtractsTheOwnCost) {
  const std::vector<ProfileLine> self = {{"app::Work", 950}, {"app::Ask", 10}};
  const std::vector<ProfileLine> inclusive = {{"app::Work", 1000},
                                              {"app::Ask", 400}};
  EXPECT_EQ(BusiestCaller(self, inclusive, "app::"), "app::Ask")
      << "Work spends 50 in others, Ask 390";
}

TEST(Task5BusiestCaller, LooksOnlyAtNamesWithThePart) {
  const std::vector<ProfileLine> self = {{"app::Ask", 10}};
  const std::vector<ProfileLine> inclusive = {
      {"(below main)", 5000}, {"app::Ask", 400}, {"app::Unlisted", 20}};
  EXPECT_EQ(BusiestCaller(self, inclusive, "app::"), "app::Ask");
  EXPECT_EQ(BusiestCaller(self, inclusive, "Unlisted"), "app::Unlisted")
      << "what `self` does not list costs nothing itself";
  EXPECT_EQ(BusiestCaller(self, inclusive, "other::"), "");
}

TEST(Task5Peak, CountsTheExtraBytes) {
  const std::vector<MassifSnapshot> snapshots = {
      {1, 100, 10}, {2, 200, 16}, {3, 190, 90}, {4, 190, 90}};
  EXPECT_EQ(Peak(snapshots).instructions, 3)
      << "280 bytes; the second snapshot has 216";
}

TEST(Task5OverheadShare, IsTheAllocatorsPart) {
  EXPECT_DOUBLE_EQ(OverheadShare({1, 300, 100}), 0.25);
}

}  // namespace
}  // namespace workbook
