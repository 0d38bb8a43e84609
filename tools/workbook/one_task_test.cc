// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course: commands on one task of an exercise,
// and what its tests recorded.
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

class OneTask : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // The red tests of task 2, of which the first `todos` reach this Todo.
  void ReplayRedTests(int todos, const std::string& todo) {
    std::string text = "<testsuites><testsuite name=\"Task2Red\">";
    for (const std::string name :
         {"CountsZero", "WastesNoByte", "StaysBelowTheLimit", "IsExact"}) {
      const std::string failure =
          todos-- > 0 ? "unknown file\nC++ exception with description \"" +
                            todo + " is yours to write\" thrown"
                      : "exercises/09_01/red_test.cc:16\nValue of: Bytes(1)\n"
                        "  Actual: false\nExpected: true";
      text +=
          "<testcase classname=\"Task2Red\" status=\"run\" line=\"10\" "
          "file=\"exercises/09_01/red_test.cc\" name=\"" +
          name + "\"><failure><![CDATA[" + failure + "]]></failure></testcase>";
    }
    ReplayFile("09_01/logs/red_test/test.xml",
               text + "</testsuite></testsuites>\n");
  }
};

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

void ExpectHasNot(const std::string& text, const std::string& part) {
  EXPECT_EQ(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

TEST_F(OneTask, CheckNamesItsRedTestsAndFoldsTheOtherTasks) {
  const ProcessResult result = Run({"check", "09_01", "2"});
  EXPECT_EQ(result.exit_code, kExitRed) << "of this task, not of task 4";
  EXPECT_EQ(result.output, Golden("check_09_01_2.txt"))
      << "if the new words are better, change testdata/golden";
  EXPECT_EQ(Run({"check", "2"}).output, result.output)
      << "a task of the current exercise";
  EXPECT_EQ(Run({"check", "09_01", "4"}).exit_code, kExitDoesNotBuild);
  ExpectProblem(Run({"check", "09_01", "13"}), kExitUsage,
                "09_01 has no task 13");
  ExpectProblem(Run({"check", "09_01", "two"}), kExitUsage,
                "09_01 has no task two");
}

TEST_F(OneTask, CheckOfAGreenOneIsZeroAndOffersTheReference) {
  const ProcessResult without = Run({"check", "09_01", "1"});
  EXPECT_EQ(without.exit_code, kExitOk);
  ExpectHasNot(without.output, "workbook diff");
  Write("solutions/09_01/green.h", Read("exercises/09_01/green.h"));
  ExpectHas(Run({"check", "09_01", "1"}).output,
            "Task 1 is green.\n  ./workbook diff 09_01 1 ");
}

TEST_F(OneTask, AGreenOneIsComparedBeforeTheExerciseIsSolved) {
  Write("solutions/09_01/green.h",
        Read("exercises/09_01/green.h") + "// the reference\n");
  ExpectProblem(Run({"diff", "09_01", "1"}), kExitRefused,
                "task 1 of 09_01 is not green yet");
  Run({"check", "09_01"});
  const ProcessResult diff = Run({"diff", "09_01", "1"});
  EXPECT_EQ(diff.exit_code, kExitOk) << diff.errors;
  ExpectHas(diff.output, "+// the reference");
  const ProcessResult listed = Run({"solution", "09_01", "1"});
  EXPECT_EQ(listed.exit_code, kExitOk) << listed.errors;
  ExpectHas(listed.output, "solution 09_01 green.h");
  ExpectHas(Run({"solution", "09_01", "green.h"}).output, "// the reference");
}

TEST_F(OneTask, ARedOneIsNotComparedAndAGreenOneIsOffered) {
  Write("solutions/09_01/green.h", Read("exercises/09_01/green.h"));
  Run({"check", "09_01"});
  ExpectProblem(Run({"diff", "09_01", "2"}), kExitRefused, "not green yet");
  ExpectProblem(Run({"solution", "09_01", "2"}), kExitRefused, "not green yet");
  ExpectProblem(Run({"solution", "09_01", "red.h"}), kExitRefused,
                "not green yet");
  ExpectHas(Run({"diff", "09_01"}).errors,
            "Task 1 is green: ./workbook diff 09_01 1.");
  ExpectHas(Run({"solution", "09_01"}).errors,
            "Task 1 is green: ./workbook solution 09_01 1.");
  ExpectProblem(Run({"solution", "09_01", "13"}), kExitUsage, "no task 13");
}

TEST_F(OneTask, OneThatNeedsAnotherTaskSaysWhich) {
  ReplayRedTests(4, "09_01 task 3: Unwritten");
  ExpectHas(Run({"check", "09_01"}).output,
            "  2  The red task             waits           0 of 4 tests green\n"
            "      needs task 3 first: Unwritten is yours to write\n"
            "      exercises/09_01/unwritten.h:8\n");
  const ProcessResult result = Run({"check", "09_01", "2"});
  EXPECT_EQ(result.exit_code, kExitRed);
  ExpectHas(result.output, "Next: task 3: open exercises/09_01/unwritten.h:8");
}

TEST_F(OneTask, OneOfItsOwnFailuresComesBeforeThoseOfAnotherTask) {
  ReplayRedTests(3, "09_01 task 3: Unwritten");
  const std::string output = Run({"check", "09_01"}).output;
  ExpectHas(output, "Task2Red.IsExact: ");
  ExpectHasNot(output, "needs task 3");
}

TEST_F(OneTask, ATodoHidesNoRedTest) {
  ReplayRedTests(1, "09_01 task 2: Bytes");
  ExpectHas(Run({"check", "09_01"}).output,
            "to write        0 of 4 tests green (1 to write, 3 red)");
  const Json task =
      Json::parse(Run({"check", "09_01", "--json"}).output)["tasks"][1];
  ASSERT_EQ(task["red_tests"].size(), 4u);
  EXPECT_EQ(task["red_tests"][0]["to_write"], true);
  EXPECT_EQ(task["red_tests"][1]["to_write"], false);
  EXPECT_EQ(task["red_tests"][1]["name"], "Task2Red.WastesNoByte");
}

// A hint for the task that does not build, and for the red one.
constexpr char kHints[] =
    "## Task 2 · Task2Red: wrong sizes\n\n1. a\n2. b\n"
    "3. ```cpp\n   c;\n   ```\n\n"
    "## Task 4 · Task4Broken: nothing is pushed\n\n1. d\n2. e\n"
    "3. ```cpp\n   f;\n   ```\n";

TEST_F(OneTask, HintSpeaksOfTheCompilerFirst) {
  Write("exercises/09_01/hints.md", kHints);
  Run({"check", "09_01"});
  const std::string first = Run({"hint", "09_01", "4"}).output;
  ExpectHas(first, "09_01 task 4 did not compile at the last check");
  ExpectHas(first, "  exercises/09_01/broken.h:");
  ExpectHas(first, "\nWhat it usually means: ");
  ExpectHasNot(first, "nothing is pushed");
  ExpectHasNot(first, "Task4Broken");
  ExpectHas(first, "./workbook hint 09_01 4 --level 1");
  ExpectHasNot(first, "hint 1 of 3");
  EXPECT_TRUE(Run({"hint", "09_01", "4"})
                  .output.starts_with(
                      "09_01 task 4, hint 1 of 3: nothing is pushed\n\nd\n"));
  ExpectHas(Run({"hint", "09_01", "2"}).output, "wrong sizes\n\na\n");
}

TEST_F(OneTask, HintSaysThatItsTaskIsGreen) {
  Write("exercises/09_01/hints.md",
        "## Task 1 · Task1Green, Task1Green.IsGreen: it is not green\n\n1. a\n"
        "2. b\n3. ```cpp\n   c;\n   ```\n");
  Run({"check", "09_01"});
  EXPECT_TRUE(
      Run({"hint", "09_01", "1"})
          .output.starts_with("09_01 task 1 is green; this is hint 1 of "
                              "3 for: it is not green\n\na\n"));
}

// The first block is that of the suite; the error lies in the function of the
// second.
TEST_F(OneTask, HintAfterACompileErrorIsForTheFunctionThatDoesNotCompile) {
  Write("exercises/09_01/hints.md",
        "## Task 4 · Task4Broken: nothing is pushed\n\n1. d\n2. e\n"
        "3. ```cpp\n   // in Other\n   f;\n   ```\n\n"
        "## Task 4 · Task4Broken.Second: it is wrong\n\n1. g\n2. h\n"
        "3. ```cpp\n   // in Broken\n   i;\n   ```\n");
  Run({"check", "09_01"});
  ExpectHas(Run({"hint", "09_01", "4"}).output, "did not compile");
  ExpectHas(Run({"hint", "09_01", "4"}).output,
            "hint 1 of 3: it is wrong\n\ng\n");
}

// Task 6 crashes and includes what task 2 has wrong.
TEST_F(OneTask, OneThatUsesARedTaskNamesItFirst) {
  Write("exercises/09_01/crashing.h",
        "#include \"09_01/red.h\"\n" + Read("exercises/09_01/crashing.h"));
  ExpectHas(Run({"check", "09_01"}).output,
            "  6+ The crashing task        crashed         1 of 3 tests green\n"
            "      it uses task 2, which is red, too: fix task 2 first\n"
            "      the program crashed");
  const std::string one = Run({"check", "09_01", "6"}).output;
  ExpectHas(one,
            "\nYou are at task 6, which uses task 2; task 2 is still red.\n"
            "Next: task 2: read the test");
  EXPECT_EQ(Json::parse(
                Run({"check", "09_01", "--json"}).output)["tasks"][5]["cause"],
            2);
}

TEST_F(OneTask, CheckSaysWhyALowerTaskIsNotNext) {
  const std::string output = Run({"check", "09_01", "4"}).output;
  ExpectHas(output,
            "\nYou are at task 4; task 2 is still red.\nNext: task 4: ");
  ExpectHasNot(Run({"check", "09_01", "2"}).output, "You are at");
  ExpectHasNot(Run({"check", "09_01"}).output, "You are at");
}

TEST_F(OneTask, HintShowsTheLevelThatIsAskedFor) {
  Write("exercises/09_01/hints.md", kHints);
  Run({"check", "09_01"});
  ExpectHas(Run({"hint", "09_01", "4", "--level", "1"}).output, "\n\nd\n");
  ExpectHas(Run({"hint", "09_01", "2", "--level", "2"}).output, "\n\nb\n");
  ExpectHas(Run({"hint", "09_01", "2"}).output, "hint 3 of 3");
  ExpectProblem(Run({"hint", "09_01", "2", "--level", "4"}), kExitUsage,
                "there is no hint 4 for task 2");
}

constexpr char kRecorded[] = "09_02/logs/green_test/test.xml";

// The recorded report of the green task, whose first test measured something.
std::string WithGain(std::string xml) {
  const std::string end = "classname=\"Task1Green\" />";
  return xml.replace(xml.find(end), end.size(),
                     "classname=\"Task1Green\"><properties>"
                     "<property name=\"before_allocations\" value=\"114286\"/>"
                     "<property name=\"after_allocations\" value=\"0\"/>"
                     "<property name=\"before_peak_bytes\" value=\"715894\"/>"
                     "<property name=\"after_peak_bytes\" value=\"788\"/>"
                     "</properties></testcase>");
}

TEST_F(OneTask, ShowsWhatItSavedWhenItTurnsGreen) {
  const std::string saved =
      "\n      wasteful form -> yours: 114,286 -> 0 allocations, peak 715,894 "
      "-> 788 B\n";
  ReplayFile(kRecorded, WithGain(Recorded(kRecorded)));
  ExpectHas(Run({"check", "09_02"}).output, saved);
  ExpectHasNot(Run({"check", "09_02"}).output, saved);
  ExpectHas(Run({"check", "09_02", "1"}).output, saved);
  const Json task =
      Json::parse(Run({"check", "09_02", "--json"}).output)["tasks"][0];
  EXPECT_EQ(task["gains"][0]["name"], "allocations");
  EXPECT_EQ(task["gains"][1]["before"], 715894);
}

TEST_F(OneTask, ProgressAndReportKeepWhatItSaved) {
  ReplayFile(kRecorded, WithGain(Recorded(kRecorded)));
  Run({"check", "09_02"});
  ExpectHas(Run({"progress"}).output, "  114,286 -> 0 allocations\n");
  ReplayFile(kRecorded, "no report at all");
  ASSERT_EQ(Run({"check", "09_02"}).exit_code, kExitRed);
  Write("tools/workbook/report/page.css", "");
  ASSERT_EQ(Run({"report"}).exit_code, kExitOk);
  ExpectHas(Read(".workbook/report.html"),
            "<b>114,286 → 0 allocations, peak 715,894 → 788 B</b> "
            "<span>The green task</span>");
}

}  // namespace
}  // namespace workbook::cli
