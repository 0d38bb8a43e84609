// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/bazel.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

// A Bazel that is a script, for as long as the test.
class InstalledBazelTest : public testing::Test {
 protected:
  ~InstalledBazelTest() override { ::unsetenv("WORKBOOK_BAZEL"); }

  InstalledBazel Install(const std::string& script) {
    const auto program = folder_.path() / "bazel.sh";
    EXPECT_FALSE(ReplaceTextFile(program, "#!/bin/sh\n" + script));
    std::filesystem::permissions(program, std::filesystem::perms{0755});
    ::setenv("WORKBOOK_BAZEL", program.c_str(), 1);
    return InstalledBazel(folder_.path());
  }

  ScratchFolder folder_;
};

TEST_F(InstalledBazelTest, ReadsTheEventsAndLeavesNoFileBehind) {
  InstalledBazel bazel = Install(R"(
for argument in "$@"; do
  case $argument in
    --build_event_json_file=*) events=${argument#*=} ;;
  esac
done
echo '{"id":{"targetCompleted":{"label":"//a:b"}},"completed":{}}' >"$events"
echo "$@"
pwd
exit 1
)");
  const BazelRun run =
      bazel.BuildOrTest("test", {"--config=asan", "--", "//a"});
  EXPECT_TRUE(run.ExitedWith(1));
  EXPECT_TRUE(run.Ended());
  EXPECT_EQ(run.events.not_built, std::vector<std::string>{"//a:b"});
  EXPECT_EQ(run.output.find("--nohome_rc test --keep_going"), 0U) << run.output;
  EXPECT_NE(run.output.find("--test_summary=none --config=asan -- //a\n"),
            std::string::npos)
      << run.output;
  EXPECT_NE(run.output.find("\n" + folder_.path().string() + "\n"),
            std::string::npos)
      << "it starts in the workspace";
  EXPECT_TRUE(FileNames(folder_.path() / ".workbook", "").empty());
}

TEST_F(InstalledBazelTest, RemovesWhatKilledOnesLeftTheDayBefore) {
  namespace fs = std::filesystem;
  const fs::path folder = folder_.path() / ".workbook";
  fs::create_directories(folder);
  for (const char* name : {"events-1.json", "events-2.json", "progress.json"}) {
    EXPECT_FALSE(ReplaceTextFile(folder / name, "{}"));
    if (name == std::string("events-2.json")) continue;
    fs::last_write_time(folder / name, fs::file_time_type::clock::now() -
                                           std::chrono::hours(25));
  }
  Install("exit 0\n").BuildOrTest("build", {"//a"});
  EXPECT_EQ(FileNames(folder, ""),
            (std::vector<std::string>{"events-2.json", "progress.json"}))
      << "events-2 may be another terminal's";
}

TEST_F(InstalledBazelTest, TellsAKilledOneFromOneThatFailed) {
  const BazelRun run = Install("kill -9 $$\n").BuildOrTest("build", {"//a"});
  EXPECT_TRUE(run.Started());
  EXPECT_FALSE(run.Ended());
  EXPECT_EQ(run.signal, 9);
}

TEST_F(InstalledBazelTest, SaysThatItCannotStart) {
  ::setenv("WORKBOOK_BAZEL", "/no/such/bazel", 1);
  InstalledBazel bazel(folder_.path());
  const BazelRun run = bazel.Run("//a:b", {}, {});
  EXPECT_FALSE(run.Started());
  EXPECT_FALSE(run.Ended());
  std::string error;
  EXPECT_EQ(bazel.Query("//...", error), std::nullopt);
  EXPECT_NE(error.find("could not be started"), std::string::npos) << error;
}

TEST_F(InstalledBazelTest, QueryGivesTheLinesOrTheError) {
  std::string error;
  EXPECT_EQ(Install("echo //a:b; echo; echo //a:c\n").Query("//...", error),
            (std::vector<std::string>{"//a:b", "//a:c"}));
  InstalledBazel broken =
      Install("echo 'Loading:' >&2; echo 'ERROR: a/BUILD:1' >&2; exit 7\n");
  EXPECT_EQ(broken.Query("//...", error), std::nullopt);
  EXPECT_EQ(error, "ERROR: a/BUILD:1");
}

