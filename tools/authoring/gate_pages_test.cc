// SPDX-License-Identifier: Apache-2.0

// Every fault that the page, the hints and the predictions of an exercise can
// have is refused by the gate, with a message that names file, line and fix.
#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/gate.h"
#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kPage = "chapters/01_counters/01_01.md";
const std::string kHints = "exercises/01_01/hints.md";
const std::string kPredictions = "exercises/01_01/predictions.toml";

class GatePagesTest : public testing::Test {
 protected:
  // Refused by exactly one check, whose message has these parts.
  void ExpectRefused(const std::string& place, const std::string& fault,
                     const std::string& fix) {
    VerifyOptions options;
    options.root = course_.root();
    const VerifyReport report = Verify(options, bazel_);
    EXPECT_EQ(report.failed, 1);
    ASSERT_EQ(report.failures.size(), 1U);
    const std::string& message = report.failures[0];
    EXPECT_NE(message.find(place), std::string::npos) << message;
    EXPECT_NE(message.find(fault), std::string::npos) << message;
    const std::size_t at = message.find("Fix: ");
    ASSERT_NE(at, std::string::npos) << message;
    EXPECT_NE(message.find(fix, at), std::string::npos) << message;
  }

  SampleCourse course_;
  FakeBazel bazel_{course_};
};

TEST_F(GatePagesTest, RefusesAPageWithoutASection) {
  course_.Replace(kPage, "## 2. Two threads", "## Two threads");
  ExpectRefused(kPage + ":", "no section `## 2. ` for task 2",
                "write `## 2. Two threads, one sum`");
}

TEST_F(GatePagesTest, RefusesAPageWithoutAPart) {
  course_.Replace(kPage, "**Traps.**", "Traps");
  ExpectRefused(kPage + ":", "no paragraph `**Traps.**`", "begin a paragraph");
}

// A page that a task has to itself is checked by each check of pages.
TEST_F(GatePagesTest, RefusesAFaultInThePageOfATask) {
  const std::string own = "chapters/01_counters/01_01_2_pair.md";
  const std::string page = course_.Read(kPage);
  const std::size_t begin = page.find("## 2. Two threads");
  const std::size_t end = page.find("## What it costs");
  course_.Write(kPage, page.substr(0, begin) + page.substr(end));
  course_.Replace(kPage, "The second task", "[Task 2](01_01_2_pair.md)");
  const std::string text =
      "Of [01_01](01_01.md).\n\n" + page.substr(begin, end - begin);
  course_.Write(own, text);
  ExpectRefused(own + ":1", "has no title", "begin it with `# title`");
  course_.Write(own, "# Task 2\n\n" + text + std::string(60, 'a') + " " +
                         std::string(60, 'b') + "\n");
  ExpectRefused(own + ":", "has 121 columns", "break it");
  course_.Write(own, "# Task 2\n\n" + text + "See [this](no.md).\n");
  ExpectRefused(own + ":", "links to no.md", "correct the path");
}

TEST_F(GatePagesTest, RefusesADeadLink) {
  course_.Replace(kPage, "01_01/README.md#task", "01_02/README.md#task");
  ExpectRefused(kPage + ":", "links to ../../exercises/01_02/README.md",
                "correct the path");
}

TEST_F(GatePagesTest, RefusesCodeThatDiffersFromItsSource) {
  course_.Replace("exercises/01_01/counter_test.cc", "  counter.Next();\n",
                  "  counter.Next();\n  counter.Next();\n");
  ExpectRefused(kPage + ":", "differs from what its comment includes",
                "bazel run //tools/authoring:pages -- 01_01");
}

TEST_F(GatePagesTest, RefusesAFaultInAPageOfTheCourse) {
  course_.Write("chapters/tools.md", "# Tools\n\nSee [this](no.md).\n");
  ExpectRefused("chapters/tools.md:3", "links to no.md", "correct the path");
}

TEST_F(GatePagesTest, RefusesAHintForAnUnknownTest) {
  course_.Replace(kHints, "· CountsUp", "· CountsDown");
  ExpectRefused(kHints + ":3", "names CountsDown, which no test",
                "exercises/01_01/counter_test.cc");
}

TEST_F(GatePagesTest, RefusesTooFewHints) {
  course_.Write(kHints, course_.Read(kHints).substr(
                            0, course_.Read(kHints).find("## Task 2")));
  ExpectRefused(kHints + ":1", "no hints for task 2", "## Task 2 · ");
}

TEST_F(GatePagesTest, RefusesCodeOfHintsWithoutPlace) {
  course_.Replace(kHints, "int SumOfTwo", "int SumOfTow");
  ExpectRefused(kHints + ":", "defines nothing that the reference has",
                "solutions/01_01/pair.cc");
}

TEST_F(GatePagesTest, TellsCodeOfHintsThatDoesNotCompile) {
  BazelRun run;
  run.exit_code = 1;
  run.errors =
      "ERROR: solutions/01_01/BUILD.bazel:4:9: Compiling counter.h failed\n"
      "exercises/01_01/hints.md:9:10: error: 'lats_' was not declared\n";
  run.events.not_built = {"//solutions/01_01:hints_test"};
  bazel_.run_for["test --config=strict --build_tests_only -- //..."] = run;
  ExpectRefused(kHints + ":9:10: error: 'lats_' was not declared",
                "//solutions/01_01:hints_test", "correct the first error");
}

TEST_F(GatePagesTest, RefusesHintsThatNothingCompiles) {
  bazel_.tests.erase("//solutions/01_01:hints_test");
  ExpectRefused("solutions/01_01/BUILD.bazel",
                "has no target //solutions/01_01:hints_test",
                "list the component");
}

TEST_F(GatePagesTest, RefusesABadPrediction) {
  course_.Replace(kPredictions, "tolerance = 0", "factor = 0");
  ExpectRefused(kPredictions + ":8: prediction[1].factor", "is not above 1",
                "half to twice");
}

TEST_F(GatePagesTest, RefusesAPredictionFromARowThatIsNotThere) {
  course_.Replace(kPredictions, "test:Task1Counter.CountsUp",
                  "bench:counter/next/ints#ns_per_op");
  ExpectRefused(kPredictions + ":2", "from counter/next/ints",
                "did you mean counter/next/int?");
}

}  // namespace
}  // namespace workbook
