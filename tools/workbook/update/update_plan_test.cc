// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/update_plan.h"

#include <fstream>
#include <map>
#include <optional>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

using Text = std::optional<std::string>;

// The action for one file with these texts; none where it is not in the plan.
std::optional<FileAction> Action(const std::string& path, bool owned, Text base,
                                 Text mine, Text theirs, bool has_base = true) {
  const ScratchFolder scratch;
  UpdateTrees trees{.mine = scratch.path() / "mine",
                    .theirs = scratch.path() / "theirs",
                    .base = std::nullopt,
                    .owned = {}};
  if (has_base) trees.base = scratch.path() / "base";
  if (owned) trees.owned.insert(path);
  for (const auto& [name, text] : std::map<std::string, Text>{
           {"base", base}, {"mine", mine}, {"theirs", theirs}}) {
    const fs::path file = scratch.path() / name / path;
    fs::create_directories(file.parent_path());
    if (text) std::ofstream(file) << *text;
  }
  const auto plan = PlanUpdate(trees);
  if (plan.empty()) return std::nullopt;
  EXPECT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].owned, owned);
  return plan[0].action;
}

constexpr const char* kMine = "exercises/01_02/pool.h";
constexpr const char* kTest = "exercises/01_02/pool_test.cc";
constexpr const char* kTool = "tools/workbook/main.cc";

TEST(UpdatePlan, NeverWritesOverALearnersSource) {
  EXPECT_EQ(Action(kMine, true, "1", "mine", "2"), FileAction::kKeep);
  EXPECT_EQ(Action(kMine, true, "1", "mine", std::nullopt), FileAction::kLeave);
  EXPECT_EQ(Action(kMine, true, std::nullopt, "mine", "2"), FileAction::kKeep);
  EXPECT_EQ(Action(kMine, true, {}, "mine", "2", false), FileAction::kKeep);
}

TEST(UpdatePlan, BringsAStubThatNobodyBegan) {
  EXPECT_EQ(Action(kMine, true, "1", "1", "2"), FileAction::kWrite);
  EXPECT_EQ(Action(kMine, true, "1", std::nullopt, "2"), FileAction::kWrite);
  EXPECT_EQ(Action(kMine, true, "1", "1", std::nullopt), FileAction::kRemove);
}

TEST(UpdatePlan, BringsTestsAndBacksUpEditsOfThem) {
  EXPECT_EQ(Action(kTest, false, "1", "1", "2"), FileAction::kWrite);
  EXPECT_EQ(Action(kTest, false, "1", "mine", "2"), FileAction::kReplace);
  EXPECT_EQ(Action(kTest, false, {}, "mine", "2", false), FileAction::kReplace);
  EXPECT_EQ(Action(kTest, false, "1", "1", std::nullopt), FileAction::kRemove);
  EXPECT_EQ(Action(kTest, false, "1", "mine", std::nullopt),
            FileAction::kLeave);
}

TEST(UpdatePlan, RefusesWhereBothChangedAFileOutsideTheCourse) {
  EXPECT_EQ(Action(kTool, false, "1", "mine", "2"), FileAction::kRefuse);
  EXPECT_EQ(Action(kTool, false, std::nullopt, "mine", "2"),
            FileAction::kRefuse);
  EXPECT_EQ(Action(kTool, false, "1", "1", "2"), FileAction::kWrite);
}

TEST(UpdatePlan, LeavesAloneWhatUpstreamDidNotChange) {
  for (const bool owned : {true, false}) {
    EXPECT_EQ(Action(kMine, owned, "1", "mine", "1"), std::nullopt);
    EXPECT_EQ(Action(kMine, owned, "1", std::nullopt, "1"), std::nullopt);
    EXPECT_EQ(Action(kMine, owned, std::nullopt, "mine", std::nullopt),
              std::nullopt);
  }
}

TEST(UpdatePlan, HasNothingToDoForWhatIsThereAlready) {
  EXPECT_EQ(Action(kTest, false, "1", "2", "2"), FileAction::kNothing);
  EXPECT_EQ(Action(kMine, true, "1", "2", "2"), FileAction::kNothing);
  EXPECT_EQ(Action(kTest, false, {}, "2", "2", false), std::nullopt);
}

TEST(UpdatePlan, SeesTheRightToExecute) {
  const ScratchFolder scratch;
  for (const char* name : {"mine", "theirs"}) {
    fs::create_directories(scratch.path() / name);
    std::ofstream(scratch.path() / name / "workbook") << "#!/bin/sh\n";
  }
  fs::permissions(scratch.path() / "theirs/workbook", fs::perms::owner_exec,
                  fs::perm_options::add);
  const auto plan = PlanUpdate({.mine = scratch.path() / "mine",
                                .theirs = scratch.path() / "theirs",
                                .base = std::nullopt,
                                .owned = {}});
  ASSERT_EQ(plan.size(), 1u);
  EXPECT_EQ(plan[0].action, FileAction::kReplace);
}

TEST(ExerciseOf, KnowsAnExercisesPlaces) {
  EXPECT_EQ(ExerciseOf("exercises/01_02/pool.h"), "01_02");
  EXPECT_EQ(ExerciseOf("solutions/01_02/mutants/a.patch"), "01_02");
  EXPECT_EQ(ExerciseOf("chapters/01_allocators/01_02.md"), "01_02");
  EXPECT_EQ(ExerciseOf("chapters/02_allocation/02_02_costs.md"), "02_02");
  EXPECT_EQ(ExerciseOf("exercises/README.md"), "");
  EXPECT_EQ(ExerciseOf("tools/workbook/main.cc"), "");
}

}  // namespace
}  // namespace workbook::cli
