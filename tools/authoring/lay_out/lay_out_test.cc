// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/lay_out/lay_out.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tools/authoring/gate.h"
#include "tools/authoring/sample_course.h"
#include "tools/authoring/target_check.h"
#include "tools/course/manifest.h"
#include "tools/process/process.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr char kTemplates[] = "tools/authoring/lay_out/template";

class LayOutTest : public testing::Test {
 protected:
  LayOutReport Run(const NewExercise& exercise) {
    return LayOut(course_.root(), kTemplates, exercise);
  }

  // Nothing is written, and the message has these parts.
  void ExpectRefused(const NewExercise& exercise, const std::string& what,
                     const std::string& fix) {
    const LayOutReport report = Run(exercise);
    ASSERT_EQ(report.refused.size(), 1U) << exercise.id;
    const std::string& message = report.refused[0];
    EXPECT_NE(message.find(what), std::string::npos) << message;
    const std::size_t at = message.find("Fix: ");
    ASSERT_NE(at, std::string::npos) << message;
    EXPECT_NE(message.find(fix, at), std::string::npos) << message;
    EXPECT_TRUE(report.written.empty());
  }

  ProcessResult RunInCourse(const std::vector<std::string>& command) {
    ProcessOptions options;
    options.working_directory = course_.root().string();
    return RunProcess(command, options);
  }

  const NewExercise good_{"02_01", "Growing vectors", "02_everyday",
                          "growth_policy"};
  SampleCourse course_;
};

// The gate over the new exercise, with a Bazel that knows its targets.
VerifyReport VerifyNew(const SampleCourse& course) {
  const Exercise exercise =
      ParseManifest(course.Read("exercises/02_01/exercise.toml"), "02_01")
          .exercise.value();
  FakeBazel bazel(course);
  for (const std::string& label : ExpectedTargets(course.root(), exercise)) {
    bazel.rules.insert(label);
    if (!label.ends_with(":bench")) bazel.tests.insert(label);
  }
  for (const Task& task : exercise.tasks) {
    bazel.references.insert(exercise.ReferenceTestLabel(task));
  }
  bazel.rows = {"growth_policy/call/baseline:division",
                "growth_policy/call/reference:GrowthPolicy",
                "growth_policy/call/peer:addition"};
  VerifyOptions options;
  options.root = course.root();
  options.exercises = {"02_01"};
  options.strict = true;
  return Verify(options, bazel);
}

TEST_F(LayOutTest, TheGateAcceptsWhatItLaysOut) {
  const LayOutReport laid_out = Run(good_);
  for (const std::string& message : laid_out.refused) ADD_FAILURE() << message;
  EXPECT_TRUE(laid_out.kept.empty());
  const VerifyReport report = VerifyNew(course_);
  for (const std::string& failure : report.failures) ADD_FAILURE() << failure;
  EXPECT_TRUE(report.Green());
}

TEST_F(LayOutTest, ItsReferenceAndItsMutantsCompile) {
  ASSERT_TRUE(Run(good_).refused.empty());
  const std::string source = "solutions/02_01/growth_policy.cc";
  const std::vector<std::string> compile{"g++",   "-std=c++20", "-fsyntax-only",
                                         "-Wall", "-Werror",    "-Isolutions",
                                         source};
  ProcessResult result = RunInCourse(compile);
  EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
  const std::string reference = course_.Read(source);
  for (const std::string mutant : {"one_more", "knows_the_test"}) {
    result = RunInCourse(
        {"patch", "--quiet", "--batch", "--fuzz=0", source,
         "solutions/02_01/mutants/growth_policy.cc." + mutant + ".patch"});
    EXPECT_TRUE(result.ExitedWith(0)) << result.output;
    EXPECT_NE(course_.Read(source), reference);
    result = RunInCourse(compile);
    EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
    course_.Write(source, reference);
  }
}

