// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/found_races.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"

namespace workbook::cli {
namespace {

TaskReport Racing(int number) {
  TaskReport task{.number = number,
                  .title = "A",
                  .state = TaskState::kCrashed,
                  .sentence = "two threads use it (ThreadSanitizer)",
                  .file = "exercises/03_03/text.h",
                  .line = 42};
  return task;
}

ExerciseReport Report(std::vector<TaskReport> tasks) {
  ExerciseReport report;
  report.id = "03_03";
  report.tasks = std::move(tasks);
  return report;
}

TEST(FoundRaces, AreKeptUntilTheTaskIsGreenWithThreadSanitizer) {
  const ScratchFolder folder;
  ASSERT_FALSE(KeepFoundRaces(folder.path(), Report({Racing(4), Racing(5)})));
  FoundRaces races = LoadFoundRaces(folder.path(), "03_03");
  ASSERT_EQ(races.size(), 2u);
  EXPECT_EQ(races[4].place, "exercises/03_03/text.h:42");
  EXPECT_EQ(races[4].sentence, "two threads use it (ThreadSanitizer)");
  ASSERT_FALSE(KeepFoundRaces(
      folder.path(),
      Report({{.number = 4, .title = "A", .state = TaskState::kGreen},
              {.number = 5, .title = "B", .state = TaskState::kLater}})));
  races = LoadFoundRaces(folder.path(), "03_03");
  EXPECT_FALSE(races.contains(4));
  EXPECT_TRUE(races.contains(5)) << "it was not tested";
}

TEST(FoundRaces, ARedTestAndAnotherSanitizerAreNoRace) {
  const ScratchFolder folder;
  TaskReport red = Racing(1);
  red.state = TaskState::kRed;
  TaskReport crash = Racing(2);
  crash.sentence = "memory is never freed (LeakSanitizer)";
  ASSERT_FALSE(KeepFoundRaces(folder.path(), Report({red, crash})));
  EXPECT_TRUE(LoadFoundRaces(folder.path(), "03_03").empty());
}

TEST(FoundRaces, ADamagedFileCountsAsNone) {
  const ScratchFolder folder;
  ASSERT_FALSE(KeepFoundRaces(folder.path(), Report({Racing(4)})));
  std::ofstream(folder.path() / "races" / "03_03.json")
      << "{\"schema\": 1, \"races\": [{\"task\": \"four\"}]}";
  EXPECT_TRUE(LoadFoundRaces(folder.path(), "03_03").empty());
}

}  // namespace
}  // namespace workbook::cli
