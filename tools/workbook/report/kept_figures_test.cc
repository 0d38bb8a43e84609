// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/kept_figures.h"

#include "fmt/format.h"
#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

// A measurement of one case, in which yours has this ratio.
std::string Kept(const std::string& at, const std::string& name, double ratio) {
  return fmt::format(
      R"({{"schema": 1, "exercise": "09_01", "measured_at": "{}", "cases":
          [{{"case": "{}", "rows": [
            {{"role": "baseline", "implementation": "new", "ns_per_op": 20}},
            {{"role": "yours", "implementation": "Pool", "ns_per_op": 4,
             "ratio_to_baseline": {}, "allocs_per_op": 0}}],
           "to_reference": {{"verdict": "met", "reason": "0.9x the time"}}}}],
          "targets": [{{"case": "{}", "at_least": 3.5, "verdict": "not met",
                       "reason": "two"}}]}})",
      at, name, ratio, name);
}

Forms FormsWith(const std::string& name) {
  return ReadForms("[[cases]]\nnames = [\"" + name +
                       "\"]\noperation = \"allocate\"\ntouches = \"8 bytes\"\n"
                       "through = \"inlined\"\nkeeps = \"the pool\"\n"
                       "order = \"fresh\"\n",
                   "bench.toml");
}

TEST(ReadFigures, ReadsRowsVerdictsAndForms) {
  const ReportedFigures figures = ReadFigures(
      {Kept("2026-11-21T09:00:00Z", "a/x", 5)}, {}, FormsWith("a/x"));
  ASSERT_EQ(figures.cases.size(), 1u);
  const ReportedCase& only = figures.cases[0];
  EXPECT_EQ(only.measured.rows.size(), 2u);
  EXPECT_EQ(only.against_reference, "met. 0.9x the time");
  ASSERT_EQ(only.targets.size(), 1u);
  EXPECT_EQ(only.targets[0].verdict, "not met");
  EXPECT_EQ(only.targets[0].at_least, 3.5);
  ASSERT_TRUE(only.form.has_value());
  EXPECT_EQ(only.form->form.touches, "8 bytes");
}

TEST(ReadFigures, TakesEachCaseFromTheNewestMeasurementThatHasIt) {
  const ReportedFigures figures =
      ReadFigures({Kept("2026-11-21T09:00:00Z", "a/x", 5),
                   Kept("2026-11-22T09:00:00Z", "a/x", 6),
                   Kept("2026-11-23T09:00:00Z", "a/y", 7)},
                  {}, FormsWith("a/x"));
  ASSERT_EQ(figures.cases.size(), 2u);
  EXPECT_EQ(figures.cases[0].measured.name, "a/y");
  EXPECT_EQ(figures.cases[1].measured_at, "2026-11-22T09:00:00Z");
  EXPECT_EQ(figures.cases[1].your_ratios, (std::vector<double>{5, 6}));
  EXPECT_EQ(figures.measurements.front().measured_at, "2026-11-21T09:00:00Z");
}

TEST(ReadFigures, ForgetsAnOldCaseThatTheCourseNoLongerHas) {
  const ReportedFigures figures =
      ReadFigures({Kept("2026-11-21T09:00:00Z", "a/gone", 5),
                   Kept("2026-11-22T09:00:00Z", "a/x", 6)},
                  {}, FormsWith("a/x"));
  ASSERT_EQ(figures.cases.size(), 1u);
  EXPECT_EQ(figures.cases[0].measured.name, "a/x");
}

TEST(ReadFigures, LeavesOutWhatIsNoFigure) {
  const ReportedFigures figures = ReadFigures(
      {"", "[]", R"({"schema": "1"})",
       R"({"schema": 1, "exercise": "09_01", "edited": "yes", "cases": "all",
           "targets": 4, "disturbances": {"a": 1}})",
       R"({"schema": 1, "exercise": "09_01", "cases": [{"case": "a/x",
           "to_reference": 7, "rows": [1, {"role": 2, "ns_per_op": "3"}]}]})"},
      {R"({"exact": "none"})"}, {});
  EXPECT_EQ(figures.measurements.size(), 2u);
  ASSERT_EQ(figures.cases.size(), 1u);
  EXPECT_EQ(figures.cases[0].measured.rows.size(), 1u);
  EXPECT_FALSE(figures.exact.has_value());
}

TEST(ReadFigures, TakesTheNewestOfExact) {
  const auto exact = [](int instructions) {
    return fmt::format(
        R"({{"measured_at": "2026-11-22T09:00:00Z", "commit": "def5678",
            "exact": [{{"name": "a/x/peer:q", "instructions_per_op": {},
                       "not_deterministic": "two runs differ"}}]}})",
        instructions);
  };
  const ReportedFigures figures = ReadFigures({}, {exact(9), exact(7)}, {});
  ASSERT_TRUE(figures.exact.has_value());
  EXPECT_EQ(figures.exact->rows.at(0).per_operation.instructions, 7);
  EXPECT_EQ(figures.exact->rows.at(0).not_deterministic, "two runs differ");
}

TEST(AfterBaseline, IsTheReferenceWhereYoursHasNoFigures) {
  MeasuredCase measured{
      .name = "a/x",
      .rows = {{.role = "yours", .status = "not_written"},
               {.role = "reference", .implementation = "Pool"}},
      .noise_rounds = {}};
  ASSERT_NE(AfterBaseline(measured), nullptr);
  EXPECT_EQ(AfterBaseline(measured)->role, "reference");
  measured.rows[0].status.clear();
  EXPECT_EQ(AfterBaseline(measured)->role, "yours");
  measured.rows.clear();
  EXPECT_EQ(AfterBaseline(measured), nullptr);
}

}  // namespace
}  // namespace workbook::cli
