// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/summary.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

ReportedExercise Begun() {
  return {.id = "02_02",
          .title = "Allocation patterns",
          .core = {3, 4},
          .deep = {0, 2},
          .gains = {{7,
                     "A CSV pipeline",
                     {{"allocations", 114286, 0}, {"peak_bytes", 715894, 788}}},
                    {8, "An HTTP handler", {{"allocations", 20, 3}}}},
          .calibration = {.exercise = "02_02",
                          .title = "",
                          .choices = 3,
                          .choices_right = 2,
                          .numbers = 2,
                          .numbers_right = 1,
                          .median_error = 1.5}};
}

TEST(SummarySentence, SaysWhatThereIsAndNothingElse) {
  EXPECT_EQ(
      SummarySentence({{Begun()}, {}, {}}),
      "3 of 6 tasks are green, tests counted 114,306 -> 3 allocations "
      "before and after your changes, and 3 of your 5 predictions were right.");
  ReportedExercise plain = Begun();
  plain.calibration = {};
  EXPECT_EQ(SummarySentence({{plain}, {}, {}}),
            "3 of 6 tasks are green and tests counted 114,306 -> 3 allocations "
            "before and after your changes.");
  plain.gains.clear();
  plain.core.green = 1;
  EXPECT_EQ(SummarySentence({{plain}, {}, {}}), "1 of 6 tasks is green.");
}

TEST(SummaryHtml, HasTasksExactGainsAndPredictionsOfAnExercise) {
  const std::string html = SummaryHtml({{Begun()}, {}, {}});
  for (const char* part :
       {"<th scope=row>02_02 Allocation patterns", "<td>3 of 4", "<td>0 of 2",
        "114,286 → 0 allocations, peak 715,894 → 788 B", "A CSV pipeline",
        "20 → 3 allocations", "2 of 3 choices right",
        "numbers off by a median factor of 1.5"}) {
    EXPECT_TRUE(Has(html, part)) << part << "\n" << html;
  }
  EXPECT_FALSE(Has(html, "href")) << "no details to go to";
  EXPECT_FALSE(Has(html, "solved"));
}

TEST(SummaryHtml, NamesWhatIsNotBegunInOneLine) {
  const ReportedExercise other{.id = "03_01", .title = "Vectors"};
  const std::string html = SummaryHtml({{Begun(), other}, {}, {}});
  EXPECT_TRUE(Has(html, "Not begun: 03_01 Vectors.")) << html;
  EXPECT_FALSE(Has(html, "<th scope=row>03_01")) << html;
}

TEST(SummaryHtml, SaysHowToBegin) {
  const std::string html =
      SummaryHtml({{{.id = "03_01", .title = "Vectors"}}, {}, {}});
  EXPECT_TRUE(Has(html, "./workbook start")) << html;
  EXPECT_FALSE(Has(html, "<table")) << html;
}

TEST(SummaryHtml, SaysSolvedAndMastered) {
  ReportedExercise exercise = Begun();
  exercise.is_solved = true;
  EXPECT_TRUE(Has(SummaryHtml({{exercise}, {}, {}}), ">solved<"));
  exercise.is_mastered = true;
  EXPECT_TRUE(Has(SummaryHtml({{exercise}, {}, {}}), ">mastered<"));
}

}  // namespace
}  // namespace workbook::cli
