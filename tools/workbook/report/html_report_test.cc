// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/html_report.h"

#include <regex>

#include "fmt/format.h"
#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

int CountOf(const std::string& text, const std::string& part) {
  int count = 0;
  for (auto at = text.find(part); at != std::string::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

MeasuredRow Row(const std::string& role, const std::string& implementation,
                double ratio, double allocations) {
  return {.role = role,
          .implementation = implementation,
          .printed = {20 / ratio, ratio, ratio * 0.9, ratio * 1.1},
          .bytes_per_op = allocations * 64,
          .allocs_per_op = allocations,
          .peak_bytes = 72'000'000 + allocations};
}

ReportedCase SampleCase(const std::string& name) {
  return {.measured = {.name = name,
                       .rows = {Row("baseline", "new/delete", 1, 1234567),
                                Row("yours", "Pool", 8, 0),
                                Row("reference", "Pool", 9, 0),
                                Row("peer", "mimalloc", 3, 1),
                                {.role = "peer",
                                 .implementation = "gone",
                                 .status = "gap",
                                 .message = "libgone is not installed"}},
                       .noise_rounds = {}},
          .measured_at = "2026-11-21T09:00:00Z",
          .against_reference = "met. 0.88x the time",
          .targets = {{3.5, "not met", "The interval reaches 3.4"}},
          .form = CaseForm{.names = {name},
                           .operation = "allocate, free",
                           .form = {"8 bytes", "one call", "inlined", "a pool"},
                           .order = "fresh",
                           .order_note = "",
                           .unlike = {{.rows = {"mimalloc"},
                                       .how = "goes by pointer",
                                       .form = {"", "", "pointer", ""}}}},
          .your_ratios = {1.5, 8}};
}

ReportedExercise Sample(const std::string& id, const std::string& case_name) {
  ReportedExercise exercise{
      .id = id,
      .title = "Pools",
      .core = {1, 2},
      .gains = {{1, "Small", {{"allocations", 99, 1}}}},
      .calibration = {
          .exercise = id, .title = "Pools", .choices = 2, .choices_right = 1}};
  exercise.figures.cases = {SampleCase(case_name)};
  exercise.figures.measurements.resize(1);
  exercise.figures.measurements[0].measured_at = "2026-11-21T09:00:00Z";
  exercise.figures.measurements[0].commit = "abc1234";
  exercise.figures.measurements[0].disturbances = {"load 3.0"};
  return exercise;
}

ReportedCourse SampleCourse() {
  return {
      {Sample("01_02", "pool/lifo"), Sample("03_01", "vector/push")}, {}, {}};
}

TEST(HtmlReport, SaysTheShortestFirst) {
  const std::string page = HtmlReport(SampleCourse(), "");
  std::size_t last = 0;
  for (const char* part :
       {"<p class=\"lead\">", "<table class=\"summary\">", "99 → 1 allocations",
        "Your predictions over the course", "All cases on one scale",
        "<table class=\"chart\">", "<details", "<table class=rows",
        "touches<dd>8 bytes"}) {
    const std::size_t at = page.find(part);
    ASSERT_NE(at, std::string::npos) << part;
    EXPECT_GT(at, last) << part;
    last = at;
  }
}

TEST(HtmlReport, HasCountsBeforeTimesAndToTheLastDigit) {
  const std::string page = HtmlReport(SampleCourse(), "");
  EXPECT_TRUE(Has(page,
                  "pool/<wbr>lifo</a><td>1,234,567 → <b class=\"less\">0</b>"
                  "<td>79,012,288 → <b class=\"less\">0</b>"
                  "<td>73,234,567 → <b class=\"less\">72,000,000</b>"
                  "<td>8.0<td class=t><svg"))
      << page;
  EXPECT_TRUE(Has(page,
                  "<i>yours</i> Pool<td>0<td>0<td>72,000,000<td>2.5"
                  "<td>8.00 (7.20 to 8.80)<td class=t><svg"))
      << page;
}

TEST(HtmlReport, TellsAllOfACaseInItsDetails) {
  const std::string page = HtmlReport(SampleCourse(), "");
  for (const char* part :
       {"the reference's time: met. 0.88x the time.",
        "Target, at least 3.5 × baseline: not met. The interval reaches 3.4",
        "the newest measurement last: 1.5 → 8.0",
        "gone: not installed: libgone is not installed.", "calls<dd>one call",
        "keeps<dd>a pool", "mimalloc: goes by pointer", "through<dd>pointer",
        "Note: load 3.0.", "at abc1234"}) {
    EXPECT_TRUE(Has(page, part)) << part;
  }
}

TEST(HtmlReport, AsksNobodyAndRunsNothing) {
  const std::string page = HtmlReport(SampleCourse(), "");
  EXPECT_TRUE(Has(page, "default-src 'none'; style-src 'unsafe-inline'"));
  for (const char* part : {"<script", "src=", "@import", "url(", "<link",
                           "javascript:", "http://", "https://"}) {
    EXPECT_FALSE(Has(page, part)) << part;
  }
  EXPECT_EQ(CountOf(page, "href="), CountOf(page, "href=\"#"))
      << "links within the page";
}

TEST(HtmlReport, HasATargetForEachOfItsLinks) {
  const std::string page = HtmlReport(SampleCourse(), "");
  const std::regex link("href=\"#([^\"]+)\"");
  for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end;
       ++at) {
    EXPECT_TRUE(Has(page, " id=\"" + at->str(1) + "\"")) << at->str();
  }
}

TEST(HtmlReport, NamesArePlainTextWhateverTheyHold) {
  const std::string hostile = "x\"><script>alert(1)</script>&<img src=x '";
  ReportedCourse course = SampleCourse();
  ReportedExercise& exercise = course.exercises[0];
  exercise.title = hostile;
  exercise.gains[0].title = hostile;
  exercise.gains[0].gains[0].name = hostile;
  exercise.figures.measurements[0].disturbances = {hostile};
  exercise.figures.measurements[0].processor = hostile;
  ReportedCase& first = exercise.figures.cases[0];
  first.measured.name = hostile;
  first.against_reference = hostile;
  first.targets[0].reason = hostile;
  first.form->form.touches = hostile;
  for (MeasuredRow& row : first.measured.rows) {
    row.implementation = hostile;
    row.message = hostile;
    row.counters[hostile] = 1;
  }
  exercise.figures.exact =
      ExactFigures{hostile, hostile, {{hostile, {}, hostile}}};
  course.damaged = {hostile};
  course.gone = {hostile};
  const std::string page = HtmlReport(course, "");
  EXPECT_TRUE(Has(page, "&lt;script&gt;alert(1)"));
  EXPECT_FALSE(Has(page, "<script"));
  EXPECT_FALSE(Has(page, "<img"));
  EXPECT_FALSE(Has(page, "x\"&gt;"));
}

TEST(HtmlReport, SaysWhatToDoWhereThereIsNothing) {
  const std::string page = HtmlReport(
      {{{.id = "03_01", .title = "Vectors", .core = {0, 4}}}, {}, {}}, "");
  EXPECT_TRUE(Has(page, "0 of 4 tasks are green."));
  EXPECT_TRUE(Has(page, "./workbook start"));
  EXPECT_TRUE(Has(page, "Nothing is measured yet"));
  EXPECT_FALSE(Has(page, "<table")) << page;
  EXPECT_FALSE(Has(page, "Your predictions")) << page;
  EXPECT_FALSE(Has(page, "\"Details\"")) << page;
  EXPECT_TRUE(Has(HtmlReport({}, ""), "0 of 0 tasks are green."));
}

TEST(HtmlReport, OpensTheDetailsOfASingleExercise) {
  ReportedCourse course = SampleCourse();
  EXPECT_FALSE(Has(HtmlReport(course, ""), " open>"));
  course.exercises.pop_back();
  EXPECT_TRUE(Has(HtmlReport(course, ""), "<details class=\"exercise\" open>"));
}

TEST(HtmlReport, NamesWhatItLeavesOut) {
  ReportedCourse course = SampleCourse();
  course.damaged = {"figures/01_02/half.json"};
  course.gone = {"figures/07_07"};
  const std::string page = HtmlReport(course, "");
  EXPECT_TRUE(Has(page, "cannot be read: figures/01_02/half.json. Fix:"));
  EXPECT_TRUE(Has(page, "no longer has its exercise: figures/07_07. Fix:"));
}

// Fifteen exercises of twenty cases with six rows.
TEST(HtmlReport, StaysWithinItsSizeAndNamesWhatDoesNotFit) {
  ReportedCourse course;
  for (int i = 1; i <= 15; ++i) {
    ReportedExercise exercise = Sample(fmt::format("09_{:02}", i), "pool/lifo");
    for (int j = 1; j < 20; ++j) {
      exercise.figures.cases.push_back(
          SampleCase(fmt::format("fixed_size_pool/case_{}", j)));
      exercise.figures.cases.back().measured.rows.push_back(
          Row("peer", "std::pmr::unsynchronized_pool_resource", 2.5, 1));
    }
    course.exercises.push_back(std::move(exercise));
  }
  const std::string style =
      ReadTextFile("tools/workbook/report/page.css").value_or("");
  ASSERT_FALSE(style.empty());
  const std::string page = HtmlReport(course, style);
  EXPECT_LE(page.size(), kMaxReportBytes);
  EXPECT_TRUE(Has(page, "<table class=rows id=\"c09_01-20\""));
  EXPECT_TRUE(Has(page, "<code>./workbook report 09_15</code> shows"));
  for (int i = 1; i <= 15; ++i) {
    EXPECT_TRUE(Has(page, fmt::format("<th scope=row>09_{:02}", i)) ||
                Has(page, fmt::format("<a href=\"#e09_{:02}\">", i)))
        << "the summary has every exercise";
  }
  EXPECT_TRUE(page.ends_with("</html>\n"));
}

}  // namespace
}  // namespace workbook::cli
