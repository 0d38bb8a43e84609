// SPDX-License-Identifier: Apache-2.0

// The real binary on the sample course: which block `hint` takes, and what it
// says of a race.
#include <regex>
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class HintCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // From now on ThreadSanitizer finds the recorded race in 09_02, one access of
  // which is atomic.
  void ReplayRace() {
    std::string log = ReadTextFile(data() / "sanitizers/race.log").value();
    log = std::regex_replace(log, std::regex("09_01/crashing"), "09_02/green");
    log = std::regex_replace(log, std::regex("Previous write of"),
                             "Previous atomic write of");
    ReplayFile("09_02/logs/green_test/test.log", log);
    ReplayFile("09_02/events.json",
               std::regex_replace(Recorded("09_02/events.json"),
                                  std::regex("\"status\":\"PASSED\""),
                                  "\"status\":\"FAILED\""));
  }

  // Task 1 of 09_02 is green, and its test starts threads.
  void MakeGreenWithThreads() const {
    Write("exercises/09_02/components.bzl",
          "COMPONENTS = {\n    \"green\": component(threads = True),\n}\n");
    // Line 51 is that of the race.
    Write("exercises/09_02/green.h",
          std::string(50, '\n') +
              "  owners_.fetch_sub(1, std::memory_order_relaxed);\n");
    EXPECT_EQ(Run({"check", "09_02"}).exit_code, kExitOk);
  }

  // A block of hints of each heading, whose first level is "Look.".
  void WriteHints(const std::string& id,
                  const std::vector<std::string>& headings) const {
    std::string text;
    for (const std::string& heading : headings) {
      text +=
          "## " + heading + "\n\n1. Look.\n2. b\n3. ```cpp\n   c;\n   ```\n\n";
    }
    Write("exercises/" + id + "/hints.md", text);
  }
};

void ExpectStarts(const std::string& text, const std::string& start) {
  EXPECT_TRUE(text.starts_with(start)) << start << "\nnot before\n" << text;
}

void ExpectHas(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
}

TEST_F(HintCommand, ABlockOfTheSuiteIsAboutTheWholeTask) {
  WriteHints("09_01", {"Task 2 · Task2Red, IsExact: a word dangles"});
  Run({"check", "09_01"});
  ExpectStarts(Run({"hint", "09_01", "2"}).output,
               "09_01 task 2, hint 1 of 3, for the task as a whole: a word "
               "dangles\n\nLook.\n");
}

TEST_F(HintCommand, ABlockThatNamesTheTestComesFirst) {
  WriteHints("09_01", {"Task 2 · Task2Red: a word dangles",
                       "Task 2 · WastesNoByte: a byte too many"});
  Run({"check", "09_01"});
  ExpectStarts(Run({"hint", "09_01", "2"}).output,
               "09_01 task 2, hint 1 of 3: a byte too many\n\nLook.\n");
}

TEST_F(HintCommand, CheckNamesTheMemoryOrderOfARace) {
  MakeGreenWithThreads();
  ReplayRace();
  const ProcessResult race = RunAsTyped({"check", "09_02", "1", "--tsan"});
  EXPECT_EQ(race.exit_code, kExitRed);
  ExpectHas(race.output,
            "one of the two accesses is an atomic operation, so look at its "
            "memory order, memory_order_relaxed (ThreadSanitizer)");
  ExpectHas(race.output, "  stuck  ./workbook hint 09_02 1\n");
}

TEST_F(HintCommand, AfterARaceItIsAboutThreads) {
  WriteHints("09_02", {"Task 1 · Task1Green: the block",
                       "Task 1 · Task1GreenThreads: who frees it"});
  MakeGreenWithThreads();
  ReplayRace();
  Run({"hint", "09_02", "1"});
  RunAsTyped({"check", "09_02", "--tsan"});
  ExpectStarts(Run({"hint", "09_02", "1"}).output,
               "09_02 task 1 has a data race (./workbook check 09_02 1 "
               "--tsan); this is hint 1 of 3 for: who frees it\n\nLook.\n");
  ReplayFile("09_02/events.json", Recorded("09_02/events.json"));
  RunAsTyped({"check", "09_02", "--tsan"});
  ExpectStarts(Run({"hint", "09_02", "1"}).output,
               "09_02 task 1 is green; this is hint 2 of 3 for: the block\n");
}

TEST_F(HintCommand, AfterARaceItSaysThatNoHintIsAboutThreads) {
  WriteHints("09_02", {"Task 1 · Task1Green: the block"});
  MakeGreenWithThreads();
  ReplayRace();
  RunAsTyped({"check", "09_02", "--tsan"});
  const std::string told = Run({"hint", "09_02", "1"}).output;
  ExpectStarts(told,
               "09_02 task 1 has a data race (./workbook check 09_02 1 "
               "--tsan), and none of its hints is about threads.\n"
               "  exercises/09_02/green.h:51\n");
  ExpectHas(told, "\nWhat it usually means: ");
  ExpectHas(Run({"hint", "09_02", "1", "--level", "1"}).output, "\nLook.\n");
}

}  // namespace
}  // namespace workbook::cli