TEST_F(LayOutTest, ItsSourcesAreLaidOutWhateverTheNamesAre) {
  if (!IsInstalled("clang-format")) GTEST_SKIP() << "no clang-format";
  int number = 1;
  for (const std::string name :
       {"a", "growth_policy", "component_of_thirty_letters_xx"}) {
    const std::string id = "02_0" + std::to_string(number++);
    const LayOutReport report = Run({id, "Title", "02_everyday", name});
    ASSERT_TRUE(report.refused.empty()) << report.refused[0];
    std::vector<std::string> command{"clang-format", "--style=Google",
                                     "--dry-run", "-Werror"};
    for (const std::string& file : report.written) {
      if (file.ends_with(".h") || file.ends_with(".cc")) {
        command.push_back(file);
      }
    }
    EXPECT_GE(command.size(), 4U + 6U) << "two stubs, two of a reference, more";
    const ProcessResult result = RunInCourse(command);
    EXPECT_TRUE(result.ExitedWith(0)) << result.errors;
  }
}

TEST_F(LayOutTest, WritesTheChaptersPageOnlyWhereItIsMissing) {
  course_.Write("chapters/02_everyday/README.md", "mine\n");
  course_.Write("chapters/02_everyday/02_01.md", "my page\n");
  const LayOutReport report = Run(good_);
  EXPECT_TRUE(report.refused.empty());
  EXPECT_EQ(report.kept,
            (std::vector<std::string>{"chapters/02_everyday/02_01.md",
                                      "chapters/02_everyday/README.md"}));
  EXPECT_EQ(course_.Read("chapters/02_everyday/README.md"), "mine\n");
  EXPECT_EQ(course_.Read("chapters/02_everyday/02_01.md"), "my page\n");
}

TEST_F(LayOutTest, OverwritesNothing) {
  ExpectRefused({"01_01", "T", "01_counters", "counter"},
                "exercises/01_01: is there already", "another id");
  course_.Write("solutions/02_01/NOTES.md", "mine\n");
  ExpectRefused(good_, "solutions/02_01: is there already", "another id");
  EXPECT_EQ(course_.Read("solutions/02_01/NOTES.md"), "mine\n");
  EXPECT_FALSE(fs::exists(course_.root() / "exercises/02_01"));
}

TEST_F(LayOutTest, RefusesArgumentsThatCannotBe) {
  const auto with = [this](auto change) {
    NewExercise exercise = good_;
    change(exercise);
    return exercise;
  };
  for (const std::string id : {"", "2_1", "02-01", "02_001", "../../x"}) {
    ExpectRefused(with([&](auto& e) { e.id = id; }), "the id is `" + id + "`",
                  "like 03_09");
  }
  for (const std::string title : {"", "a \"b\"", "a|b", "a\nb"}) {
    ExpectRefused(with([&](auto& e) { e.title = title; }), "the title is",
                  "without quotes");
  }
  for (const std::string name : {"", "Growth", "9_lives", "a-b", "a_test",
                                 "a/b", "component_of_thirty_one_letters"}) {
    ExpectRefused(with([&](auto& e) { e.component = name; }),
                  "the component is `" + name + "`", "growth_policy");
  }
  for (const std::string chapter : {"", "02_", "03_everyday", "02_../x"}) {
    ExpectRefused(with([&](auto& e) { e.chapter = chapter; }),
                  "the chapter is `" + chapter + "`", "02_NAME");
  }
  course_.Write("chapters/02_everyday/README.md", "x");
  ExpectRefused(with([&](auto& e) { e.chapter = "02_evryday"; }),
                "chapters/02_everyday: is the chapter 02", "write 02_everyday");
}

TEST(FunctionName, IsTheComponentInCapitals) {
  EXPECT_EQ(FunctionName("growth_policy"), "GrowthPolicy");
  EXPECT_EQ(FunctionName("lru2_cache"), "Lru2Cache");
}

}  // namespace
}  // namespace workbook
