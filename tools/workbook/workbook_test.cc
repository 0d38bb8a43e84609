// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course: the way from exercise to exercise.
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class Workbook : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls
};

TEST_F(Workbook, CheckOfAGreenExerciseIsZeroAndSolvesIt) {
  const ProcessResult result = Run({"check", "09_02"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("All tasks are green."), std::string::npos);
  EXPECT_NE(Read(".workbook/progress").find("solved 09_02 "),
            std::string::npos);
}

// 09_01 with one core task, which is green, and eleven deep ones, which are
// not.
void MakeOneTaskCore(const SampleWorkbook& workbook) {
  const std::string file = "exercises/09_01/exercise.toml";
  std::string text = workbook.Read(file);
  const std::string core = "level = \"core\"";
  std::size_t at = text.find(core) + core.size();
  while ((at = text.find(core, at)) != std::string::npos) {
    text.replace(at, core.size(), "level = \"deep\"");
  }
  workbook.Write(file, text);
}

TEST_F(Workbook, GreenCoreTasksSolveAnExerciseAndDeepOnesAreLeft) {
  MakeOneTaskCore(*this);
  const ProcessResult check = Run({"check", "09_01"});
  EXPECT_NE(
      check.output.find("1 of 1 core tasks, 0 of 11 deep tasks (+) green"),
      std::string::npos)
      << check.output;
  EXPECT_NE(check.output.find("Solved: all core tasks are green."),
            std::string::npos);
  EXPECT_NE(check.output.find("11 deep tasks are left. Task 2: "),
            std::string::npos)
      << check.output;
  const std::string progress = Read(".workbook/progress");
  EXPECT_NE(progress.find("solved 09_01 "), std::string::npos);
  EXPECT_EQ(progress.find("mastered"), std::string::npos);
  EXPECT_NE(Run({"list"}).output.find("solved, 0 of 11 deep tasks"),
            std::string::npos);
  EXPECT_NE(Run({"progress"}).output.find("\ns 09_01  1/1    0/11   "),
            std::string::npos);
  const std::string next = Run({"next"}).output;
  EXPECT_NE(next.find("09_02 All green"), std::string::npos) << next;
  EXPECT_NE(next.find("deep   of 09_01, 11 tasks are left: ./workbook check "
                      "09_01"),
            std::string::npos)
      << next;
  Run({"check", "09_02"});
  const std::string all = Run({"next"}).output;
  EXPECT_NE(all.find("All 2 exercises are solved."), std::string::npos) << all;
  EXPECT_NE(all.find("Deep tasks that are left: 11."), std::string::npos);
  const Json json = Json::parse(Run({"progress", "--json"}).output);
  EXPECT_EQ(json["exercises"][0]["solved"], true);
  EXPECT_EQ(json["exercises"][0]["mastered"], false);
  EXPECT_EQ(json["exercises"][1]["mastered"], true);
}

TEST_F(Workbook, MasteredIsKeptAndListed) {
  Run({"check", "09_02"});
  const std::string progress = Read(".workbook/progress");
  EXPECT_TRUE(progress.starts_with("memory-workbook progress 1.1\n"));
  EXPECT_NE(progress.find("mastered 09_02 "), std::string::npos);
  EXPECT_NE(Run({"list", "mastered"}).output.find("09_02"), std::string::npos);
  EXPECT_NE(Run({"progress"}).output.find("\nm 09_02  1/1    0/0    "),
            std::string::npos);
}

TEST_F(Workbook, AProgressFileFromBeforeLevelsKnowsWhatIsMastered) {
  Write(".workbook/progress",
        "memory-workbook progress 1\ntask 09_02 1 green 2 2\n"
        "solved 09_02 2026-11-21T09:00:00Z\n");
  const Json json = Json::parse(Run({"list", "--json"}).output);
  EXPECT_EQ(json["exercises"][1]["mastered"], true);
}

TEST_F(Workbook, CheckSpeaksJson) {
  const ProcessResult result = Run({"check", "09_01", "--json"});
  EXPECT_EQ(result.exit_code, kExitDoesNotBuild);
  const Json json = Json::parse(result.output);
  EXPECT_EQ(json["exercise"], "09_01");
  EXPECT_EQ(json["exit_code"], kExitDoesNotBuild);
  EXPECT_EQ(json["green_tasks"], 1);
  ASSERT_EQ(json["tasks"].size(), 12u);
  EXPECT_EQ(json["solved"], false);
  EXPECT_EQ(json["mastered"], false);
  EXPECT_EQ(json["tasks"][2]["level"], "core");
  EXPECT_EQ(json["tasks"][2]["minutes"], 2);
  EXPECT_EQ(json["tasks"][5]["level"], "deep");
  EXPECT_EQ(json["tasks"][2]["state"], "to write");
  EXPECT_EQ(json["tasks"][2]["file"], "exercises/09_01/unwritten.h");
  EXPECT_EQ(json["tasks"][4]["waits_for"], 4);
  EXPECT_EQ(json["tasks"][7]["state"], "no report");
}

TEST_F(Workbook, StartGreetsOnceAndIsZeroWhateverIsRed) {
  ProcessResult result = Run({});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_NE(result.output.find("Welcome"), std::string::npos);
  EXPECT_NE(result.output.find("0 of 2 exercises solved"), std::string::npos);
  EXPECT_NE(result.output.find("chapters/09_samples/09_01.md"),
            std::string::npos);
  EXPECT_NE(result.output.find("./workbook hint 09_01 1"), std::string::npos);
  result = Run({"start"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_EQ(result.output.find("Welcome"), std::string::npos);
}

TEST_F(Workbook, ListAndProgressShowWhatCheckFound) {
  Run({"check", "09_02"});
  Run({"check", "09_01"});
  const ProcessResult list = Run({"list"});
  EXPECT_EQ(list.exit_code, kExitOk);
  EXPECT_NE(list.output.find("> 09_01"), std::string::npos) << list.output;
  EXPECT_NE(list.output.find("1 of 5 core tasks"), std::string::npos);
  EXPECT_NE(list.output.find("16 min +  35 deep"), std::string::npos)
      << list.output;
  EXPECT_NE(list.output.find("solved"), std::string::npos);
  const Json json = Json::parse(Run({"progress", "--json"}).output);
  EXPECT_EQ(json["current"], "09_01");
  EXPECT_EQ(json["exercises"][1]["solved"], true);
  EXPECT_EQ(json["exercises"][0]["minutes"], 16);
  EXPECT_EQ(json["exercises"][0]["deep_minutes"], 35);
  EXPECT_EQ(json["exercises"][0]["tasks"][0]["green"], true);
  const ProcessResult progress = Run({"progress"});
  EXPECT_NE(progress.output.find("\n  09_01  1/5    0/7    "),
            std::string::npos)
      << progress.output;
  EXPECT_EQ(Json::parse(Run({"list", "--json"}).output), json);
}

TEST_F(Workbook, NextStaysUntilSolvedOrSkipped) {
  Run({"check", "09_01"});
  EXPECT_NE(Run({"next"}).output.find("not solved yet"), std::string::npos);
  EXPECT_NE(Run({"next", "--skip"}).output.find("09_02 All green"),
            std::string::npos);
  EXPECT_NE(Read(".workbook/progress").find("current 09_02"),
            std::string::npos);
  Run({"check"});
  EXPECT_NE(Run({"next"}).output.find("09_01 Every way"), std::string::npos);
}

TEST_F(Workbook, HintsComeLevelByLevelAndAreRemembered) {
  EXPECT_NE(Run({"hint", "09_01", "2"}).output.find("Task 2, hint 1."),
            std::string::npos);
  EXPECT_NE(Run({"hint", "2"}).output.find("Task 2, hint 2."),
            std::string::npos)
      << "a task of the current exercise";
  EXPECT_NE(Run({"hint", "2", "--again"}).output.find("Task 2, hint 2."),
            std::string::npos);
  Run({"hint", "2"});
  const ProcessResult last = Run({"hint", "2"});
  EXPECT_NE(last.output.find("Task 2, hint 3."), std::string::npos);
  EXPECT_NE(last.output.find("That was the last"), std::string::npos);
  ExpectProblem(Run({"hint", "09_01", "13"}), kExitUsage,
                "09_01 has no task 13");
  ExpectProblem(Run({"hint", "09_01", "9"}), kExitEnvironment,
                "there are no hints for task 9");
}

// Two blocks for task 1 of 09_01's sixth test, which crashes.
constexpr char kBlocks[] =
    "## Task 1 · Task1Green: nothing is red\n\n1. a\n2. b\n"
    "3. ```cpp\n   c;\n   ```\n\n"
    "## Task 6 · Task6Other: something else\n\n1. d\n2. e\n"
    "3. ```cpp\n   f;\n   ```\n\n"
    "## Task 6 · WritesThroughNull: it stops at once\n\n1. Which pointer?\n"
    "2. Ask first.\n3. ```cpp\n   if (p != nullptr) *p = 1;\n   ```\n";

TEST_F(Workbook, HintsAreThoseOfTheFirstRedTest) {
  Write("exercises/09_01/hints.md", kBlocks);
  const std::string unchecked = Run({"hint", "09_01", "6"}).output;
  EXPECT_NE(unchecked.find("hint 1 of 3: something else\n\nd\n"),
            std::string::npos)
      << "nothing was checked: the first block\n"
      << unchecked;
  Run({"check", "09_01"});
  EXPECT_NE(Read(".workbook/progress")
                .find("red 09_01 6 Task6Crashing.WritesThroughNull\n"),
            std::string::npos)
      << Read(".workbook/progress");
  const std::string first = Run({"hint", "6"}).output;
  EXPECT_NE(first.find("09_01 task 6, hint 1 of 3: it stops at once\n\n"
                       "Which pointer?\n"),
            std::string::npos)
      << first;
  EXPECT_NE(Run({"hint", "6"}).output.find("\nAsk first.\n"),
            std::string::npos);
  const std::string last = Run({"hint", "6"}).output;
  EXPECT_NE(last.find("```cpp\nif (p != nullptr) *p = 1;\n```\n"),
            std::string::npos)
      << last;
  EXPECT_NE(last.find("That was the last"), std::string::npos);
  EXPECT_NE(Read(".workbook/progress").find("block 09_01 6 Task6Other 1\n"),
            std::string::npos)
      << "each block is remembered by itself";
  const Json json = Json::parse(Run({"progress", "--json"}).output);
  EXPECT_EQ(json["exercises"][0]["tasks"][5]["hints_shown"], 4);
}

TEST_F(Workbook, ListFindsByTitleAndState) {
  Run({"check", "09_02"});
  ProcessResult result = Run({"list", "solved"});
  EXPECT_NE(result.output.find("09_02"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("09_01"), std::string::npos);
  result = Run({"list", "EVERY WAY"});
  EXPECT_NE(result.output.find("09_01"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("09_02"), std::string::npos);
  ExpectProblem(Run({"list", "nothing like it"}), kExitUsage, "no exercise");
}

TEST_F(Workbook, ProgressCountsTheMinutesLeftOfAChapter) {
  Run({"check", "09_02"});
  const ProcessResult result = Run({"progress"});
  EXPECT_NE(result.output.find("  1 of 6 core tasks, about 16 min left"),
            std::string::npos)
      << result.output;
}

TEST_F(Workbook, DoctorHasAMendForEachLack) {
  const ProcessResult result = Run({"doctor", "--json"});
  const Json findings = Json::parse(result.output);
  ASSERT_GE(findings.size(), 10u);
  for (const Json& finding : findings) {
    EXPECT_EQ(finding["health"] == "good", finding["fix"] == "")
        << finding.dump();
  }
  set_bazel("/nowhere/bazel");
  const ProcessResult broken = Run({"doctor"});
  EXPECT_EQ(broken.exit_code, kExitEnvironment) << broken.output;
  EXPECT_NE(broken.output.find("fix: ./workbook setup"), std::string::npos);
}

TEST_F(Workbook, WatchWithoutATerminalPrintsPlainLinesAndEnds) {
  const ProcessResult result = Run({"watch", "09_02", "--checks", "1"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_EQ(result.output.find('\x1b'), std::string::npos);
  EXPECT_NE(result.output.find("watching exercises/09_02"), std::string::npos);
}

TEST_F(Workbook, SaysWhenBazelIsMissingOrGivesUp) {
  set_fake_bazel("gives_up");
  const ProcessResult gave_up = Run({"check", "09_01"});
  ExpectProblem(gave_up, kExitEnvironment, "Bazel gave up");
  EXPECT_NE(gave_up.errors.find("sqlite3 is not installed"), std::string::npos);
  EXPECT_EQ(Run({"watch", "09_01", "--checks", "1"}).exit_code,
            kExitEnvironment);
  set_bazel("/nowhere/bazel");
  ExpectProblem(Run({"check", "09_01"}), kExitEnvironment,
                "Bazel did not start");
}

TEST_F(Workbook, KeepsADamagedProgressFileAside) {
  Write(".workbook/progress",
        "memory-workbook progress 1\ncurrent 09_02\n\x01");
  const ProcessResult result = Run({"list"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.errors.find("progress.damaged-1"), std::string::npos)
      << result.errors;
  EXPECT_NE(result.output.find("> 09_02"), std::string::npos)
      << "what could be read is kept";
  EXPECT_EQ(Run({"list"}).errors, "");
}

TEST_F(Workbook, NamesAManifestThatCannotBeReadAndGoesOn) {
  Write("exercises/09_02/exercise.toml", "id = \"09_02\"\nminutes = \"few\"\n");
  const ProcessResult result = Run({"list"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.errors.find("exercises/09_02/exercise.toml:2"),
            std::string::npos)
      << result.errors;
  EXPECT_NE(result.output.find("09_01"), std::string::npos);
}

TEST_F(Workbook, PrintsNoColoursIntoAPipe) {
  EXPECT_EQ(Run({"check", "09_01"}).output.find('\x1b'), std::string::npos);
  EXPECT_EQ(Run({"list"}).output.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
