// SPDX-License-Identifier: Apache-2.0

// The trial of a copy, over made-up builds and test programs.
#include "tools/release/trial.h"

#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "tools/authoring/sample_course.h"
#include "tools/process/scratch_folder.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr char kTodo[] =
    "C++ exception with description \\\"01_01 task 1: Counter::Next is yours "
    "to write\\\" thrown in the test body.";

class TrialTest : public testing::Test {
 protected:
  TrialTest() {
    // Both red until a test says otherwise.
    BazelRun built;
    built.exit_code = 0;
    bazel_.run_for["build"] = built;
    Program("counter", "Task1Counter", kTodo, 1);
    Program("pair", "Task2Pair", kTodo, 1);
  }

  // The test of `stem` reports one test of `suite`, which failed with `message`
  // ("" for none), and ends with `exit_code`.
  void Program(const std::string& stem, const std::string& suite,
               const std::string& message, int exit_code) {
    const std::string failures =
        message.empty()
            ? ""
            : R"(,"failures":[{"failure":")" + message + R"(","type":""}])";
    const std::string report =
        R"({"testsuites":[{"name":")" + suite +
        R"(","testsuite":[{"name":"A",)" +
        R"("status":"RUN","result":"COMPLETED","time":"0s","classname":")" +
        suite + "\"" + failures + "}]}]}";
    course_.Write(stem + "_test",
                  "#!/bin/sh\nfor word; do case $word in "
                  "--gtest_output=json:*) cat >${word#*:} <<'END'\n" +
                      report + "\nEND\nesac; done\nexit " +
                      std::to_string(exit_code) + "\n");
    const fs::path program = course_.root() / (stem + "_test");
    fs::permissions(program, fs::perms::owner_all);
    bazel_.run_for["build"]
        .events.targets["//exercises/01_01:" + stem + "_test"]
        .outputs = {program.string()};
  }

  std::string Problems() {
    const Exercise exercise = course_.exercise();
    std::string all;
    for (const Problem& problem : TryOut(
             {course_.root(), place_.path(), {&exercise}, [](const auto&) {}},
             bazel_)) {
      EXPECT_NE(problem.where, "");
      EXPECT_NE(problem.next, "");
      all += problem.where + ": " + problem.what + "\n";
    }
    return all;
  }

  void ExpectProblem(const std::string& text) {
    const std::string all = Problems();
    EXPECT_NE(all.find(text), std::string::npos) << text << "\nin\n" << all;
  }

  SampleCourse course_;
  ScratchFolder place_;
  FakeBazel bazel_{course_};
};

TEST_F(TrialTest, IsContentWithRedStubs) { EXPECT_EQ(Problems(), ""); }

TEST_F(TrialTest, TellsABuildThatFailed) {
  bazel_.run_for["build"].exit_code = 1;
  bazel_.run_for["build"].errors = "a.cc:1: error: no such thing\n";
  ExpectProblem("no such thing");
}

TEST_F(TrialTest, TellsAStubThatIsGreen) {
  Program("pair", "Task2Pair", "", 0);
  ExpectProblem("//exercises/01_01:pair_test: task 2 has no red test");
}

TEST_F(TrialTest, TellsAStubThatCrashes) {
  course_.Write("pair_test", "#!/bin/sh\nkill -SEGV $$\n");
  ExpectProblem("//exercises/01_01:pair_test: ");
}

TEST_F(TrialTest, TellsATestThatWasNotBuilt) {
  bazel_.run_for["build"].events.targets.erase("//exercises/01_01:pair_test");
  ExpectProblem("//exercises/01_01:pair_test: a task's test was not built");
}

TEST_F(TrialTest, TellsATaskWithoutASuiteOfItsOwn) {
  Program("pair", "Task1Pair", kTodo, 1);
  ExpectProblem("task 2 has no red test");
}

}  // namespace
}  // namespace workbook::release
