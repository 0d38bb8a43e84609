// SPDX-License-Identifier: Apache-2.0

// The short way gives what Bazel would.
#include "tools/workbook/direct/direct.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/direct/sample_place.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

class Direct : public testing::Test, public SamplePlace {
 protected:
  using SamplePlace::Test;  // not GoogleTest's

  void Edit(const std::string& stem, const std::string& text) const {
    Write("exercises/09_09/" + stem + ".cc",
          "#include \"09_09/" + stem + ".h\"\n" + text);
  }
};

TEST_F(Direct, WithoutAPlanItIsBazels) {
  EXPECT_FALSE(Test());
  Write(".workbook/direct/09_09/plan.json", "{\"version\": 1");
  EXPECT_FALSE(Test());
  Write(".workbook/direct/09_09/plan.json", "{\"version\": 99}");
  EXPECT_FALSE(Test());
}

TEST_F(Direct, WhereNothingHasChangedGreenTestsKeepTheirResult) {
  BuildWithBazel();
  const auto events = Test();
  ASSERT_TRUE(events);
  ASSERT_EQ(events->targets.size(), 2u);
  const BazelTarget& one = events->targets.at(kOne);
  EXPECT_TRUE(one.built);
  EXPECT_EQ(one.timeout_seconds, 1);
  ASSERT_TRUE(one.test);
  EXPECT_TRUE(one.test->cached);
  EXPECT_EQ(one.test->status, "PASSED");
  EXPECT_EQ(ReadTextFile(one.test->xml), "Bazel's\n");
  EXPECT_EQ(Runs("compiler") + Runs("linker") + Runs("one"), 0);
}

TEST_F(Direct, WhereNothingHasChangedRedTestsRunAgain) {
  BuildWithBazel("FAILED");
  const auto events = Test();
  ASSERT_TRUE(events);
  EXPECT_EQ(events->targets.at(kOne).test->status, "PASSED");
  EXPECT_EQ(Runs("one"), 1);
  EXPECT_EQ(Runs("two"), 0);
  EXPECT_EQ(Runs("compiler"), 0);
}

TEST_F(Direct, AnEditRunsTheTestThatUsesIt) {
  BuildWithBazel();
  Edit("one", kRed);
  auto events = Test();
  ASSERT_TRUE(events);
  const BazelTest red = events->targets.at(kOne).test.value();
  EXPECT_EQ(red.status, "FAILED");
  EXPECT_FALSE(red.cached);
  EXPECT_EQ(ReadTextFile(red.xml), "red\n");
  EXPECT_TRUE(events->targets.at(kTwo).test->cached);
  EXPECT_EQ(Runs("compiler"), 1);
  EXPECT_EQ(Runs("two"), 0);

  Edit("one", kGreen);
  events = Test();
  ASSERT_TRUE(events);
  EXPECT_EQ(events->targets.at(kOne).test->status, "PASSED");
  ASSERT_TRUE(Test());
  EXPECT_EQ(Runs("compiler"), 2) << "the third check has nothing to do";
  EXPECT_EQ(Runs("one"), 2);
}

TEST_F(Direct, ACompilersErrorIsToldAsBazelTellsIt) {
  BuildWithBazel();
  Edit("one", "DOES_NOT_COMPILE\n");
  for (int i = 0; i < 2; ++i) {
    const auto events = Test();
    ASSERT_TRUE(events);
    const BazelTarget& one = events->targets.at(kOne);
    EXPECT_FALSE(one.built);
    EXPECT_FALSE(one.test);
    ASSERT_EQ(one.failed_actions.size(), 1u);
    const FailedAction& action = events->actions.at(one.failed_actions[0]);
    EXPECT_EQ(action.kind, "CppCompile");
    EXPECT_EQ(ReadTextFile(action.stderr_file),
              "exercises/09_09/one.cc:7:1: error: so it is\n");
    EXPECT_TRUE(events->targets.at(kTwo).built);
  }
  Edit("one", kGreen);
  EXPECT_EQ(Test()->targets.at(kOne).test->status, "PASSED");
}

TEST_F(Direct, ALinkersErrorIsToldAsBazelTellsIt) {
  BuildWithBazel();
  Edit("two", "DOES_NOT_LINK\n");
  const auto events = Test();
  ASSERT_TRUE(events);
  const BazelTarget& two = events->targets.at(kTwo);
  EXPECT_FALSE(two.built);
  ASSERT_EQ(two.failed_actions.size(), 1u);
  const FailedAction& action = events->actions.at(two.failed_actions[0]);
  EXPECT_EQ(action.kind, "CppLink");
  EXPECT_EQ(ReadTextFile(action.stderr_file), "undefined reference to 'it'\n");
}

TEST_F(Direct, AProgramWithoutAReportHasItsExitCodeInOne) {
  BuildWithBazel();
  Edit("one", "kill -SEGV $$\n");
  Edit("two", "exit 0\n");
  const auto events = Test();
  ASSERT_TRUE(events);
  const BazelTest crashed = events->targets.at(kOne).test.value();
  EXPECT_EQ(crashed.status, "FAILED");
  EXPECT_NE(ReadTextFile(crashed.xml)->find("exited with error code 139"),
            std::string::npos);
  const BazelTest silent = events->targets.at(kTwo).test.value();
  EXPECT_EQ(silent.status, "PASSED");
  EXPECT_NE(ReadTextFile(silent.xml)->find("exited with error code 0"),
            std::string::npos);
}

TEST_F(Direct, AnEndlessTestIsStoppedAndItsOutputKept) {
  BuildWithBazel();
  Edit("one", "echo '[ RUN      ] A.B'\nwhile :; do :; done\n");
  const auto events = Test();
  ASSERT_TRUE(events);
  const BazelTest test = events->targets.at(kOne).test.value();
  EXPECT_EQ(test.status, "TIMEOUT");
  EXPECT_EQ(ReadTextFile(test.log), "[ RUN      ] A.B\n");
  EXPECT_FALSE(fs::exists(test.xml));
}

TEST_F(Direct, ATestSeesBazelsEnvironmentAndNothingOfTheCallers) {
  BuildWithBazel();
  ::setenv("WORKBOOK_SAMPLE", "leaks", 1);
  Edit("one",
       std::string("pwd; echo out; echo err >&2; env; ls \"$TEST_TMPDIR\"\n") +
           kGreen);
  const auto events = Test();
  ::unsetenv("WORKBOOK_SAMPLE");
  ASSERT_TRUE(events);
  const std::string log =
      ReadTextFile(events->targets.at(kOne).test->log).value();
  EXPECT_NE(log.find("one_test.runfiles/memory_workbook\nout\nerr\n"),
            std::string::npos)
      << log;
  for (const char* word : {"TEST_TARGET=//exercises/09_09:one_test",
                           "TEST_WORKSPACE=memory_workbook", "TZ=UTC"}) {
    EXPECT_NE(log.find(word), std::string::npos) << word;
  }
  EXPECT_EQ(log.find("WORKBOOK_SAMPLE"), std::string::npos);
  EXPECT_EQ(log.find("HOME="), std::string::npos);
}

TEST_F(Direct, BazelIsAskedOnceForItsCommands) {
  BuildWithBazel();
  BuildWithBazel();
  EXPECT_EQ(times_asked(), 1);
  Write("exercises/09_09/BUILD.bazel", "# another\n");
  BuildWithBazel();
  EXPECT_EQ(times_asked(), 2);
  EXPECT_TRUE(Test());
}

}  // namespace
}  // namespace workbook::direct
