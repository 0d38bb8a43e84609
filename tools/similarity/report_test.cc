// SPDX-License-Identifier: Apache-2.0

#include "tools/similarity/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace workbook::similarity {
namespace {

using nlohmann::json;

struct Sample {
  std::vector<Entry> entries{
      {"=cmd()", {{"a<b>.cc", "one\n<script>alert(1)</script>\nthree\n"}}},
      {"\"><b>", {{"b.cc", "x\ny\xff\n"}}}};
  Comparison comparison;

  Sample() {
    comparison.own_tokens = {30, 40};
    comparison.stub_tokens = {5, 0};
    Pair pair{0, 1, 24, 0.8, {{{0, 2, 3}, {0, 1, 2}, 24}}};
    comparison.pairs = {pair};
  }
};

TEST(Report, PageHasTheRegionsSideBySideAndNothingThatRuns) {
  const Sample sample;
  const std::string html = HtmlReport(sample.entries, sample.comparison, 10);
  EXPECT_NE(html.find("2  &lt;script&gt;alert(1)"), std::string::npos);
  EXPECT_NE(html.find("y?"), std::string::npos);
  EXPECT_NE(html.find("80 %"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("\"><b>"), std::string::npos);
  EXPECT_EQ(html.find("a<b>"), std::string::npos);
}

TEST(Report, PageShowsOnlyTheFirstPairs) {
  const Sample sample;
  const std::string html = HtmlReport(sample.entries, sample.comparison, 0);
  EXPECT_NE(html.find("the first 0 shown"), std::string::npos);
  EXPECT_EQ(html.find("<h2"), std::string::npos);
}

TEST(Report, CsvHasALineAPairAndNoFormula) {
  const Sample sample;
  EXPECT_EQ(CsvReport(sample.entries, sample.comparison),
            "rank,a,b,share_percent,tokens,a_tokens,b_tokens\n"
            "1,\"'=cmd()\",\"\"\"><b>\",80.0,24,30,40\n");
}

TEST(Report, JsonNamesFilesAndLines) {
  const Sample sample;
  const json report =
      json::parse(JsonReport(sample.entries, sample.comparison));
  EXPECT_EQ(report["schema"], 1);
  EXPECT_EQ(report["submissions"][0]["stub_tokens"], 5);
  const json& region = report["pairs"][0]["regions"][0];
  EXPECT_EQ(region["a"]["file"], "a<b>.cc");
  EXPECT_EQ(region["a"]["first_line"], 2);
  EXPECT_EQ(region["b"]["last_line"], 2);
}

}  // namespace
}  // namespace workbook::similarity
