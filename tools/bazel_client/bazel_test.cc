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
  EXPECT_EQ(run.output.find("test --keep_going"), 0U) << run.output;
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
  const BazelRun run = bazel.Run("//a:b", {});
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
  const BazelRun run = Install("echo \"$@\"\n").Run("//a:bench", {"--smoke"});
  EXPECT_EQ(run.output.find("run -c opt "), 0U) << run.output;
  EXPECT_TRUE(run.output.ends_with(" //a:bench -- --smoke\n")) << run.output;
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

TEST(ErrorLines, KeepTheCompilersAndTheLinkersToo) {
  const std::string errors =
      "INFO: x\nERROR: a\na.cc:1:2: error: b\na.cc: undefined reference to c\n"
      "FATAL: d\n";
  EXPECT_EQ(ErrorLines(errors, 9).size(), 4U);
  EXPECT_EQ(ErrorLines(errors, 2),
            (std::vector<std::string>{"ERROR: a", "a.cc:1:2: error: b"}));
  EXPECT_EQ(BazelErrorLines(errors, 9),
            (std::vector<std::string>{"ERROR: a", "FATAL: d"}));
}

}  // namespace
}  // namespace workbook
