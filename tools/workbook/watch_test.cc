// SPDX-License-Identifier: Apache-2.0

// Drives the real binary in a pseudo-terminal on the sample course, with a
// Bazel that replays recorded runs.
#include <signal.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class Watch : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // What the next check of 09_02 finds.
  void MakeRed() {
    ReplayReport(std::regex_replace(
        green_, std::regex("(<testcase [^>]*)/>"),
        "$1><failure message=\"\"><![CDATA[exercises/09_02/"
        "green_test.cc:7\nExpected equality of these values:\n"
        "  Answer()\n    Which is: 41\n  42]]></failure></testcase>",
        std::regex_constants::format_first_only));
  }
  void MakeGreen() { ReplayReport(green_); }

  void ReplayReport(const std::string& xml) {
    ReplayFile("09_02/logs/green_test/test.xml", xml);
  }

  // The next check of 09_02 finds it red, and Bazel's words about that are
  // `status`; what is run once more is green.
  void MakeRedThenGreen(const std::string& status) {
    const std::string events =
        ReadTextFile(data() / "recorded/09_02/events.json").value();
    ReplayFile("09_02-again/events.json",
               std::regex_replace(events, std::regex("/09_02/logs"),
                                  "/09_02-again/logs"));
    for (const std::string name : {"test.log", "test.xml"}) {
      ReplayFile("09_02-again/logs/green_test/" + name,
                 ReadTextFile(data() / "recorded/09_02/logs/green_test" / name)
                     .value());
    }
    ReplayFile("09_02/events.json",
               std::regex_replace(events, std::regex("\"status\":\"PASSED\""),
                                  status));
    MakeRed();
  }

  void Start(const std::string& option = "", int columns = 80) {
    std::vector<std::string> words = {program().string(), "watch", "09_02"};
    if (!option.empty()) words.push_back(option);
    terminal_.Start(words, Environment(), columns);
  }

  void Save(const std::string& text) {
    std::ofstream(root() / "exercises/09_02/green.h", std::ios::app) << text;
  }

  const std::string green_ =
      ReadTextFile(data() / "recorded/09_02/logs/green_test/test.xml").value();
  PseudoTerminal terminal_;
};

TEST_F(Watch, ShowsATaskTurnGreenAfterASaveAndWhatToCompare) {
  MakeRed();
  Start();
  EXPECT_TRUE(terminal_.Shows("expected 42, but Answer() is 41"));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  MakeGreen();
  Save("// fixed\n");
  EXPECT_TRUE(terminal_.Shows("green.h saved"));
  EXPECT_TRUE(terminal_.Shows("Task 1 turned green"));
  EXPECT_TRUE(terminal_.Shows("./workbook diff 09_02"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(terminal_.WaitForEnd()), 0);
  EXPECT_TRUE(terminal_.IsAsBefore());
}

TEST_F(Watch, SeesASaveByPollingToo) {
  MakeGreen();
  Start("--poll");
  EXPECT_TRUE(terminal_.Shows("q quit"));
  MakeRed();
  Save("// broken\n");
  EXPECT_TRUE(terminal_.Shows("Task 1 turned red"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(terminal_.WaitForEnd()), 3);
}

TEST_F(Watch, AnswersItsKeysAndGoesOn) {
  MakeRed();
  Start();
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('h');
  EXPECT_TRUE(terminal_.Shows("hint 1 of"));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('l');
  EXPECT_TRUE(terminal_.Shows("09_01"));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('n');
  EXPECT_TRUE(terminal_.Shows("not solved yet"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  terminal_.WaitForEnd();
  EXPECT_TRUE(terminal_.IsAsBefore());
}

TEST_F(Watch, RunsRedTestsOnceMoreWhereNothingHasChanged) {
  MakeRedThenGreen("\"status\":\"FAILED\",\"cachedLocally\":true");
  Start();
  EXPECT_TRUE(terminal_.Shows("1 of 1 core tasks green"));
  EXPECT_TRUE(terminal_.Shows("All tasks are green."));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(terminal_.WaitForEnd()), 0);
}

TEST_F(Watch, RunsARedTestThatHasJustRunOnlyOnce) {
  MakeRedThenGreen("\"status\":\"FAILED\"");
  Start();
  EXPECT_TRUE(terminal_.Shows("0 of 1 core tasks green"));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(terminal_.WaitForEnd()), 3);
}

TEST_F(Watch, GivesTheTerminalBackAfterCtrlC) {
  Start();
  EXPECT_TRUE(terminal_.Shows("q quit"));
  EXPECT_FALSE(terminal_.IsAsBefore()) << "keys come one by one";
  terminal_.Press(3);
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  terminal_.WaitForEnd();
  EXPECT_TRUE(terminal_.IsAsBefore());
}

TEST_F(Watch, GivesTheTerminalBackAfterACrash) {
  Start();
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Signal(SIGSEGV);
  EXPECT_EQ(WTERMSIG(terminal_.WaitForEnd()), SIGSEGV);
  EXPECT_TRUE(terminal_.IsAsBefore());
}

TEST_F(Watch, GivesTheTerminalBackWhenItIsToldToEnd) {
  for (const int signal : {SIGTERM, SIGHUP, SIGINT}) {
    PseudoTerminal terminal;
    terminal.Start({program().string(), "watch", "09_02"}, Environment());
    EXPECT_TRUE(terminal.Shows("q quit"));
    EXPECT_FALSE(terminal.IsAsBefore()) << "keys come one by one";
    terminal.Signal(signal);
    EXPECT_TRUE(terminal.Shows("Stopped.")) << "signal " << signal;
    EXPECT_TRUE(WIFEXITED(terminal.WaitForEnd())) << "signal " << signal;
    EXPECT_TRUE(terminal.IsAsBefore()) << "signal " << signal;
  }
}

TEST_F(Watch, SurvivesANarrowTerminalAndAResize) {
  Start("", 30);
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Resize(5, 10);
  terminal_.Press('l');
  EXPECT_TRUE(terminal_.Shows("09_01"));
  EXPECT_TRUE(terminal_.Shows("q quit"));
  terminal_.Press('q');
  EXPECT_TRUE(terminal_.Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(terminal_.WaitForEnd()), 0);
}

// A Bazel during whose first run the learner saves again.
TEST_F(Watch, ShowsNoVerdictOfAMix) {
  MakeRed();
  const std::string script = (root() / "slow_bazel.sh").string();
  Write("slow_bazel.sh", "#!/bin/sh\n" + (data() / "fake_bazel.sh").string() +
                             " \"$@\"\ncode=$?\nif [ ! -e " +
                             (root() / "once").string() + " ]; then touch " +
                             (root() / "once").string() + "; echo >>" +
                             (root() / "exercises/09_02/green.h").string() +
                             "; fi\nexit $code\n");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  set_bazel(script);
  Start();
  EXPECT_TRUE(terminal_.Shows(
      "green.h was saved while this was judged: judging again"));
  EXPECT_TRUE(terminal_.Shows("expected 42, but Answer() is 41"));
}

}  // namespace
}  // namespace workbook::cli
