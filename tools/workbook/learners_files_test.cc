// SPDX-License-Identifier: Apache-2.0

// The commands that read or write the learner's own files.
#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class LearnersFiles : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls
};

TEST_F(LearnersFiles, SolutionRefusesUntilSolved) {
  ExpectProblem(Run({"solution", "09_02"}), kExitRefused, "not solved yet");
  EXPECT_EQ(Run({"solution", "09_02", "--anyway"}).exit_code, kExitOk);
  Run({"check", "09_02"});
  EXPECT_NE(Run({"solution", "09_02"}).output.find("solution 09_02 green.h"),
            std::string::npos);
  const ProcessResult shown = Run({"solution", "09_02", "green.h"});
  EXPECT_EQ(shown.exit_code, kExitOk) << shown.errors;
  EXPECT_NE(shown.output.find("return 42;"), std::string::npos);
  EXPECT_EQ(shown.output.find("Todo"), std::string::npos);
  EXPECT_EQ(shown.output.find("[note]"), std::string::npos);
  ExpectProblem(Run({"solution", "09_02", "../../WORKSPACE"}), kExitUsage,
                "is not a file of 09_02");
  ExpectProblem(Run({"solution", "09_01", "--anyway"}), kExitEnvironment,
                "comes without solutions");
}

TEST_F(LearnersFiles, ResetAsksKeepsABackupAndBringsTheStubBack) {
  const std::string file = "exercises/09_02/green.h";
  const std::string mine = Read(file);
  ExpectProblem(Run({"reset", "09_02"}), kExitRefused, "Add --yes");
  EXPECT_EQ(Read(file), mine) << "a refused reset touches nothing";
  const ProcessResult done = Run({"reset", "09_02", "--yes"});
  EXPECT_EQ(done.exit_code, kExitOk) << done.errors;
  EXPECT_NE(Read(file).find("Todo(\"09_02 task 1: Answer\")"),
            std::string::npos);
  std::smatch backup;
  ASSERT_TRUE(std::regex_search(done.output, backup,
                                std::regex("(\\.workbook/backups/[^ ]*)\\.\n")))
      << done.output;
  EXPECT_EQ(Read(backup[1].str() + "/" + file), mine);
  EXPECT_NE(Run({"reset", "09_02", "--yes"}).output.find("nothing to reset"),
            std::string::npos);
}

TEST_F(LearnersFiles, ResetOfATaskSpeaksOfThatTask) {
  EXPECT_NE(Run({"reset", "09_02", "--task", "1", "--yes"})
                .output.find("Task 1 of 09_02 is as it was"),
            std::string::npos);
  EXPECT_NE(Run({"reset", "09_02", "--task", "1", "--yes"})
                .output.find("Task 1 of 09_02 is as it was at the beginning; "
                             "nothing to reset."),
            std::string::npos);
}

TEST_F(LearnersFiles, ResetTouchesNothingWhereOneStubCannotBeMade) {
  const std::string before = Read("exercises/09_01/green.h");
  ExpectProblem(Run({"reset", "09_01", "--yes"}), kExitEnvironment,
                "the pristine file cannot be made");
  EXPECT_EQ(Read("exercises/09_01/green.h"), before);
}

TEST_F(LearnersFiles, ResetBringsADeletedFileBack) {
  fs::remove(root() / "exercises/09_02/green.h");
  const ProcessResult check = Run({"check", "09_02"});
  EXPECT_NE(check.output.find("the file is missing"), std::string::npos)
      << check.output;
  EXPECT_EQ(Run({"reset", "09_02", "--yes"}).exit_code, kExitOk);
  EXPECT_NE(Read("exercises/09_02/green.h").find("Todo"), std::string::npos);
}

