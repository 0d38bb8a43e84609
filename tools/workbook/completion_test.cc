// SPDX-License-Identifier: Apache-2.0

// What Tab finds, asked of a real bash; zsh and fish have tests of their own,
// which the gate leaves out, and says so, where the shell is not installed.
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class Completion : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  void SetUp() override {
    const ProcessResult script = Run({"completion", "bash"});
    ASSERT_EQ(script.exit_code, kExitOk) << script.errors;
    Write("completion.bash", script.output);
  }

  std::string Complete(const std::string& line) const {
    ProcessOptions options;
    options.working_directory = root().string();
    return RunProcess(
               {"bash", "-c",
                "source ./completion.bash; COMP_WORDS=(" + line +
                    "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _workbook; "
                    "echo ${COMPREPLY[@]}"},
               options)
        .output;
  }
};

TEST_F(Completion, FindsCommandsExercisesAndOptions) {
  EXPECT_EQ(Complete("./workbook wat"), "watch\n");
  EXPECT_EQ(Complete("./workbook check 09"), "09_01 09_02\n");
  EXPECT_EQ(Complete("./workbook check --j"), "--json\n");
  EXPECT_EQ(Complete("./workbook rel"), "release\n");
  EXPECT_EQ(Complete("./workbook release --o"), "--out\n");
  EXPECT_EQ(Complete("./workbook nothing_like_it"), "\n");
}

TEST_F(Completion, AnswersTheTabKey) {
  PseudoTerminal shell;
  shell.Start({"/bin/bash", "--norc", "--noprofile", "-i"}, Environment());
  shell.Type("cd " + root().string() + " && . ./completion.bash\n");
  // The line is not run: it becomes the words of an echo.
  shell.Type(
      "./workbook wat\t\x01"
      "echo ANSWER=\n");
  EXPECT_TRUE(shell.Shows("ANSWER=./workbook watch"));
}

TEST_F(Completion, KnowsNoOtherShell) {
  ExpectProblem(Run({"completion", "tcsh"}), kExitUsage, "no completion");
}

}  // namespace
}  // namespace workbook::cli
