// SPDX-License-Identifier: Apache-2.0

// What --changed chooses, in a real git repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/authoring/changed_files.h"
#include "tools/authoring/scope.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

class ChangesTest : public testing::Test {
 protected:
  ChangesTest() {
    for (const char* file :
         {".bazelrc", "README.md", "chapters/01_pools/01_02.md",
          "exercises/01_02/BUILD.bazel", "exercises/01_02/pool.h",
          "exercises/03_01/BUILD.bazel", "exercises/03_01/components.bzl",
          "solutions/01_02/pool.h", "third_party/fmt.BUILD",
          "tools/build/copts.bzl", "tools/text/BUILD.bazel",
          "tools/text/text.cc", "tools/text/old.cc"}) {
      Write(file, "1\n");
    }
    Git({"init", "-q", "-b", "main"});
    Commit();
    Git({"checkout", "-q", "-b", "mine"});
  }

  void Write(const std::string& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
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
  Names Files(const std::string& revision = "") {
    const ChangedFiles changed = FilesChangedSince(root_, revision);
    EXPECT_FALSE(changed.problem) << changed.problem->Text();
    return changed.files;
  }

  ScratchFolder folder_;
  const fs::path root_ = folder_.path();
};

TEST_F(ChangesTest, NothingDiffersAtTheBeginning) {
  EXPECT_EQ(Files(), Names{});
}

TEST_F(ChangesTest, CommittedOrNotAddedEditedMovedOrRemoved) {
  Write("README.md", "2\n");
  Commit();
  Write("exercises/01_02/pool.h", "2\n");
  Write("exercises/01_02/a file \xc3\xa4", "new\n");
  fs::rename(root_ / "tools/text/old.cc", root_ / "tools/text/new.cc");
  EXPECT_EQ(Files(), (Names{"README.md", "exercises/01_02/a file \xc3\xa4",
                            "exercises/01_02/pool.h", "tools/text/new.cc",
                            "tools/text/old.cc"}));
  EXPECT_EQ(Files("HEAD").size(), 4U) << "README.md is in HEAD";
}

TEST_F(ChangesTest, WhatMainDidMeanwhileIsNoChangeOfMine) {
  Write("exercises/01_02/pool.h", "2\n");
  Commit();
  Git({"checkout", "-q", "main"});
  Write("README.md", "2\n");
  Commit();
  Git({"checkout", "-q", "mine"});
  EXPECT_EQ(Files(), Names{"exercises/01_02/pool.h"});
  EXPECT_EQ(Files("main"), (Names{"README.md", "exercises/01_02/pool.h"}));
}

TEST_F(ChangesTest, IgnoredFilesAreNoChange) {
  Write(".gitignore", "/out/\n");
  Write("out/a.txt", "1\n");
  EXPECT_EQ(Files(), Names{".gitignore"});
}

TEST_F(ChangesTest, AnUnknownRevisionIsAUsageError) {
  for (const char* revision : {"nonesuch", "--all", "01_02"}) {
    const ChangedFiles changed = FilesChangedSince(root_, revision);
    ASSERT_TRUE(changed.problem);
    EXPECT_EQ(changed.problem->exit_code, kExitUsage);
    EXPECT_NE(changed.problem->what.find(revision), std::string::npos);
  }
}

TEST_F(ChangesTest, WithoutAMainOrAGitItSaysSo) {
  Git({"branch", "-q", "-D", "main"});
  ASSERT_TRUE(FilesChangedSince(root_, "").problem);
  fs::remove_all(root_ / ".git");
  const ChangedFiles changed = FilesChangedSince(root_, "");
  ASSERT_TRUE(changed.problem);
  EXPECT_NE(changed.problem->what.find("not a git checkout"),
            std::string::npos);
}

// Of Bazel only the answers to queries are asked.
class QueriedBazel : public Bazel {
 public:
  BazelRun BuildOrTest(const std::string&, const Names&) override { return {}; }
  BazelRun Run(const std::string&, const Names&, const Names&) override {
    return {};
  }
  std::optional<Names> Query(const std::string& expression,
                             std::string& error) override {
    queries.push_back(expression);
    error = "no such package";
    if (fails) return std::nullopt;
    if (expression.starts_with("kind(\"source")) {
      return Names{"//:README_of_target.md", "//exercises/01_02:pool.h",
                   "//tools/text:text.cc"};
    }
    if (expression.starts_with("tests(")) {
      return Names{"//exercises/01_02:pool_test", "//solutions/01_02:pool_test",
                   "//tools/text:text_test"};
    }
    return dependents;
  }

