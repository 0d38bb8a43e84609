// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/trouble.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

// What Bazel 4.2.3 wrote when it was brought to each of these ends.
class ExplainEndTest : public testing::Test {
 protected:
  BazelTrouble Explain(int exit_code, const std::string& errors = "") {
    ProcessResult run;
    run.exit_code = exit_code;
    run.errors = errors;
    const auto trouble = ExplainEnd(run, folder_.path());
    EXPECT_TRUE(trouble.has_value()) << exit_code;
    return trouble.value_or(BazelTrouble{});
  }
  void Write(const std::string& file, const std::string& text) {
    EXPECT_FALSE(ReplaceTextFile(folder_.path() / file, text));
  }

  ScratchFolder folder_;
};

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(ExplainEndTest, NamesTheLineOfTheRcFileThatHoldsARefusedOption) {
  Write(".bazelrc", "build --jobs=2\n");
  Write(".bazelrc.user", "# mine\n# --enable_bzlmod\ncommon --enable_bzlmod\n");
  const BazelTrouble trouble = Explain(
      2,
      "INFO: Reading rc options for 'build' from /w/.bazelrc.user:\n"
      "  Inherited 'common' options: --enable_bzlmod\n"
      "ERROR: --enable_bzlmod :: Unrecognized option: --enable_bzlmod\n");
  EXPECT_TRUE(Has(trouble.what, "exit code 2")) << trouble.what;
  EXPECT_TRUE(Has(trouble.what, "Unrecognized option: --enable_bzlmod"));
  EXPECT_EQ(trouble.where, (folder_.path() / ".bazelrc.user:3").string());
  EXPECT_TRUE(Has(trouble.next, "Remove that line")) << trouble.next;
  EXPECT_FALSE(trouble.results_stand);
}

TEST_F(ExplainEndTest, FindsEveryFormOfARefusedOption) {
  Write(".bazelrc", "build --jobs=x\nbuild --config=nope\nstartup --nowhere\n");
  const std::string rc = (folder_.path() / ".bazelrc").string();
  EXPECT_EQ(Explain(2,
                    "ERROR: While parsing option --jobs=x: Parameter 'x' "
                    "does not follow correct syntax.\n")
                .where,
            rc + ":1");
  EXPECT_EQ(Explain(2,
                    "ERROR: Config value 'nope' is not defined in any .rc "
                    "file\n")
                .where,
            rc + ":2");
  EXPECT_EQ(Explain(2,
                    "[FATAL 03:59:23.727 src/main/cpp/blaze.cc:1298] Unknown "
                    "startup option: '--nowhere'.\n")
                .where,
            rc + ":3");
  EXPECT_TRUE(
      Has(Explain(2, "ERROR: --gone :: Unrecognized\n").where, "command line"));
  EXPECT_TRUE(Has(Explain(2).what, "exit code 2"));
}

TEST_F(ExplainEndTest, TellsEachCodeInWords) {
  EXPECT_TRUE(Has(Explain(8).what, "interrupted"));
  EXPECT_TRUE(Has(Explain(9).what, "another Bazel command"));
  EXPECT_TRUE(Has(Explain(33).what, "memory"));
  EXPECT_TRUE(Has(Explain(34).what, "remote server"));
  EXPECT_TRUE(Has(Explain(36,
                          "FATAL: Output base directory '/proc/ob' could "
                          "not be created\n")
                      .what,
                  "'/proc/ob' could not be created"));
  EXPECT_TRUE(Has(Explain(99).what, "exit code 99"));
}

TEST_F(ExplainEndTest, NamesTheLogOfAServerThatEnded) {
  const BazelTrouble trouble =
      Explain(37,
              "\nServer terminated abruptly (error code: 14, error message: "
              "'Socket closed', log file: '/ob/server/jvm.out')\n");
  EXPECT_TRUE(Has(trouble.what, "killed")) << trouble.what;
  EXPECT_EQ(trouble.where, "/ob/server/jvm.out");
  EXPECT_FALSE(Explain(37).where.empty());
}

TEST_F(ExplainEndTest, ALostReportLeavesTheResults) {
  Write(".bazelrc.user", "build --bes_backend=grpc://127.0.0.1:1\n");
  for (const int code : {38, 45}) {
    const BazelTrouble trouble =
        Explain(code, "ERROR: The Build Event Protocol upload timed out.\n");
    EXPECT_TRUE(trouble.results_stand);
    EXPECT_TRUE(Has(trouble.where, ".bazelrc.user:1")) << trouble.where;
  }
}

TEST_F(ExplainEndTest, SeesAFullDisk) {
  EXPECT_TRUE(Has(Explain(36,
                          "Couldn't write logging file /ob/javalog: No "
                          "space left on device\n")
                      .what,
                  "no space left"));
  EXPECT_TRUE(
      Has(Explain(1, "ERROR: I/O error: No space left on device\n").what,
          "no space left"));
}

TEST_F(ExplainEndTest, LeavesWhatTellsOfTheCode) {
  for (const int code : {0, 1, 3, 4, 7}) {
    ProcessResult run;
    run.exit_code = code;
    run.errors = "  case ENOSPC: return \"No space left on device\";\n";
    EXPECT_FALSE(ExplainEnd(run, folder_.path()).has_value()) << code;
  }
}

TEST_F(ExplainEndTest, LeavesTheEndOfAProgramThatBazelRan) {
  ProcessResult run;
  run.exit_code = 2;
  run.errors = "INFO: Running command line: bazel-bin/solutions/01_02/bench\n";
  EXPECT_FALSE(ExplainEnd(run, folder_.path()).has_value());
  ProcessResult not_started;
  not_started.start_error = "no";
  EXPECT_FALSE(ExplainEnd(not_started, folder_.path()).has_value());
}

}  // namespace
}  // namespace workbook
