// SPDX-License-Identifier: Apache-2.0

// What Tab finds in a real zsh.
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class ZshCompletion : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  void SetUp() override {
    const ProcessResult script = Run({"completion", "zsh"});
    ASSERT_EQ(script.exit_code, kExitOk) << script.errors;
    Write("completion.zsh", script.output);
    // -f: no file of the user's has a say.
    shell_.Start({"/usr/bin/zsh", "-f", "-i"}, Environment());
    shell_.Type("cd " + root().string() +
                "; bindkey -e; autoload -U compinit; compinit -D -u; "
                "source ./completion.zsh; echo REA''DY\n");
    ASSERT_TRUE(shell_.Shows("READY"));
  }

  // What `line` is after Tab; it is not run, but becomes the words of an echo.
  testing::AssertionResult Completes(const std::string& line,
                                     const std::string& whole) {
    shell_.Type(line +
                "\t\x01"
                "echo ANSWER=\n");
    return shell_.Shows("\nANSWER=" + whole);
  }

  PseudoTerminal shell_;
};

TEST_F(ZshCompletion, FindsCommandsExercisesAndOptions) {
  EXPECT_TRUE(Completes("./workbook wat", "./workbook watch"));
  EXPECT_TRUE(Completes("./workbook check 09_02", "./workbook check 09_02"));
  EXPECT_TRUE(Completes("./workbook check 0", "./workbook check 09_0"));
  EXPECT_TRUE(Completes("./workbook check --j", "./workbook check --json"));
}

}  // namespace
}  // namespace workbook::cli
