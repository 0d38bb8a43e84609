// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/tidy_check.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

// A git repository with a tidy.sh that refuses "bad" and notes what it looked
// at, and a clang-tidy of which only the version is asked.
class TidyCheckTest : public testing::Test {
 protected:
  TidyCheckTest() : path_(::getenv("PATH")) {
    ::setenv("PATH", ((root_ / "bin").string() + ":" + path_).c_str(), 1);
    WriteProgram("bin/clang-tidy", "echo version 14");
    WriteProgram("tools/authoring/tidy.sh",
                 "if [ \"$1\" = --list ]; then shift\n"
                 "  if [ \"$1\" = --all ]; then set -- $(git ls-files); fi\n"
                 "  printf '%s\\n' \"$@\" | grep '\\.cc$'; exit 0\n"
                 "fi\n"
                 "echo \"$1\" >>looked_at.txt\n"
                 "if grep -q bad \"$1\"; then echo \"$1:1: bad\"; exit 1; fi");
    Write(".gitignore", "/bin/\n/.workbook/\nlooked_at.txt\n");
    Write("a.cc", "#include \"a.h\"\n");
    Write("a.h", "int a;\n");
    Write("solutions/01_02/b.cc", "int b;\n");
    Git({"init", "-q", "-b", "main"});
    Commit();
  }
  ~TidyCheckTest() override { ::setenv("PATH", path_.c_str(), 1); }

  void Write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  void WriteProgram(const std::string& file, const std::string& script) {
    Write(file, "#!/bin/sh\n" + script + "\n");
    fs::permissions(root_ / file, fs::perms::owner_all);
  }
  void Git(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=A", "-c", "user.email=a@b"});
    ProcessOptions options;
    options.working_directory = root_.string();
    const ProcessResult run = RunProcess(arguments, options);
    ASSERT_TRUE(run.ExitedWith(0)) << run.errors;
  }
  void Commit() {
    Git({"add", "-A"});
    Git({"commit", "-q", "-m", "x"});
  }

  VerifyReport Check(const TidyOptions& tidy = {}) {
    fs::remove(root_ / "looked_at.txt");
    VerifyOptions options;
    options.root = root_;
    GateLog log(options);
    log.Step("clang-tidy");
    CheckTidy(root_, tidy, log);
    return log.Finish();
  }

  std::string LookedAt() const {
    std::vector<std::string> lines;
    const std::string text = ReadTextFile(root_ / "looked_at.txt").value_or("");
    for (const auto line : SplitLines(text)) lines.emplace_back(line);
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) all += line + " ";
    return all;
  }

  ScratchFolder folder_;
  const fs::path root_ = folder_.path();
  const std::string path_;
  const TidyOptions all_{.all = true, .revision = "", .folders = {}};
};

TEST_F(TidyCheckTest, LooksAtWhatDiffersFromMain) {
  EXPECT_TRUE(Check().Green());
  EXPECT_EQ(LookedAt(), "");
  Git({"checkout", "-q", "-b", "mine"});
  Write("solutions/01_02/b.cc", "int bb;\n");
  Commit();
  Write("c.cc", "int c;\n");
  EXPECT_TRUE(Check().Green());
  EXPECT_EQ(LookedAt(), "c.cc solutions/01_02/b.cc ");
}

TEST_F(TidyCheckTest, LooksAtAllWhenAsked) {
  EXPECT_TRUE(Check(all_).Green());
  EXPECT_EQ(LookedAt(), "a.cc solutions/01_02/b.cc ");
}

TEST_F(TidyCheckTest, AnExerciseIsItsFolders) {
  TidyOptions one = all_;
  one.folders = {"exercises/01_02/", "solutions/01_02/"};
  EXPECT_TRUE(Check(one).Green());
  EXPECT_EQ(LookedAt(), "solutions/01_02/b.cc ");
}

TEST_F(TidyCheckTest, LooksOnceAtWhatIsClean) {
  Check(all_);
  EXPECT_TRUE(Check(all_).Green());
  EXPECT_EQ(LookedAt(), "");
  Write("a.h", "int a2;\n");
  Check(all_);
  EXPECT_EQ(LookedAt(), "a.cc ") << "its header has changed";
  Write(".clang-tidy", "Checks: bugprone-*\n");
  Check(all_);
  EXPECT_EQ(LookedAt(), "a.cc solutions/01_02/b.cc ") << "other checks";
  WriteProgram("bin/clang-tidy", "echo version 16");
  Check(all_);
  EXPECT_EQ(LookedAt(), "a.cc solutions/01_02/b.cc ") << "another clang-tidy";
}

TEST_F(TidyCheckTest, AFindingFailsEachTime) {
  Write("a.cc", "bad\n");
  for (int i = 0; i < 2; ++i) {
    const VerifyReport report = Check(all_);
    EXPECT_EQ(report.passed, 0);
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_NE(report.failures[0].find("a.cc:1: bad"), std::string::npos);
    EXPECT_NE(report.failures[0].find("Fix: "), std::string::npos);
  }
}

TEST_F(TidyCheckTest, WhatIsMissingIsAGap) {
  fs::remove_all(root_ / ".git");
  VerifyReport report = Check();
  EXPECT_EQ(report.failed, 0);
  ASSERT_EQ(report.gaps.size(), 1U);
  EXPECT_NE(report.gaps[0].find("not a git checkout"), std::string::npos);
  fs::remove(root_ / "tools/authoring/tidy.sh");
  EXPECT_EQ(Check().gaps.size(), 1U);
}

}  // namespace
}  // namespace workbook
