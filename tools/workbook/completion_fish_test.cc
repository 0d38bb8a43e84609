// SPDX-License-Identifier: Apache-2.0

// What Tab finds in a real fish.
#include <string>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class FishCompletion : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  void SetUp() override {
    const ProcessResult script = Run({"completion", "fish"});
    ASSERT_EQ(script.exit_code, kExitOk) << script.errors;
    Write("completion.fish", script.output);
    // Completions are those of a command that is there.
    Write("workbook", "#!/bin/sh\n");
    std::filesystem::permissions(root() / "workbook",
                                 std::filesystem::perms::owner_all);
  }

  // A candidate a line, with its description after a tab.
  std::string Complete(const std::string& line) const {
    ProcessOptions options;
    options.working_directory = root().string();
    options.environment = {{"HOME", root().string()}};
    const ProcessResult result =
        RunProcess({"fish", "--no-config", "-c",
                    "source ./completion.fish; complete -C '" + line + "'"},
                   options);
    EXPECT_TRUE(result.Started()) << result.start_error;
    return result.output;
  }
};

TEST_F(FishCompletion, FindsCommandsWithTheirDescriptions) {
  EXPECT_EQ(Complete("./workbook wat"),
            "watch\tCheck again at each save; keys for hint, bench, quit\n");
}

TEST_F(FishCompletion, FindsExercises) {
  EXPECT_EQ(Complete("./workbook check 09"), "09_01\n09_02\n");
}

TEST_F(FishCompletion, FindsOptionsOfTheCommandAlone) {
  EXPECT_EQ(Complete("./workbook check --j"), "--json\n");
  EXPECT_EQ(Complete("./workbook check --ski"), "");
}

}  // namespace
}  // namespace workbook::cli
