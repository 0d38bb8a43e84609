// SPDX-License-Identifier: Apache-2.0

#include "tools/process/coprocess.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace workbook {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A program in the shell's language.
std::vector<std::string> Shell(const std::string& script) {
  return {"/bin/sh", "-c", script};
}

TEST(Coprocess, AnswersLineByLine) {
  Coprocess program(Shell("while read line; do echo \"got $line\"; done"), "");
  for (const std::string word : {"one", "two"}) {
    ASSERT_TRUE(program.WriteLine(word)) << program.error();
    EXPECT_EQ(program.ReadLine(seconds(20)), "got " + word);
  }
  EXPECT_EQ(program.error(), "");
}

TEST(Coprocess, KeepsLinesThatCameTogether) {
  Coprocess program(Shell("printf 'a\\nb\\nc'"), "");
  EXPECT_EQ(program.ReadLine(seconds(20)), "a");
  EXPECT_EQ(program.ReadLine(seconds(20)), "b");
  EXPECT_EQ(program.ReadLine(seconds(20)), std::nullopt)
      << "a line without its break is none";
}

TEST(Coprocess, StartsInTheWorkingDirectory) {
  Coprocess program(Shell("pwd"), "/usr");
  EXPECT_EQ(program.ReadLine(seconds(20)), "/usr");
}

TEST(Coprocess, TellsTheSignalThatEndedIt) {
  Coprocess program(Shell("kill -SEGV $$"), "");
  EXPECT_EQ(program.ReadLine(seconds(20)), std::nullopt);
  EXPECT_EQ(program.error(), "signal 11 (Segmentation fault)");
  EXPECT_FALSE(program.WriteLine("more")) << "and raises no SIGPIPE";
}

TEST(Coprocess, TellsTheExitCode) {
  Coprocess program(Shell("exit 7"), "");
  EXPECT_EQ(program.ReadLine(seconds(20)), std::nullopt);
  EXPECT_EQ(program.error(), "exit code 7");
}

TEST(Coprocess, SaysThatItCouldNotStart) {
  Coprocess program({"/nowhere/bench"}, "");
  EXPECT_NE(program.error().find("No such file"), std::string::npos)
      << program.error();
  EXPECT_FALSE(program.WriteLine("a"));
  EXPECT_EQ(program.ReadLine(seconds(20)), std::nullopt);
}

TEST(Coprocess, LosesPatience) {
  Coprocess program(Shell("read line; read line"), "");
  EXPECT_EQ(program.ReadLine(milliseconds(30)), std::nullopt);
  EXPECT_EQ(program.error(), "no answer in time");
}

TEST(Coprocess, EndsTheProgramAndItsChildrenWithItself) {
  pid_t child = 0;
  {
    Coprocess program(Shell("sleep 600 & echo $!; wait"), "");
    child = std::stoi(program.ReadLine(seconds(20)).value_or("0"));
    ASSERT_GT(child, 0);
    ASSERT_EQ(kill(child, 0), 0);
  }
  // It is nobody's child here: init reaps it, at once or soon.
  Coprocess look(
      Shell("for i in $(seq 1000); do s=$(sed 's/.*) //;s/ .*//' /proc/" +
            std::to_string(child) +
            "/stat 2>/dev/null); case $s in ''|Z) echo gone; exit;; esac; "
            "done; echo $s"),
      "");
  EXPECT_EQ(look.ReadLine(seconds(20)), "gone");
}

TEST(Coprocess, CutsALineThatNeverEnds) {
  Coprocess program(Shell("while :; do printf 0123456789abcdef; done"), "");
  const auto line = program.ReadLine(seconds(20));
  ASSERT_TRUE(line.has_value()) << program.error();
  EXPECT_GE(line->size(), std::size_t{1} << 16);
}

}  // namespace
}  // namespace workbook
