// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/prediction_check.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

const std::string kFile = "exercises/01_01/predictions.toml";

class PredictionCheckTest : public testing::Test {
 protected:
  static void ExpectRefused(const Check& check, const std::string& place,
                            const std::string& what, const std::string& fix) {
    ASSERT_EQ(check.problems.size(), 1U);
    const std::string told = check.problems[0].Text();
    EXPECT_TRUE(told.starts_with(place + ": ")) << told;
    EXPECT_NE(told.find(what), std::string::npos) << told;
    EXPECT_NE(told.find(fix), std::string::npos) << told;
  }

  Check Predictions() {
    return CheckPredictions(course_.root(), course_.exercise());
  }
  Check Rows() {
    return CheckPredictionRows(
        course_.root(), course_.exercise(),
        {"counter/next/reference:Counter", "counter/next/peer:int"});
  }

  // The first prediction is then answered by two rows.
  void AnswerByRows(const std::string& second) {
    course_.Replace(kFile, "test:Task1Counter.CountsUp",
                    "bench:counter/next/Counter#ns_per_op / bench:" + second +
                        "#ns_per_op");
  }

  SampleCourse course_;
};

TEST_F(PredictionCheckTest, TheSamplePasses) {
  EXPECT_TRUE(Predictions().Passed());
  EXPECT_TRUE(Rows().Passed());
  AnswerByRows("counter/next/int");
  EXPECT_TRUE(Predictions().Passed());
  EXPECT_TRUE(Rows().Passed());
}

TEST_F(PredictionCheckTest, RefusesAFileThatDoesNotWarnOfItsAnswers) {
  course_.Replace(kFile, "# Answers below", "# Questions");
  ExpectRefused(Predictions(), kFile + ":1",
                "does not warn a reader of the answers in its first line",
                "begin it with `# Answers below: use ./workbook predict 01_01");
}

TEST_F(PredictionCheckTest, RefusesAReadmeThatDoesNotNameTheCommand) {
  course_.Replace("exercises/01_01/README.md", "workbook predict", "it");
  ExpectRefused(Predictions(), "exercises/01_01/README.md",
                "does not say how to predict",
                "name `./workbook predict 01_01");
}

TEST_F(PredictionCheckTest, RefusesAnUnknownTest) {
  course_.Replace(kFile, "Task2Pair.AddsTheNextTwo", "Task2Pair.AddsTheNxtTwo");
  ExpectRefused(Predictions(), kFile + ":12",
                "prediction threads from Task2Pair.AddsTheNxtTwo, and there is "
                "no such test",
                "did you mean Task2Pair.AddsTheNextTwo?");
}

TEST_F(PredictionCheckTest, RefusesAnUnknownRow) {
  AnswerByRows("counter/next/ints");
  EXPECT_TRUE(Predictions().Passed()) << "only the benchmark knows its rows";
  ExpectRefused(Rows(), kFile + ":2",
                "from counter/next/ints, and there is no such row",
                "did you mean counter/next/int?");
}

TEST_F(PredictionCheckTest, ACaseIsEnough) {
  AnswerByRows("counter/next");
  EXPECT_TRUE(Rows().Passed());
}

TEST_F(PredictionCheckTest, RefusesARowWhereThereIsNoBenchmark) {
  AnswerByRows("counter/next/int");
  course_.Remove("exercises/01_01/counter_bench.cc");
  const Check check = Predictions();
  ASSERT_EQ(check.problems.size(), 2U) << "both of the quotient";
  EXPECT_NE(check.problems[0].what.find("no such row"), std::string::npos);
}

TEST_F(PredictionCheckTest, RefusesATaskWithoutPrediction) {
  course_.Replace(kFile, "task = 2", "task = 1");
  ExpectRefused(Predictions(), kFile, "no prediction for task 2",
                "add a [[prediction]]");
  course_.Remove(kFile);
  EXPECT_EQ(Predictions().problems.size(), 2U);
}

TEST_F(PredictionCheckTest, TellsWhatTheReaderRefuses) {
  course_.Replace(kFile, "answer = \"the first\"", "answer = \"the third\"");
  ExpectRefused(Predictions(), kFile + ":19", "is no choice", "letter");
}

}  // namespace
}  // namespace workbook
