// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course, with a description whose program is a
// stand-in: where a case is shown, and what `case` makes of it.
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class CaseCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // Task 2 is red. Its description exists; that is all that is read of it.
  CaseCommand() { Write("exercises/09_01/cases/red_case.cc", "\n"); }

  // From now on the search ends so.
  void ReplaySearch(const std::string& output, int exit_code) {
    ReplayFile("case/fake_case.sh", "#!/bin/sh\nprintf '" + output +
                                        "'\nexit " + std::to_string(exit_code) +
                                        "\n");
  }
};

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

void ExpectHasNot(const std::string& text, const std::string& part) {
  EXPECT_EQ(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

constexpr char kVerdict[] = "WRONG: b lies in memory that is still lent as a";

TEST_F(CaseCommand, CheckShowsTheCaseOfTheRedTaskAtHand) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"check", "09_01"},
                                             {"check", "09_01", "2"}}) {
    const ProcessResult result = Run(words);
    EXPECT_EQ(result.exit_code,
              words.size() == 3 ? kExitRed : kExitDoesNotBuild);
    ExpectHas(result.output, "The fewest calls in which task 2 fails:\n");
    ExpectHas(result.output, "  => void* b = pool.Allocate();\n  ");
    ExpectHas(result.output, kVerdict);
    ExpectHas(result.output, "heap 1, 16 bytes |[b LENT]|");
    ExpectHas(result.output, "./workbook case 09_01 2 ");
  }
}

TEST_F(CaseCommand, CheckTellsItToPrograms) {
  const auto json = nlohmann::json::parse(
      Run({"check", "09_01", "--json"}).output, nullptr, false);
  EXPECT_EQ(json["tasks"][1]["case"]["verdict"], kVerdict);
  EXPECT_EQ(json["tasks"][1]["case"]["steps"][0]["line"], "Pool pool;");
  EXPECT_TRUE(json["tasks"][0]["case"].is_null()) << "it is green";
}

TEST_F(CaseCommand, CheckShowsNoneOfWhatIsGreenOrNotWritten) {
  Write("exercises/09_01/cases/green_case.cc", "\n");
  Write("exercises/09_01/cases/unwritten_case.cc", "\n");
  ExpectHasNot(Run({"check", "09_01", "1"}).output, "fewest calls");
  ExpectHasNot(Run({"check", "09_01", "3"}).output, "fewest calls");
}

TEST_F(CaseCommand, CheckGoesOnWithoutACase) {
  ReplaySearch("none\\n", 0);
  ExpectHasNot(Run({"check", "09_01"}).output, "fewest calls");
  ReplaySearch("", 7);
  const ProcessResult result = Run({"check", "09_01", "2"});
  EXPECT_EQ(result.exit_code, kExitRed);
  ExpectHasNot(result.output, "fewest calls");
}

TEST_F(CaseCommand, ShowsAllStepsWithoutATerminal) {
  const ProcessResult result = Run({"case", "09_01", "2"});
  EXPECT_EQ(result.exit_code, kExitRed);
  ExpectHas(result.output, "red step 1 of 3\n");
  ExpectHas(result.output, "red step 3 of 3\n");
  ExpectHas(result.output, kVerdict);
}

TEST_F(CaseCommand, StepsThroughItInATerminal) {
  PseudoTerminal terminal;
  terminal.Start({program().string(), "case", "09_01", "2"}, Environment());
  EXPECT_TRUE(terminal.Shows("step 1 of 3"));
  EXPECT_TRUE(terminal.Shows("q quit"));
  terminal.Press(' ');
  EXPECT_TRUE(terminal.Shows("step 2 of 3"));
  terminal.Press(' ');
  EXPECT_TRUE(terminal.Shows(kVerdict));
  terminal.Press('b');
  EXPECT_TRUE(terminal.Shows("step 2 of 3"));
  terminal.Press('q');
  EXPECT_EQ(WEXITSTATUS(terminal.WaitForEnd()), kExitRed);
  EXPECT_TRUE(terminal.IsAsBefore());
}

TEST_F(CaseCommand, StartsGdbBeforeTheCallThatFails) {
  Write("bin/gdb", "#!/bin/sh\necho gdb got \"$@\"\n");
  std::filesystem::permissions(root() / "bin/gdb",
                               std::filesystem::perms::owner_all);
  auto environment = Environment();
  environment.emplace_back(
      "PATH", (root() / "bin").string() + ":" + std::getenv("PATH"));
  PseudoTerminal terminal;
  terminal.Start({program().string(), "case", "09_01", "2", "--gdb"},
                 environment, 300);
  const std::string shown = terminal.ReadToEnd();
  ExpectHas(shown, "break workbook::history::BeforeLastCall");
  ExpectHas(shown, "fake_case.sh --here 0:0,0");
}

TEST_F(CaseCommand, KeepsItAsATest) {
  const ProcessResult result = Run({"case", "09_01", "2", "--save",
                                    "exercises/09_01/red_lent_twice_test.cc"});
  EXPECT_EQ(result.exit_code, kExitOk) << result.errors;
  EXPECT_EQ(Read("exercises/09_01/red_lent_twice_test.cc"),
            "TEST(MyCases, RedLentTwiceTest) {}\n");
  ExpectHas(result.output, "It runs with red_test: ./workbook check 09_01 2");
  ExpectProblem(Run({"case", "09_01", "2", "--save",
                     "exercises/09_01/red_lent_twice_test.cc"}),
                kExitUsage, "there is such a file already");
}

TEST_F(CaseCommand, SaysWhyThereIsNone) {
  ReplaySearch("none\\n", 0);
  ProcessResult result = Run({"case", "09_01", "2"});
  EXPECT_EQ(result.exit_code, kExitOk);
  ExpectHas(result.output, "No case: no short history of calls fails task 2");
  ReplaySearch("to write\\nRed::Bytes is yours to write\\n", 3);
  ExpectHas(Run({"case", "09_01", "2"}).output, "Red::Bytes is yours to write");
  Run({"check", "09_01"});
  Write("exercises/09_01/cases/green_case.cc", "\n");
  ExpectHas(Run({"case", "09_01", "1"}).output, "task 1 was green");
}

TEST_F(CaseCommand, RefusesWhatHasNoCase) {
  ExpectProblem(Run({"case", "09_01", "3"}), kExitUsage,
                "task 3 of 09_01 has no description");
  ExpectHas(Run({"case", "09_01", "3"}).errors,
            "Tasks of it that have one: 2. For task 3: ./workbook hint 09_01 "
            "3\n");
  ExpectHas(Run({"case", "09_02", "1"}).errors,
            "No task of it has one. For task 1: ./workbook hint 09_02 1\n");
  ExpectProblem(Run({"case", "09_01", "99"}), kExitUsage,
                "09_01 has no task 99");
  ReplaySearch("", 7);
  ExpectProblem(Run({"case", "09_01", "2"}), kExitEnvironment,
                "the search for a case ended badly: exit code 7");
}

}  // namespace
}  // namespace workbook::cli
