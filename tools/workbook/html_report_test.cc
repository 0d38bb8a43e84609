// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/html_report.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

ReportedCourse Sample() {
  ReportedExercise exercise;
  exercise.id = "01_02";
  exercise.title = "Pools </script><script>alert(1)";
  exercise.gains = {{2, "Small </script>", {{"allocations", 9, 1}}}};
  exercise.measurements = {
      R"({"measured_at": "2026-11-20T09:00:00Z", "cases": []})",
      R"({"measured_at": "2026-11-21T09:00:00Z", "commit": "abc1234",
          "disturbances": [], "cases": [{"case": "a/x", "rows": [
          {"role": "baseline", "implementation": "new", "ns_per_op": 20.0},
          {"role": "yours", "implementation": "Pool", "status": "not_written"},
          {"role": "reference", "implementation": "Pool", "ns_per_op": 4.0},
          {"role": "peer", "implementation": "fast", "ns_per_op": 3.0},
          {"role": "peer", "implementation": "alike", "ns_per_op": 3.9},
          {"role": "peer", "implementation": "sort_|_uniq", "ns_per_op": 9.0},
          {"role": "peer", "implementation": "gone", "status": "gap"}]},
          {"case": "a/resident", "rows": [
          {"role": "baseline", "implementation": "new", "ns_per_op": 20.0,
           "counters": {"live_over_rss": 0.875, "peak_rss_KiB": 4096.0}},
          {"role": "peer", "implementation": "gone", "status": "gap"}]}]})"};
  exercise.exact =
      R"({"measured_at": "2026-11-22T09:00:00Z", "commit": "def5678", "exact": [
          {"name": "a/x/baseline:new", "instructions_per_op": 91.5,
           "first_level_misses_per_op": 0.25, "not_deterministic": ""},
          {"name": "a/x/peer:q", "instructions_per_op": 7.0,
           "not_deterministic": "two runs differ"}]})";
  return {{exercise}, {"half.json"}};
}

TEST(HtmlReport, HoldsEverythingAndAsksNobody) {
  const std::string page =
      HtmlReport(Sample(), {"D3()", "PLOT()", "DRAW()", "STYLE{}"});
  for (const char* part : {"D3()", "PLOT()", "DRAW()", "STYLE{}", "half.json",
                           "default-src 'none'", "lang=\"en\""}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  for (const char* request : {" src=", " href=", "@import", "url("}) {
    EXPECT_EQ(page.find(request), std::string::npos) << request;
  }
}

TEST(HtmlReport, HoldsTheCalibration) {
  ReportedCourse course = Sample();
  course.calibrations = {{.exercise = "01_02",
                          .title = "Pools",
                          .choices = 2,
                          .choices_right = 1,
                          .numbers = 3,
                          .numbers_right = 2,
                          .median_error = 1.5}};
  const std::string page = HtmlReport(course, {});
  EXPECT_NE(page.find(R"("calibrations":[{"id":"01_02")"), std::string::npos);
  EXPECT_NE(page.find(R"("median_error":1.5)"), std::string::npos);
}

TEST(HtmlReport, HoldsWhatTasksSaved) {
  EXPECT_NE(HtmlReport(Sample(), {})
                .find(R"("name":"allocations","before":9,"after":1})"),
            std::string::npos);
}

TEST(HtmlReport, DataCannotEndItsElement) {
  EXPECT_EQ(HtmlReport(Sample(), {}).find("alert(1)</"), std::string::npos);
  EXPECT_EQ(HtmlReport(Sample(), {}).find("</script><script>alert"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