TEST_F(InstalledBazelTest, RunsOptimised) {
  const BazelRun run = Install("echo \"$@\"\n")
                           .Run("//a:bench", {"--config=strict"}, {"--smoke"});
  EXPECT_EQ(run.output.find("--nohome_rc run -c opt "), 0U) << run.output;
  EXPECT_TRUE(run.output.ends_with(" --config=strict //a:bench -- --smoke\n"))
      << run.output;
}

TEST_F(InstalledBazelTest, HasAUserName) {
  const char* before = ::getenv("USER");
  const std::string user = before != nullptr ? before : "";
  InstalledBazel bazel = Install("echo \"$USER\"\n");
  ::setenv("USER", "anna", 1);
  EXPECT_EQ(bazel.Ask({"info"}), "anna\n");
  for (const bool is_empty : {true, false}) {
    ::unsetenv("USER");
    if (is_empty) ::setenv("USER", "", 1);
    const std::string name = bazel.Ask({"info"}).value_or("");
    EXPECT_GT(name.size(), 1U) << "Bazel ends at once where there is none";
  }
  if (before != nullptr) ::setenv("USER", user.c_str(), 1);
}

TEST_F(InstalledBazelTest, TellsWhyItGaveUp) {
  const BazelRun run =
      Install("echo 'FATAL: no' >&2; exit 36\n").BuildOrTest("build", {"//a"});
  ASSERT_TRUE(run.trouble.has_value());
  EXPECT_NE(run.trouble->what.find("FATAL: no"), std::string::npos);
  std::string error;
  Install("exit 37\n").Query("//...", error);
  EXPECT_NE(error.find("exit code 37"), std::string::npos) << error;
}

TEST_F(InstalledBazelTest, SaysThatItWaitsAndHowFarItIs) {
  Install(
      "echo 'Another command (pid=1) is running. Waiting for it to complete on "
      "the server (server_pid=2)...' >&2\n");
  BazelSettings settings;
  settings.task = "Building";
  InstalledBazel bazel(folder_.path(), settings);
  testing::internal::CaptureStderr();
  bazel.BuildOrTest("build", {"//a"});
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "workbook: another command is building in this workspace: waiting "
            "for it\n");
}

// A folder that is alone on PATH, with Bazels that are scripts.
class FindBazelTest : public testing::Test {
 protected:
  FindBazelTest() : path_(::getenv("PATH")) {
    ::setenv("PATH", folder_.path().c_str(), 1);
  }
  ~FindBazelTest() override {
    ::setenv("PATH", path_.c_str(), 1);
    ::unsetenv("USE_BAZEL_VERSION");
  }

  std::string Install(const std::string& name, const std::string& text) {
    const auto program = folder_.path() / name;
    EXPECT_FALSE(ReplaceTextFile(program, text));
    std::filesystem::permissions(program, std::filesystem::perms{0755});
    return std::filesystem::canonical(program);
  }

  ScratchFolder folder_;
  const std::string path_;
};

TEST_F(FindBazelTest, TakesTheOneVersionThatDebiansScriptWouldTake) {
  EXPECT_EQ(FindBazel(), "");
  Install("bazelisk", "#!/bin/sh\n");
  EXPECT_EQ(FindBazel(), "bazelisk");
  Install("bazel", "#!/bin/bash\n");
  EXPECT_EQ(FindBazel(), "bazel") << "a script, and nothing beside it";
  const std::string four = Install("bazel-4",
                                   "\x7f"
                                   "ELF");
  EXPECT_EQ(FindBazel(), four);
  ::setenv("USE_BAZEL_VERSION", "4", 1);
  EXPECT_EQ(FindBazel(), "bazel") << "the script knows what that means";
  ::unsetenv("USE_BAZEL_VERSION");
  Install("bazel-5.1.0",
          "\x7f"
          "ELF");
  EXPECT_EQ(FindBazel(), "bazel") << "which of two is the script's choice";
}

TEST_F(FindBazelTest, LeavesAProgramThatIsNoScript) {
  Install("bazel",
          "\x7f"
          "ELF");
  Install("bazel-4",
          "\x7f"
          "ELF");
  EXPECT_EQ(FindBazel(), "bazel");
}

}  // namespace
}  // namespace workbook
