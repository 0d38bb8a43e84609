#include "tools/workbook/html_report.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

ReportedCourse Sample() {
  ReportedExercise exercise;
  exercise.id = "01_02";
  exercise.title = "Pools </script><script>alert(1)";
  exercise.measurements = {
      R"({"measured_at": "2026-11-20T09:00:00Z", "cases": []})",
      R"({"measured_at": "2026-11-21T09:00:00Z", "commit": "abc1234",
          "disturbances": [], "cases": [{"case": "a/x", "rows": [
          {"role": "baseline", "implementation": "new", "ns_per_op": 20.0},
          {"role": "yours", "implementation": "Pool", "status": "not_written"},
          {"role": "peer", "implementation": "gone", "status": "gap"}]}]})"};
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

TEST(HtmlReport, DataCannotEndItsElement) {
  EXPECT_EQ(HtmlReport(Sample(), {}).find("alert(1)</"), std::string::npos);
  EXPECT_EQ(HtmlReport(Sample(), {}).find("</script><script>alert"),
            std::string::npos);
}

TEST(MarkdownReport, ShowsTheNewestFiguresAndNoUnwrittenStub) {
  const std::string text = MarkdownReport(Sample());
  EXPECT_NE(text.find("Measured 2026-11-21 at abc1234"), std::string::npos);
  EXPECT_NE(text.find("| baseline | new | 20 |"), std::string::npos) << text;
  EXPECT_NE(text.find("| peer | gone | not installed |"), std::string::npos);
  EXPECT_EQ(text.find("Pool |"), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
