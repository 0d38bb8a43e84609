// SPDX-License-Identifier: Apache-2.0

// A published course and a learner's clone of it, both real git repositories,
// and the real binary on them. For tests.
#ifndef WORKBOOK_TOOLS_WORKBOOK_UPDATE_PUBLISHED_COURSE_H_
#define WORKBOOK_TOOLS_WORKBOOK_UPDATE_PUBLISHED_COURSE_H_

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {

inline constexpr const char* kManifest =
    "id = \"01_01\"\ntitle = \"Pools\"\nchapter = \"01_allocators\"\n"
    "kind = \"build\"\nprerequisites = []\n\n"
    "[[tasks]]\ntitle = \"A pool\"\nfiles = [\"pool.h\", \"pool.cc\"]\n"
    "level = \"core\"\nminutes = 10\ntest = \"pool_test\"\n";

class PublishedCourse : public testing::Test {
 protected:
  PublishedCourse()
      : published_(scratch_.path() / "published"),
        root_(scratch_.path() / "clone") {
    MakeCourse();
  }

  void MakeCourse() {
    WriteCourse(published_);
    Git(published_, {"init", "-q", "-b", "main"});
    Commit(published_, "first");
    Git(scratch_.path(), {"clone", "-q", published_.string(), root_.string()});
  }

  static void WriteCourse(const std::filesystem::path& root) {
    Write(root / "WORKSPACE", "# sample\n");
    Write(root / ".gitignore", "/.workbook/\n");
    Write(root / "tools/tool.txt", "tool 1\n");
    Write(root / "chapters/01_allocators/01_01.md", "page 1\n");
    Write(root / "exercises/01_01/exercise.toml", kManifest);
    Write(root / "exercises/01_01/pool.h", "stub 1\n");
    Write(root / "exercises/01_01/pool.cc", "source stub 1\n");
    Write(root / "exercises/01_01/pool_test.cc", "test 1\n");
    Write(root / "exercises/01_01/pool_bench.cc", "bench 1\n");
  }

  // What a new edition of the course changes.
  static void WriteNews(const std::filesystem::path& root) {
    Write(root / "exercises/01_01/pool.h", "stub 2\n");
    Write(root / "exercises/01_01/pool.cc", "source stub 2\n");
    Write(root / "exercises/01_01/pool_test.cc", "test 2\n");
    Write(root / "exercises/01_01/limits_test.cc", "a new test\n");
    Write(root / "chapters/01_allocators/01_01.md", "page 2\n");
    std::filesystem::remove(root / "exercises/01_01/pool_bench.cc");
  }

  void Publish() {
    WriteNews(published_);
    Commit(published_, "second");
  }

  static void Write(const std::filesystem::path& path,
                    const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  void WriteMine(const std::string& path, const std::string& text) {
    Write(root_ / path, text);
  }

  std::string Read(const std::string& path) const {
    return ReadTextFile(root_ / path).value_or("(no such file)");
  }

  static std::string Git(const std::filesystem::path& folder,
                         std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=L", "-c", "user.email=l@x"});
    ProcessOptions options;
    options.working_directory = folder.string();
    const ProcessResult result = RunProcess(arguments, options);
    EXPECT_TRUE(result.ExitedWith(0))
        << arguments[5] << ": " << DescribeEnd(result) << result.errors;
    return std::string(TrimSpace(result.output));
  }

  static void Commit(const std::filesystem::path& folder,
                     const std::string& message) {
    Git(folder, {"add", "-A"});
    Git(folder, {"commit", "-q", "-m", message});
  }

  ProcessResult Run(std::vector<std::string> arguments) {
    std::vector<std::string> line = {
        "bash", "-c", limits_ + "exec \"$0\" \"$@\"",
        (std::filesystem::current_path() / "tools/workbook/workbook").string()};
    line.insert(line.end(), arguments.begin(), arguments.end());
    ProcessOptions options;
    options.working_directory = root_.string();
    options.environment = {
        {"WORKBOOK_ROOT", root_.string()}, {"HOME", scratch_.path().string()},
        {"GIT_CONFIG_NOSYSTEM", "1"},      {"GIT_AUTHOR_NAME", "L"},
        {"GIT_AUTHOR_EMAIL", "l@x"},       {"GIT_COMMITTER_NAME", "L"},
        {"GIT_COMMITTER_EMAIL", "l@x"}};
    options.timeout = std::chrono::seconds(30);
    return RunProcess(line, options);
  }

  std::string RunOk(const std::vector<std::string>& arguments) {
    const ProcessResult result = Run(arguments);
    EXPECT_TRUE(result.ExitedWith(0)) << result.output << result.errors;
    return result.output;
  }

  static void ExpectProblem(const ProcessResult& result, int exit_code,
                            const std::string& what) {
    EXPECT_EQ(result.exit_code, exit_code) << result.output;
    EXPECT_NE(result.errors.find(what), std::string::npos) << result.errors;
    EXPECT_NE(result.errors.find("  where: "), std::string::npos);
    EXPECT_NE(result.errors.find("  next:  "), std::string::npos);
  }

  static void ExpectHas(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }

  void ExpectNewCourse() {
    EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 2\n");
    EXPECT_EQ(Read("exercises/01_01/limits_test.cc"), "a new test\n");
    EXPECT_EQ(Read("chapters/01_allocators/01_01.md"), "page 2\n");
    EXPECT_FALSE(
        std::filesystem::exists(root_ / "exercises/01_01/pool_bench.cc"));
    EXPECT_FALSE(std::filesystem::exists(root_ / ".workbook/update"));
  }

  std::string limits_;  // shell commands before ./workbook starts
  const ScratchFolder scratch_;
  const std::filesystem::path published_;
  const std::filesystem::path root_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_UPDATE_PUBLISHED_COURSE_H_
