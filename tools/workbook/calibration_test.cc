// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/calibration.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

Exercise Sample() {
  Exercise exercise;
  exercise.id = "03_01";
  exercise.title = "Vectors";
  return exercise;
}

PredictionState Number(const std::string& first, const std::string& measured) {
  PredictionState state;
  state.prediction.factor = 2;
  state.kept = {.first = first,
                .last = first,
                .last_at = "",
                .is_revealed = true,
                .measured = measured};
  return state;
}

PredictionState Choice(const std::string& first) {
  PredictionState state = Number(first, "a");
  state.prediction.kind = PredictionKind::kChoice;
  state.prediction.choices = {"a", "b"};
  return state;
}

TEST(CalibrationOf, CountsSharesAndTheMedianFactor) {
  const Calibration sum = CalibrationOf(
      Sample(), {Number("50", "100"), Number("1000", "100"),
                 Number("300", "100"), Choice("a"), Choice("b"), Choice("a")});
  EXPECT_EQ(sum.exercise, "03_01");
  EXPECT_EQ(sum.choices, 3);
  EXPECT_EQ(sum.choices_right, 2);
  EXPECT_EQ(sum.numbers, 3);
  EXPECT_EQ(sum.numbers_right, 1);
  EXPECT_DOUBLE_EQ(sum.median_error, 3);
}

TEST(CalibrationOf, TheMedianOfTwoFactorsIsTheirGeometricMean) {
  EXPECT_DOUBLE_EQ(
      CalibrationOf(Sample(), {Number("200", "100"), Number("800", "100")})
          .median_error,
      4);
}

TEST(CalibrationOf, LeavesOutWhatGivesAnAnswerAwayOrKnewIt) {
  PredictionState hidden = Number("50", "100");
  hidden.kept.is_revealed = false;
  PredictionState late = Number("100", "100");
  late.kept.first.reset();
  const PredictionState unmeasured = Number("50", "");
  const PredictionState reworded = Choice("c");
  const Calibration sum =
      CalibrationOf(Sample(), {hidden, late, unmeasured, reworded});
  EXPECT_TRUE(sum.IsEmpty());
  EXPECT_EQ(sum.median_error, 0);
}

TEST(CalibrationOf, AgainChangesNothing) {
  PredictionState state = Number("800", "100");
  state.kept.last = "100";
  EXPECT_DOUBLE_EQ(CalibrationOf(Sample(), {state}).median_error, 8);
}

TEST(ShowCalibrations, HasALineForEachExerciseAndShorterBarsForBetter) {
  EXPECT_EQ(ShowCalibrations({}), "");
  Calibration first = CalibrationOf(
      Sample(), {Number("1600", "100"), Choice("a"), Choice("b")});
  Calibration second = CalibrationOf(Sample(), {Number("200", "100")});
  second.exercise = "03_06";
  Calibration third = CalibrationOf(Sample(), {Choice("a")});
  third.exercise = "02_01";
  EXPECT_EQ(ShowCalibrations({first, second, third}),
            "Your predictions (first answers; a shorter bar is a better one):\n"
            "         choices   numbers   median factor\n"
            "         right     right     of error\n"
            "  03_01  1 of 2    0 of 1    16       ########\n"
            "  03_06  -         1 of 1    2        ##\n"
            "  02_01  1 of 1    -         -\n");
}

}  // namespace
}  // namespace workbook::cli
