// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course: the order that learners are led in, and
// the task that they are at.
#include <chrono>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class Way : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  void LeadThrough(const std::string& ids) const {
    Write("exercises/way.toml", "way = [" + ids + "]\n");
  }

  // The learner saves `file` of 09_01 with one more line, later than any other:
  // two files that are written at once may have the same time.
  void Save(const std::string& file) {
    const std::string path = "exercises/09_01/" + file;
    Write(path, Read(path) + "// mine\n");
    std::filesystem::last_write_time(
        root() / path, std::filesystem::file_time_type::clock::now() +
                           std::chrono::minutes(++saves_));
  }

  // The same where what lies there is the stub.
  void SaveFirst(const std::string& file) {
    Write("exercises/09_01/before/" + file, Read("exercises/09_01/" + file));
    Save(file);
  }

 private:
  int saves_ = 0;
};

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

TEST_F(Way, DecidesTheOrderOfEveryCommand) {
  LeadThrough("\"08_08\", \"09_02\", \"09_01\"");
  ExpectHas(Run({}).output, "You are at 09_02 All green");
  const std::string list = Run({"list"}).output;
  const std::string progress = Run({"progress"}).output;
  for (const std::string& text : {list, progress}) {
    EXPECT_LT(text.find("09_02"), text.find("09_01")) << text;
    EXPECT_EQ(text.find("08_08"), std::string::npos)
        << "an exercise that is not there is never named\n"
        << text;
  }
  const Json json = Json::parse(Run({"list", "--json"}).output);
  EXPECT_EQ(json["exercises"][0]["id"], "09_02");
  Run({"check"});
  ExpectHas(Run({"next"}).output, "09_01 Every way to stand");
}

TEST_F(Way, IsTheOrderOfNumbersWithoutAFile) {
  ExpectHas(Run({}).output, "You are at 09_01 Every way");
}

TEST_F(Way, ABadFileIsToldWithItsLineAndCommandsGoOn) {
  Write("exercises/way.toml", "way = [\n  \"09_02\",\n  \"9_1\",\n]\n");
  const ProcessResult result = Run({"list"});
  EXPECT_EQ(result.exit_code, kExitOk);
  ExpectHas(result.errors,
            "workbook: exercises/way.toml:3: way holds \"9_1\", which is not "
            "an id. Fix: ");
  EXPECT_LT(result.output.find("09_02"), result.output.find("09_01"))
      << "the steps that are right are kept";
}

TEST_F(Way, WelcomesInFourLines) {
  LeadThrough("\"09_02\"");
  const std::string output = Run({}).output;
  const auto lines = SplitLines(output);
  ASSERT_GE(lines.size(), 5u);
  EXPECT_TRUE(lines[0].starts_with("Welcome to the Memory Workbook"));
  EXPECT_EQ(lines[2],
            "The first task takes about 5 minutes: 09_02 task 1, The green "
            "task.");
  EXPECT_EQ(lines[3],
            "You can take any exercise at any time: ./workbook list shows "
            "all.");
  EXPECT_EQ(lines[4], "");
}

TEST_F(Way, NextStaysWithTheTaskThatWasEditedLast) {
  SaveFirst("unwritten.h");
  SaveFirst("endless.h");
  ExpectHas(Run({"check", "09_01"}).output, "\nNext: task 7: ");
  ExpectHas(Run({"next"}).output,
            "go on  ./workbook check 09_01 7  (The endless task)");
  ExpectProblem(Run({"hint"}), kExitEnvironment,
                "there are no hints for task 7");
  Save("unwritten.h");
  ExpectHas(Run({"start"}).output, "\nNext: task 3: ");
  ExpectHas(Run({"hint"}).output,
            "09_01 task 3, hint 1 of 3: The unwritten task");
}

TEST_F(Way, AGreenTaskThatWasEditedLastDecidesNothing) {
  SaveFirst("green.h");
  ExpectHas(Run({"check", "09_01"}).output, "\nNext: task 2: ");
}

TEST_F(Way, AFileThatIsItsStubDecidesNothing) {
  SaveFirst("endless.h");
  Write("exercises/09_01/before/endless.h", Read("exercises/09_01/endless.h"));
  ExpectHas(Run({"check", "09_01"}).output, "\nNext: task 2: ");
}

TEST_F(Way, AnEditedTaskThatWaitsLeadsToTheOneItNeeds) {
  SaveFirst("blocked.h");
  ExpectHas(Run({"check", "09_01"}).output, "\nNext: task 4: ");
}

// A Bazel that notes what it was asked for.
class Begin : public Way {
 protected:
  Begin() {
    const std::string script = (root() / "noting_bazel.sh").string();
    Write("noting_bazel.sh",
          "#!/bin/sh\necho \"$*\" >>" + (root() / "asked").string() +
              "\nexec " + (data() / "fake_bazel.sh").string() + " \"$@\"\n");
    std::filesystem::permissions(script, std::filesystem::perms::owner_all);
    set_bazel(script);
  }

  std::string Asked() const { return Read("asked"); }
};

TEST_F(Begin, TheFirstStartBuildsNothingAndSaysWhatToOpen) {
  const std::string output = Run({}).output;
  ExpectHas(output, "\nNext: task 1: open exercises/09_01/green.h and begin\n");
  EXPECT_EQ(Asked(), "(no such file)");
  const std::string again = Run({}).output;
  EXPECT_EQ(again.find("Welcome"), std::string::npos);
}

TEST_F(Begin, ATodoIsWhereTheLearnerBegins) {
  Write("exercises/09_01/green.h",
        "int F() {\n  Todo(\"09_01 task 1: F\");\n}\n");
  ExpectHas(Run({}).output, "open exercises/09_01/green.h:2 and begin");
}

