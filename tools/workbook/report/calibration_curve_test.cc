// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/calibration_curve.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ReportedExercise Predicted(const std::string& id, int choices, int right,
                           double error) {
  return {.id = id,
          .title = "",
          .calibration = {.exercise = id,
                          .title = "",
                          .choices = choices,
                          .choices_right = right,
                          .numbers = error > 0 ? 1 : 0,
                          .numbers_right = 0,
                          .median_error = error}};
}

TEST(CalibrationHtml, IsEmptyWithoutPredictions) {
  EXPECT_EQ(CalibrationHtml({{{.id = "03_01", .title = ""}}, {}, {}}), "");
}

TEST(CalibrationHtml, WantsASecondExercise) {
  const std::string html =
      CalibrationHtml({{Predicted("03_01", 2, 1, 4)}, {}, {}});
  EXPECT_TRUE(Has(html, "needs predictions of a second exercise")) << html;
  EXPECT_FALSE(Has(html, "<svg")) << html;
}

TEST(CalibrationHtml, DrawsBothCurvesInTheOrderOfTheCourse) {
  const std::string html = CalibrationHtml(
      {{Predicted("03_01", 2, 1, 16), Predicted("02_01", 0, 0, 4),
        Predicted("03_06", 3, 3, 1)},
       {},
       {}});
  EXPECT_TRUE(Has(html, "better. 03_01: 1 of 2, 03_06: 3 of 3\"")) << html;
  EXPECT_TRUE(Has(html, "exact. 03_01: 16, 02_01: 4.0, 03_06: 1.0\"")) << html;
  // 16 is at the top, 4 in the middle of the logarithms, 1 at the bottom.
  EXPECT_TRUE(Has(html, "<circle cx=\"16.7%\" cy=\"26\"")) << html;
  EXPECT_TRUE(Has(html, "<circle cx=\"50.0%\" cy=\"58\"")) << html;
  EXPECT_TRUE(Has(html, "<circle cx=\"83.3%\" cy=\"90\"")) << html;
}

}  // namespace
}  // namespace workbook::cli
