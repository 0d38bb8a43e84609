// SPDX-License-Identifier: Apache-2.0

#include "tools/process/process.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <string>

namespace workbook {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ProcessResult Shell(const std::string& script,
                    const ProcessOptions& options = {}) {
  return RunProcess({"sh", "-c", script}, options);
}

TEST(RunProcess, ReportsTheExitCodeAndBothStreams) {
  const ProcessResult result = Shell("echo out; echo err >&2; exit 3");
  EXPECT_TRUE(result.Started()) << result.start_error;
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(result.signal, 0);
  EXPECT_FALSE(result.timed_out);
  EXPECT_EQ(result.output, "out\n");
  EXPECT_EQ(result.errors, "err\n");
  EXPECT_TRUE(result.ExitedWith(3));
  EXPECT_EQ(DescribeEnd(result), "exit code 3");
}

TEST(RunProcess, ReportsTheSignalThatEndedIt) {
  const ProcessResult result = Shell("kill -SEGV $$");
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_FALSE(result.ExitedWith(0));
  EXPECT_EQ(DescribeEnd(result), "signal 11 (Segmentation fault)");
}

TEST(RunProcess, NamesAProgramThatIsNotInstalled) {
  const ProcessResult result = RunProcess({"no-such-program-here"});
  EXPECT_FALSE(result.Started());
  EXPECT_NE(result.start_error.find("no-such-program-here is not installed"),
            std::string::npos)
      << result.start_error;
  EXPECT_FALSE(IsInstalled("no-such-program-here"));
  EXPECT_TRUE(IsInstalled("sh"));
}

TEST(RunProcess, NamesAFileThatCannotRun) {
  const ProcessResult result = RunProcess({"/etc/passwd"});
  EXPECT_FALSE(result.Started());
  EXPECT_EQ(result.start_error, "/etc/passwd: Permission denied");
}

TEST(RunProcess, NamesAFolderThatIsNotThere) {
  ProcessOptions options;
  options.working_directory = "/no/such/folder";
  const ProcessResult result = RunProcess({"true"}, options);
  EXPECT_FALSE(result.Started());
  EXPECT_NE(result.start_error.find("/no/such/folder"), std::string::npos);
}

TEST(RunProcess, KillsWhatRunsPastItsTime) {
  ProcessOptions options;
  options.timeout = milliseconds(200);
  const ProcessResult result = Shell("echo before; sleep 60", options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_EQ(result.output, "before\n") << "what came before the end is kept";
  EXPECT_LT(result.elapsed, seconds(10));
  EXPECT_TRUE(DescribeEnd(result).starts_with("stopped after"));
}

TEST(RunProcess, KillsChildrenOfAProgramThatRunsPastItsTime) {
  ProcessOptions options;
  options.timeout = milliseconds(200);
  const ProcessResult result =
      Shell("sleep 60 & echo $!; wait; echo never", options);
  EXPECT_TRUE(result.timed_out);
  const pid_t child = std::stoi(result.output);
  for (int i = 0; i < 500 && kill(child, 0) == 0; ++i) Shell("sleep 0.01");
  // A zombie that init has not collected yet answers too, so look at its state.
  const ProcessResult state = Shell(
      "cut -d' ' -f3 /proc/" + std::to_string(child) + "/stat 2>/dev/null");
  EXPECT_TRUE(state.output.empty() || state.output == "Z\n") << state.output;
}

TEST(RunProcess, DoesNotWaitForAChildThatIsLeftBehind) {
  const ProcessResult result = Shell("sleep 60 & echo done");
  EXPECT_TRUE(result.ExitedWith(0));
  EXPECT_EQ(result.output, "done\n");
  EXPECT_LT(result.elapsed, seconds(20));
}

TEST(RunProcess, DoesNotWaitForAChildThatLeftTheGroup) {
  const ProcessResult result = Shell("setsid sleep 3 & echo done");
  EXPECT_TRUE(result.ExitedWith(0));
  EXPECT_EQ(result.output, "done\n");
  EXPECT_LT(result.elapsed, seconds(3));
}

TEST(RunProcess, KeepsNoMoreOutputThanItsLimit) {
  ProcessOptions options;
  options.output_limit_bytes = 1000;
  std::size_t seen_bytes = 0;
  options.on_output = [&](std::string_view piece) {
    seen_bytes += piece.size();
  };
  const ProcessResult result = Shell("head -c 300000 /dev/zero", options);
  EXPECT_TRUE(result.ExitedWith(0));
  EXPECT_TRUE(result.output_truncated);
  EXPECT_EQ(result.output.size(), 1000U);
  EXPECT_EQ(seen_bytes, 300000U);
}

TEST(RunProcess, EndsAnEndlessOutputByItsTime) {
  ProcessOptions options;
  options.output_limit_bytes = 1000;
  options.timeout = milliseconds(300);
  const ProcessResult result = RunProcess({"yes"}, options);
  EXPECT_TRUE(result.timed_out);
  EXPECT_TRUE(result.output_truncated);
  EXPECT_EQ(result.output.size(), 1000U);
}

TEST(RunProcess, OutputOfExactlyTheLimitIsWhole) {
  ProcessOptions options;
  options.output_limit_bytes = 4;
  const ProcessResult result = Shell("printf four", options);
  EXPECT_EQ(result.output, "four");
  EXPECT_FALSE(result.output_truncated);
}

TEST(RunProcess, SetsAndUnsetsTheEnvironment) {
  setenv("WORKBOOK_KEPT", "kept", 1);
  setenv("WORKBOOK_CHANGED", "before", 1);
  setenv("WORKBOOK_GONE", "here", 1);
  ProcessOptions options;
  options.environment = {{"WORKBOOK_CHANGED", "after"}};
  options.unset = {"WORKBOOK_GONE"};
  const ProcessResult result = Shell(
      "echo $WORKBOOK_KEPT $WORKBOOK_CHANGED ${WORKBOOK_GONE-gone}", options);
  EXPECT_EQ(result.output, "kept after gone\n");
}

TEST(RunProcess, StartsInTheFolderAsked) {
  ProcessOptions options;
  options.working_directory = "/";
  EXPECT_EQ(RunProcess({"pwd"}, options).output, "/\n");
}

TEST(RunProcess, GivesAnEmptyStdin) {
  EXPECT_EQ(Shell("cat; echo end").output, "end\n");
}

TEST(RunProcess, PassesArgumentsUntouched) {
  const ProcessResult result =
      RunProcess({"printf", "%s|", "a b", "", "$HOME", "*"});
  EXPECT_EQ(result.output, "a b||$HOME|*|");
}

}  // namespace
}  // namespace workbook