  Names queries;
  Names dependents;
  bool fails = false;
};

class ScopeTest : public ChangesTest {
 protected:
  Scope Find() { return ScopeOf(root_, Files(), {"01_02", "03_01"}, bazel_); }
  static bool Has(const Names& lines, const std::string& part) {
    for (const std::string& line : lines) {
      if (line.find(part) != std::string::npos) return true;
    }
    return false;
  }

  QueriedBazel bazel_;
};

TEST_F(ScopeTest, AnExerciseItsSolutionAndItsPage) {
  for (const char* file :
       {"exercises/01_02/pool.h", "solutions/01_02/pool.h",
        "chapters/01_pools/01_02.md", "docs/benchmarks/01_02.json"}) {
    Write(file, "2\n");
    const Scope scope = Find();
    EXPECT_FALSE(scope.everything);
    EXPECT_EQ(scope.exercises, std::set<std::string>{"01_02"}) << file;
    EXPECT_TRUE(Has(scope.reasons, std::string("01_02: ") + file)) << file;
    Commit();
    Git({"branch", "-q", "-f", "main"});
  }
}

TEST_F(ScopeTest, WhatDecidesHowAllIsBuiltIsEverything) {
  for (const char* file :
       {".bazelrc", "third_party/fmt.BUILD", "tools/build/copts.bzl"}) {
    Write(file, "2\n");
    const Scope scope = Find();
    EXPECT_TRUE(scope.everything) << file;
    EXPECT_TRUE(Has(scope.reasons, std::string("everything: ") + file));
    Git({"checkout", "-q", "."});
  }
  Write("exercises/03_01/components.bzl", "2\n");
  EXPECT_FALSE(Find().everything) << "it lists one exercise's components";
}

TEST_F(ScopeTest, AFileOfToolsIsWhatDependsOnIt) {
  bazel_.dependents = {"//tools/text:text", "//tools/text:text_test",
                       "//solutions/03_01:array_stub", "//exercises/01_02:x"};
  Write("tools/text/text.cc", "2\n");
  const Scope scope = Find();
  EXPECT_FALSE(scope.everything);
  EXPECT_EQ(scope.exercises, (std::set<std::string>{"01_02", "03_01"}));
  EXPECT_EQ(scope.tool_tests, std::set<std::string>{"//tools/text:text_test"});
  EXPECT_TRUE(Has(scope.reasons, "03_01: tools/text/text.cc"));
  EXPECT_TRUE(Has(scope.reasons, "tests of tools, 1: tools/text/text.cc"));
  EXPECT_TRUE(Has(bazel_.queries, "rdeps(//..., set( //tools/text:text.cc ))"));
}

TEST_F(ScopeTest, ARemovedFileAndABuildFileAreTheirPackage) {
  fs::remove(root_ / "tools/text/old.cc");
  Find();
  EXPECT_TRUE(Has(bazel_.queries, "set( //tools/text:all ))"));
  Commit();
  Git({"branch", "-q", "-f", "main"});
  bazel_.queries.clear();
  Write("tools/text/BUILD.bazel", "2\n");
  Find();
  EXPECT_TRUE(Has(bazel_.queries, "set( //tools/text:all ))"));
}

TEST_F(ScopeTest, ATextThatNoTargetReadsCallsForNothing) {
  Write("README.md", "2\n");
  const Scope scope = Find();
  EXPECT_FALSE(scope.everything);
  EXPECT_TRUE(scope.exercises.empty() && scope.tool_tests.empty());
  EXPECT_FALSE(Has(bazel_.queries, "rdeps"));
}

TEST_F(ScopeTest, ABazelThatCannotAnswerIsAProblem) {
  bazel_.fails = true;
  Write("tools/text/text.cc", "2\n");
  const Scope scope = Find();
  ASSERT_TRUE(scope.problem);
  EXPECT_NE(scope.problem->what.find("no such package"), std::string::npos);
}

}  // namespace
}  // namespace workbook
