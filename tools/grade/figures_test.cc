// SPDX-License-Identifier: Apache-2.0

// Figures that can't be are flagged, and others are not.
#include "tools/grade/figures.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/grade/flags.h"

namespace workbook::grade {
namespace {

using Flags = std::vector<std::string>;

class Figures : public testing::Test {
 protected:
  Figures() {
    plan_.tasks.resize(1);
    plan_.tasks[0].number = 1;
    plan_.tasks[0].instructions = 1000;
    plan_.tasks[0].costs["Task1.A"] = {2, 64, 64};
    result_.tasks.resize(1);
    result_.tasks[0].number = 1;
    result_.tasks[0].instructions = 900;
    result_.tasks[0].tests = {
        {"Task1.A", TestState::kPassed, "", false, {2, 64, 64}}};
  }
  TaskResult& task() { return result_.tasks[0]; }
  TestVerdict& test() { return result_.tasks[0].tests[0]; }
  Flags Found() const { return ImpossibleFigures(plan_, result_); }

  Plan plan_;
  Result result_;
};

TEST_F(Figures, OfAnHonestRunAreNotFlagged) {
  EXPECT_EQ(Found(), Flags{});
  test().cost = {1, 8, 8};
  task().instructions = 100;
  EXPECT_EQ(Found(), Flags{});
}

TEST_F(Figures, GreenWithoutAnInstruction) {
  task().instructions = 0;
  EXPECT_EQ(Found(),
            Flags{"impossible: task 1 is green and has no instructions"});
  test().state = TestState::kFailed;
  EXPECT_EQ(Found(), Flags{});
}

TEST_F(Figures, UnderATenthOfTheReference) {
  task().instructions = 99;
  EXPECT_EQ(Found(), Flags{"impossible: task 1 has under a tenth of the "
                           "reference's instructions"});
  plan_.tasks[0].instructions = 0;
  EXPECT_EQ(Found(), Flags{});
}

TEST_F(Figures, FewerAllocationsThanAnEmptyTest) {
  test().cost = {0, 0, 0};
  EXPECT_EQ(Found().size(), 1u);
  test().cost = {1, 8, 16};
  EXPECT_EQ(Found(), Flags{"impossible: Task1.A held more bytes at once than "
                           "it allocated in all"});
  test().state = TestState::kFailed;
  EXPECT_EQ(Found(), Flags{});
}

TEST_F(Figures, WhereTheReferenceIsNotCountedEither) {
  test().cost = {0, 0, 0};
  plan_.tasks[0].costs["Task1.A"] = {0, 0, 0};
  EXPECT_EQ(Found(), Flags{});
  plan_.tasks[0].costs.clear();
  EXPECT_EQ(Found(), Flags{});
}

TEST_F(Figures, PassedWithAMessage) {
  test().message = "Expected: 1";
  EXPECT_EQ(Found(),
            Flags{"impossible: Task1.A passed, with a message of failure"});
}

TEST_F(Figures, PassedAndThenFailed) {
  task().instructions = 0;
  task().failed_when_counted = true;
  EXPECT_EQ(Found(), Flags{"impossible: task 1 passed its tests, and failed "
                           "them when they were counted"});
}

TEST(Flags, SayWhatToLookAt) {
  EXPECT_EQ(KindOf("impossible: task 1"), FlagKind::kFigure);
  EXPECT_EQ(KindOf("a test calls f, which"), FlagKind::kTest);
  EXPECT_EQ(KindOf("a header declares std::less"), FlagKind::kTest);
  EXPECT_EQ(KindOf("ring.cc mentions /proc"), FlagKind::kReach);
  EXPECT_EQ(KindOf("observations differ: Task1.A"), FlagKind::kValue);
  EXPECT_EQ(KindOf("calls mmap"), FlagKind::kCall);
}

}  // namespace
}  // namespace workbook::grade
