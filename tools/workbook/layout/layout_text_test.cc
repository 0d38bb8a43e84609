// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/layout_text.h"

#include <pugixml.hpp>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/layout/layout_svg.h"
#include "tools/workbook/layout/layout_tool.h"

namespace workbook::cli {
namespace {

std::string TestData(const std::string& name) {
  return ReadTextFile("tools/workbook/layout/testdata/" + name).value();
}

std::vector<Record> Recorded() {
  auto records = ParseRecords(TestData("sample.jsonl"));
  for (Record& record : records) record.file = "exercises/sample.h";
  return records;
}

TEST(LayoutText, IsAsTheGoldenOne) {
  std::string text;
  for (const Record& record : Recorded()) text += LayoutText(record) + '\n';
  EXPECT_EQ(text, TestData("sample.txt"));
}

TEST(LayoutText, SaysWhatToLookAt) {
  std::string text;
  for (const Record& record : Recorded()) text += LayoutText(record);
  for (const std::string part :
       {"unused: 14 bytes of 24", "in this order it is 16 bytes, 8 less",
        "cache line 1 ---", "words crosses a border", "15.2   6 bit  [hole]",
        "alignas sets fields apart", "exercises/sample.h:13"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part;
  }
}

TEST(LayoutJson, HasTheSameNumbers) {
  const std::string json = LayoutJson(Recorded());
  for (const std::string part :
       {"\"name\": \"workbook::Derived::Options\"", "\"unused_bits\": 112",
        "\"size_bytes\": 16", "\"smaller_order\": null",
        "\"kind\": \"virtual table\""}) {
    EXPECT_NE(json.find(part), std::string::npos) << part;
  }
}

struct Drawn {
  pugi::xml_document document;
  int holes = 0;
  int parts = 0;
  int lines = 0;
  double right = 0;  // the furthest right end
  double bottom = 0;
};

void Read(const std::string& svg, Drawn& drawn) {
  ASSERT_TRUE(drawn.document.load_string(svg.c_str()));
  for (const auto& rect : drawn.document.child("svg").children("rect")) {
    const std::string kind = rect.attribute("class").value();
    drawn.parts += kind == "part";
    drawn.lines += kind == "line";
    if (kind == "unused") {
      ++drawn.holes;
      EXPECT_STREQ(rect.attribute("fill").value(), "url(#hatch)");
    }
    if (kind.empty()) continue;
    drawn.right =
        std::max(drawn.right, rect.attribute("x").as_double() +
                                  rect.attribute("width").as_double());
    drawn.bottom =
        std::max(drawn.bottom, rect.attribute("y").as_double() +
                                   rect.attribute("height").as_double());
  }
}

TEST(LayoutSvg, IsAsTheGoldenOne) {
  EXPECT_EQ(LayoutSvg(Recorded()), TestData("sample.svg"));
}

TEST(LayoutSvg, DrawsEachPartOfASmallRecordOnceAndHatchesItsHoles) {
  for (const Record& record : Recorded()) {
    if (record.name != "workbook::Derived::Options") continue;
    Drawn drawn;
    Read(LayoutSvg({record}), drawn);
    EXPECT_EQ(drawn.parts, 3);
    EXPECT_EQ(drawn.holes, 2);
    EXPECT_EQ(drawn.lines, 1);
    const auto svg = drawn.document.child("svg");
    EXPECT_LE(drawn.right, svg.attribute("width").as_double());
    EXPECT_LE(drawn.bottom, svg.attribute("height").as_double());
  }
}

TEST(LayoutSvg, DoesNotDrawEveryLineOfALargePart) {
  for (const Record& record : Recorded()) {
    if (record.name != "workbook::Crossing") continue;
    const std::string svg = LayoutSvg({record});
    Drawn drawn;
    Read(svg, drawn);
    EXPECT_EQ(drawn.lines, 5);
    EXPECT_NE(svg.find("12 more lines of big"), std::string::npos);
  }
}

TEST(LayoutSvg, EscapesTheNamesOfTemplates) {
  const std::string svg = LayoutSvg(Recorded());
  EXPECT_NE(svg.find("Tagged&lt;int, long&gt;"), std::string::npos);
  EXPECT_EQ(svg.find("Tagged<"), std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