TEST_F(Begin, TheFirstCheckTestsTheFirstTaskAlone) {
  const ProcessResult first = RunAsTyped({"check", "09_01"});
  EXPECT_EQ(first.exit_code, kExitRed) << "not every task is green";
  ExpectHas(first.output, "  1  The green task           green ");
  ExpectHas(first.output,
            "  2  The red task             later           4 tests\n");
  ExpectHas(first.output,
            "\nNext: task 2: open exercises/09_01/red.h and begin");
  ExpectHas(first.output, "All now: ./workbook check 09_01 --all\n");
  ExpectHas(Asked(), "//exercises/09_01:green_test\n");
  EXPECT_EQ(Asked().find("red_test"), std::string::npos) << Asked();
  ExpectHas(RunAsTyped({"check", "09_01"}).output,
            "  2  The red task             red ");
  ExpectHas(Asked(),
            "//exercises/09_01:green_test //exercises/09_01:red_test\n");
}

// Three tasks written between two checks, or two: none of them is for later.
TEST_F(Begin, EachTaskThatWasEditedIsTested) {
  SaveFirst("red.h");
  SaveFirst("unwritten.h");
  const std::string output = RunAsTyped({"check", "09_01"}).output;
  ExpectHas(output, "  1  The green task           later ");
  ExpectHas(output, "  2  The red task             red ");
  ExpectHas(output, "  3  The unwritten task       to write ");
  ExpectHas(output, "\nTested now: tasks 2, 3.\n");
  ExpectHas(output,
            "\nYou are at task 3; task 1 is not begun yet.\nNext: task 3: ");
  ExpectHas(output, "\nTasks for later are those that you have not edited. ");
  ExpectHas(Asked(),
            "//exercises/09_01:red_test //exercises/09_01:unwritten_test\n");
}

TEST_F(Begin, AStartGoesToTheExerciseThatItNames) {
  const std::string there = Run({"start", "09_02"}).output;
  EXPECT_NE(there.find("You are at 09_02"), std::string::npos) << there;
  EXPECT_NE(Run({"start", "09_99"}).exit_code, 0) << "there is no 09_99";
}

TEST_F(Begin, AStartWithAnEditedTaskTestsIt) {
  SaveFirst("red.h");
  ExpectHas(Run({}).output, "\nTested now: task 2.\n");
  ExpectHas(Asked(), "//exercises/09_01:red_test\n");
}

constexpr char kThreads[] =
    "COMPONENTS = {\n    \"green\": component(\n        threads = True,\n"
    "    ),\n}\n";

TEST_F(Begin, AGreenTaskWithThreadsIsSuggestedToThreadSanitizerOnce) {
  Write("exercises/09_02/components.bzl", kThreads);
  const std::string suggestion =
      "      its threads may race all the same: ./workbook check 09_02 1 "
      "--tsan "
      "(bazel test --config=tsan //exercises/09_02:green_test)\n";
  ExpectHas(RunAsTyped({"check", "09_02"}).output, suggestion);
  EXPECT_EQ(RunAsTyped({"check", "09_02"}).output.find("--tsan"),
            std::string::npos)
      << "it is told when the task turns green";
  ExpectHas(RunAsTyped({"check", "09_02", "1"}).output, suggestion);
}

TEST_F(Begin, ThreadSanitizerLooksAtTasksWithThreads) {
  Write("exercises/09_02/components.bzl", kThreads);
  const ProcessResult result = RunAsTyped({"check", "09_02", "--tsan"});
  EXPECT_EQ(result.exit_code, kExitOk);
  ExpectHas(result.output, "09_02 All green, by ThreadSanitizer\n");
  ExpectHas(result.output, "No data race happened in these tests.\n");
  ExpectHas(Asked(), "--config=tsan");
  EXPECT_EQ(Read(".workbook/progress"), "(no such file)")
      << "it is no check of what the tasks promise";
  ExpectProblem(RunAsTyped({"check", "09_01", "--tsan"}), kExitUsage,
                "no test of 09_01 starts threads");
}

TEST_F(Begin, ATaskWithoutThreadsHasNoRaces) {
  Write("exercises/09_01/components.bzl",
        "COMPONENTS = {\n    \"red\": component(threads = True),\n}\n");
  ExpectProblem(RunAsTyped({"check", "09_01", "1", "--tsan"}), kExitUsage,
                "the test of 09_01 task 1 starts no threads");
  const ProcessResult red = RunAsTyped({"check", "09_01", "--tsan"});
  EXPECT_EQ(red.exit_code, kExitRed);
  ExpectHas(Asked(), "//exercises/09_01:red_test\n");
}

TEST_F(Begin, ATaskThatIsChosenIsTestedAlone) {
  const Json json =
      Json::parse(RunAsTyped({"check", "09_01", "2", "--json"}).output);
  EXPECT_EQ(json["tasks"][0]["state"], "later");
  EXPECT_EQ(json["tasks"][1]["state"], "red");
  ExpectHas(Asked(), "//exercises/09_01:red_test\n");
  EXPECT_EQ(Asked().find("green_test"), std::string::npos) << Asked();
}

TEST_F(Begin, AnExercisesNumberAloneIsChecked) {
  ExpectHas(RunAsTyped({"09_01", "2"}).output, "  2  The red task  red ");
  ExpectProblem(RunAsTyped({"77_77"}), kExitUsage, "no exercise 77_77");
}

TEST_F(Begin, NextSaysHowToChooseAnother) {
  Run({});
  ExpectHas(Run({"next"}).output,
            "  other  ./workbook check NN_MM, any of ./workbook list\n");
}

}  // namespace
}  // namespace workbook::cli
