// SPDX-License-Identifier: Apache-2.0

// What was changed in any way is Bazel's: nothing is judged by an old object.
#include <chrono>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/direct/sample_place.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

constexpr char kHeader[] = "exercises/09_09/one.h";
constexpr char kSource[] = "exercises/09_09/one.cc";

class Staleness : public testing::Test, public SamplePlace {
 protected:
  using SamplePlace::Test;  // not GoogleTest's

  Staleness() { BuildWithBazel(); }
};

TEST_F(Staleness, AnythingButASourceIsBazels) {
  for (const std::string file :
       {kHeader, "exercises/09_09/one_test.cc", "exercises/09_09/BUILD.bazel",
        "WORKSPACE", "bin/cc"}) {
    ASSERT_TRUE(Test());
    Write(file, Read(file) + "# changed\n");
    EXPECT_FALSE(Test()) << file;
    BuildWithBazel();
  }
}

TEST_F(Staleness, AFileThatComesIsBazels) {
  for (const std::string file :
       {"exercises/09_09/three.cc", "exercises/09_09/testdata/a", ".bazelrc",
        ".bazelrc.user"}) {
    ASSERT_TRUE(Test());
    Write(file, "# new\n");
    EXPECT_FALSE(Test()) << file;
    BuildWithBazel();
  }
}

TEST_F(Staleness, AFileThatGoesIsBazels) {
  for (const std::string file : {kHeader, kSource}) {
    ASSERT_TRUE(Test());
    const std::string text = Read(file);
    fs::remove(PathOf(file));
    EXPECT_FALSE(Test()) << file;
    Write(file, text);
    BuildWithBazel();
  }
}

TEST_F(Staleness, WhatAnEditorLeavesForAMomentIsNoFile) {
  for (const std::string name :
       {".one.cc.swp", "one.cc~", "4913", "#one.cc#"}) {
    Write("exercises/09_09/" + name, "x");
  }
  EXPECT_TRUE(Test());
}

TEST_F(Staleness, AHeaderPutBackWithItsOldTimeAndSizeIsSeen) {
  const auto time = fs::last_write_time(PathOf(kHeader));
  Write(kHeader, "# CONTRACT\n");
  fs::last_write_time(PathOf(kHeader), time);
  EXPECT_FALSE(Test());
}

TEST_F(Staleness, ASourcePutBackWithItsOldTimeIsCompiled) {
  const auto time = fs::last_write_time(PathOf(kSource));
  const std::string old = Read(kSource);
  Write(kSource, std::string("#include \"09_09/one.h\"\n") + kRed);
  ASSERT_EQ(Test()->targets.at(kOne).test->status, "FAILED");
  Write(kSource, old);
  fs::last_write_time(PathOf(kSource), time);
  EXPECT_EQ(Test()->targets.at(kOne).test->status, "PASSED");
  EXPECT_EQ(Runs("compiler"), 2);
}

TEST_F(Staleness, AnIncludeThatBazelHasNotSeenIsItsToJudge) {
  Write(kSource, std::string("#include \"09_09/two.h\"\n") + kGreen);
  EXPECT_TRUE(Test()) << "an input of a test of the exercise";
  Write(kSource, std::string("#include \"09_09/BUILD.bazel\"\n") + kGreen);
  EXPECT_TRUE(Test()) << "so is every file of its folder";
  Write("exercises/09_10/other.h", "# of another exercise\n");
  Write(kSource, std::string("#include \"09_10/other.h\"\n") + kGreen);
  EXPECT_FALSE(Test());
}

TEST_F(Staleness, ASaveWhileBazelRunsIsNotRemembered) {
  Write(kHeader, "# Bazel's turn\n");
  const Before before = LookBefore(place());
  const BuildEvents events = Bazel("PASSED", "PASSED");
  Write(kSource, std::string("#include \"09_09/one.h\"\n") + kRed);
  Remember(place(), before, events, Answers());
  EXPECT_FALSE(Test());
}

TEST_F(Staleness, ASaveWhileTheCompilerRunsIsCompiledAgain) {
  Write(kSource, std::string("#include \"09_09/one.h\"\n# SAVES\n") + kGreen);
  ASSERT_TRUE(Test());
  ASSERT_TRUE(Test());
  EXPECT_EQ(Runs("compiler"), 2);
}

TEST_F(Staleness, AnObjectThatIsGoneIsMadeAnewOrBazels) {
  Write(kSource, std::string("#include \"09_09/one.h\"\n# new\n") + kGreen);
  ASSERT_TRUE(Test());
  fs::remove(place().scratch / "one.o");
  EXPECT_TRUE(Test());
  EXPECT_EQ(Runs("compiler"), 2);
  // As bazel clean does.
  fs::remove_all(place().root.parent_path() / "base/execroot/bazel-out");
  EXPECT_FALSE(Test());
}

TEST_F(Staleness, AResultWhoseFilesAreGoneIsBazels) {
  fs::remove_all(place().root.parent_path() / "logs");
  EXPECT_FALSE(Test());
}

TEST_F(Staleness, ATestThatWasNotBuiltIsNotRemembered) {
  Write(kHeader, "# does not compile\n");
  const Before before = LookBefore(place());
  BuildEvents events = Bazel("PASSED", "PASSED");
  events.targets.at(kTwo).test.reset();
  Remember(place(), before, events, Answers());
  EXPECT_FALSE(Test());
}

// A wider check came before: of all tasks, and now of one.
TEST_F(Staleness, APlanOfMoreTestsIsMadeAnew) {
  Place narrow = place();
  narrow.labels = {kOne};
  const Before before = LookBefore(narrow);
  BuildEvents events = Bazel("PASSED", "PASSED");
  events.targets.erase(kTwo);
  EXPECT_NO_THROW(Remember(narrow, before, events, Answers()));
}

TEST_F(Staleness, ActionsThatLookOtherwiseMakeNoPlan) {
  const Words labels{kOne};
  const std::string folder = "exercises/09_09";
  EXPECT_FALSE(PlanOfActions("no json", folder, labels));
  EXPECT_FALSE(PlanOfActions("{}", folder, labels));
  EXPECT_FALSE(PlanOfActions(R"({"actions":[]})", folder, labels));
  // An archive: what is in it is not known.
  EXPECT_FALSE(PlanOfActions(
      R"({"actions":[{"arguments":["ld","-o","b/exercises/09_09/one_test",)"
      R"("bazel-out/bin/libone.a"]}]})",
      folder, labels));
}

}  // namespace
}  // namespace workbook::direct
