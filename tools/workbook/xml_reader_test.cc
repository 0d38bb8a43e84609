#include "tools/workbook/xml_reader.h"

#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(ParseXml, ReadsElementsAttributesAndText) {
  const auto root = ParseXml(
      "<?xml version=\"1.0\"?>\n<!-- a comment -->\n"
      "<suites n='2'><case name=\"A\"/><case name=\"B\">why</case></suites>");
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->name, "suites");
  EXPECT_EQ(root->Attribute("n"), "2");
  ASSERT_EQ(root->children.size(), 2u);
  EXPECT_EQ(root->children[0].Attribute("name"), "A");
  EXPECT_EQ(root->children[1].text, "why");
}

TEST(ParseXml, DecodesEntitiesAndKeepsCdataAsItIs) {
  const auto root = ParseXml(
      "<a m='1 &lt; 2 &amp; &quot;x&quot;&#x0A;&#65;'>&gt;<![CDATA[<&amp;>]]>"
      "</a>");
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->Attribute("m"), "1 < 2 & \"x\"\nA");
  EXPECT_EQ(root->text, "><&amp;>");
}

TEST(ParseXml, GivesAnEmptyTextForAMissingAttribute) {
  const auto root = ParseXml("<a/>");
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->Attribute("nothing"), "");
}

TEST(ParseXml, RefusesATextThatStopsAnywhere) {
  const std::string whole =
      "<a b='c'><d><![CDATA[x]]></d><!-- e --><f g=\"h\"/></a>";
  ASSERT_TRUE(ParseXml(whole).has_value());
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(ParseXml(whole.substr(0, length)).has_value())
        << "cut after " << length;
  }
}

TEST(ParseXml, RefusesBadNesting) {
  EXPECT_FALSE(ParseXml("<a><b></a></b>").has_value());
  EXPECT_FALSE(ParseXml("text").has_value());
  EXPECT_FALSE(ParseXml("<a b></a>").has_value());
}

TEST(ParseXml, RefusesADepthThatWouldOverflowTheStack) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_FALSE(ParseXml(deep).has_value());
}

}  // namespace
}  // namespace workbook::cli