TEST_F(LearnersFiles, DiffRefusesUntilSolvedThenShowsBothSides) {
  ExpectProblem(Run({"diff", "09_02"}), kExitRefused, "not solved yet");
  Run({"check", "09_02"});
  Write("exercises/09_02/green.h",
        Read("exercises/09_02/green.h") + "// mine alone\n");
  const ProcessResult result = Run({"diff", "09_02"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_EQ(Read(".workbook/reference/09_02/green.h").find("[note]"),
            std::string::npos);
  ExpectProblem(Run({"diff", "09_01", "--anyway"}), kExitEnvironment,
                "the reference cannot be shown");
}

TEST_F(LearnersFiles, IdeWritesOnlyTheChosenExerciseAndSparesTheLearnersFiles) {
  Write(".vscode/tasks.json", "{\"mine\": true}");
  ASSERT_EQ(Run({"ide", "09_02"}).exit_code, kExitOk);
  const Json commands = Json::parse(Read("compile_commands.json"));
  ASSERT_FALSE(commands.empty());
  for (const Json& command : commands) {
    EXPECT_TRUE(
        command["file"].get<std::string>().starts_with("exercises/09_02/"))
        << command.dump();
  }
  EXPECT_EQ(Read(".vscode/tasks.json"), "{\"mine\": true}");
  EXPECT_TRUE(
      Json::parse(Read(".vscode/workbook.tasks.json")).contains("tasks"));
  Run({"ide", "09_01"});
  EXPECT_EQ(Read(".vscode/workbook.launch.json"), "(no such file)")
      << "our own file is written anew";
}

TEST_F(LearnersFiles, IdeKnowsAllExercisesAndTheEditors) {
  const ProcessResult result = Run({"ide", "--all"});
  ASSERT_EQ(result.exit_code, kExitOk) << result.errors;
  for (const char* word : {"VS Code: ", "CLion: ", "Neovim: "}) {
    EXPECT_NE(result.output.find(word), std::string::npos) << word;
  }
  std::set<std::string> folders;
  for (const Json& command : Json::parse(Read("compile_commands.json"))) {
    folders.insert(command["file"].get<std::string>().substr(0, 15));
    const std::string text = command["arguments"].dump();
    EXPECT_NE(text.find("googlemock/include"), std::string::npos) << text;
  }
  EXPECT_TRUE(folders.contains("exercises/09_01"));
  EXPECT_TRUE(folders.contains("exercises/09_02"));
}

TEST_F(LearnersFiles, ATaskWithAPageOfItsOwnIsReadThere) {
  const std::string page = "chapters/09_samples/09_01_2_red.md";
  Write(page, "# 09_01 task 2\n\n## 2. The red task\n");
  const std::string told = Run({"check", "09_01"}).output;
  EXPECT_NE(told.find("  read   " + page + ":3 (section 2)\n"),
            std::string::npos)
      << told;
  const Json tasks =
      Json::parse(Run({"check", "09_01", "--json"}).output)["tasks"];
  EXPECT_EQ(tasks[0]["page"], "chapters/09_samples/09_01.md");
  EXPECT_EQ(tasks[1]["page"], page);
  EXPECT_EQ(tasks[1]["page_line"], 3);
  fs::remove_all(root() / "solutions");
  for (int level = 0; level < 4; ++level) Run({"hint", "09_01", "2"});
  const std::string last = Run({"hint", "09_01", "2"}).output;
  EXPECT_NE(last.find("The page says more: " + page), std::string::npos)
      << last;
}

// A copy that was made for a class.
TEST_F(LearnersFiles, NoCommandIsOfferedThatHasNothingToShow) {
  EXPECT_NE(Run({"check", "09_02"}).output.find("workbook solution"),
            std::string::npos);
  fs::remove_all(root() / "solutions");
  const std::string green = Run({"check", "09_02"}).output;
  EXPECT_NE(green.find("All tasks are green."), std::string::npos);
  EXPECT_EQ(green.find("solution"), std::string::npos) << green;
  EXPECT_EQ(green.find("reference"), std::string::npos) << green;
  for (int level = 0; level < 4; ++level) Run({"hint", "09_01", "2"});
  const std::string last = Run({"hint", "09_01", "2"}).output;
  EXPECT_NE(last.find("That was the last. The page says more: chapters/"),
            std::string::npos)
      << last;
}

}  // namespace
}  // namespace workbook::cli
