// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_report.h"

#include <string>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

TEST(ParseTestXml, ReadsPassedAndFailedTests) {
  const auto xml = ParseTestXml(
      "<testsuites><testsuite name='S'>"
      "<testcase name='Good' classname='S' status='run' file='t.cc' line='3'/>"
      "<testcase name='Bad' classname='S' status='run' file='t.cc' line='9'>"
      "<failure message='short'><![CDATA[first]]></failure>"
      "<failure message='other'><![CDATA[second]]></failure></testcase>"
      "<testcase name='Off' classname='S' status='notrun'/>"
      "</testsuite></testsuites>");
  ASSERT_TRUE(xml.has_value());
  EXPECT_FALSE(xml->exit_code_of_silent_program.has_value());
  ASSERT_EQ(xml->cases.size(), 2u) << "a disabled test did not run";
  EXPECT_FALSE(xml->cases[0].failed);
  EXPECT_TRUE(xml->cases[1].failed);
  EXPECT_EQ(xml->cases[1].failure, "first");
  EXPECT_EQ(xml->cases[1].FullName(), "S.Bad");
  EXPECT_EQ(xml->cases[1].line, 9);
}

TEST(ParseTestXml, ReadsWhatATestRecorded) {
  const auto xml = ParseTestXml(
      "<testsuites><testsuite name='S'>"
      "<testcase name='One' classname='S' status='run'><properties>"
      "<property name='bytes' value='262140'/>"
      "<property name='least' value='&lt;half&gt;'/></properties></testcase>"
      "<testcase name='Two' classname='S' status='run'/>"
      "</testsuite></testsuites>");
  ASSERT_TRUE(xml.has_value());
  ASSERT_EQ(xml->cases.size(), 2u);
  EXPECT_EQ(xml->cases[0].properties,
            (std::map<std::string, std::string>{{"bytes", "262140"},
                                                {"least", "<half>"}}));
  EXPECT_FALSE(xml->cases[0].failed);
  EXPECT_TRUE(xml->cases[1].properties.empty());
}

TEST(ParseTestXml, KnowsTheReportThatBazelMakesUp) {
  const auto passed = ParseTestXml(
      "<testsuites><testsuite name='x' tests='1' failures='0' errors='0'>"
      "<testcase name='x' status='run'></testcase></testsuite></testsuites>");
  ASSERT_TRUE(passed.has_value());
  EXPECT_EQ(passed->exit_code_of_silent_program, 0);
  EXPECT_TRUE(passed->cases.empty()) << "an invented test is no test";

  const auto crashed = ParseTestXml(
      "<testsuites><testsuite name='x'><testcase name='x' status='run'>"
      "<error message='exited with error code 139'/></testcase></testsuite>"
      "</testsuites>");
  ASSERT_TRUE(crashed.has_value());
  EXPECT_EQ(crashed->exit_code_of_silent_program, 139);
}

// The failure of the only test in a report, whose inside is `failure`.
std::string FailureIn(const std::string& failure) {
  const auto xml = ParseTestXml(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n"
      "<testsuites><testsuite name='S'><testcase name='T' classname='S'>" +
      failure + "</testcase></testsuite></testsuites>");
  if (!xml || xml->cases.size() != 1 || !xml->cases[0].failed) return "none";
  return xml->cases[0].failure;
}

TEST(ParseTestXml, DecodesEntitiesAndKeepsCdataAsItIs) {
  EXPECT_EQ(FailureIn("<failure message='1 &lt; 2 &amp; &quot;x&quot;&#x0A;"
                      "&#65;'/>"),
            "1 < 2 & \"x\"\nA");
  EXPECT_EQ(FailureIn("<failure>&gt;<![CDATA[<&amp;>]]></failure>"),
            "><&amp;>");
}

TEST(ParseTestXml, KeepsLineEndsAndBlanks) {
  EXPECT_EQ(FailureIn("<failure><![CDATA[  a\r\n\tb ]]></failure>"),
            "  a\r\n\tb ");
  EXPECT_EQ(FailureIn("<failure message='a\tb'/>"), "a\tb");
}

TEST(ParseTestXml, JoinsATextThatGoogleTestHadToSplit) {
  EXPECT_EQ(FailureIn("<failure message='m'><![CDATA[before ]]>]]&gt;"
                      "<![CDATA[ after]]></failure>"),
            "before ]]> after");
}

TEST(ParseTestXml, KeepsBytesThatAreNotUtf8) {
  EXPECT_EQ(FailureIn("<failure><![CDATA[a\xFF\xC3(\x80z]]></failure>"),
            "a\xFF\xC3(\x80z");
  EXPECT_EQ(FailureIn("<failure message='\xFEy'/>"), "\xFEy");
}

TEST(ParseTestXml, TakesAMissingAttributeForAnEmptyOne) {
  const auto xml = ParseTestXml(
      "<testsuites><testsuite><testcase classname='S'/></testsuite>"
      "</testsuites>");
  ASSERT_TRUE(xml.has_value());
  ASSERT_EQ(xml->cases.size(), 1u);
  EXPECT_EQ(xml->cases[0].name, "");
  EXPECT_EQ(xml->cases[0].line, 0);
}

TEST(ParseTestXml, RefusesATextThatStopsAnywhere) {
  const std::string whole =
      "<testsuites b='c'><d><![CDATA[x]]></d><!-- e --><f g=\"h\"/>"
      "</testsuites>";
  ASSERT_TRUE(ParseTestXml(whole).has_value());
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(ParseTestXml(whole.substr(0, length)).has_value())
        << "cut after " << length;
  }
}

TEST(ParseTestXml, RefusesBadNestingAndWhatIsNoReport) {
  EXPECT_FALSE(ParseTestXml("<testsuites><b></testsuites></b>").has_value());
  EXPECT_FALSE(ParseTestXml("<testsuites b></testsuites>").has_value());
  EXPECT_FALSE(ParseTestXml("text").has_value());
  EXPECT_FALSE(ParseTestXml("<other/>").has_value());
}

TEST(ParseTestXml, SurvivesADepthThatWouldOverflowTheStack) {
  std::string text = "<testsuites>";
  for (int i = 0; i < 100'000; ++i) text += "<a>";
  EXPECT_FALSE(ParseTestXml(text).has_value());
  for (int i = 0; i < 100'000; ++i) text += "</a>";
  const auto whole = ParseTestXml(text + "</testsuites>");
  ASSERT_TRUE(whole.has_value());
  EXPECT_TRUE(whole->cases.empty());
}

TEST(PlaceAmong, IsWhereTheSourceDeclaresTheTest) {
  const std::vector<ExpectedTest> expected = {
      {"Pool", "Grows"}, {"PoolDeathTest", "Aborts"}, {"Sizes", "Fit"}};
  EXPECT_EQ(PlaceAmong(expected, "PoolDeathTest", "Aborts"), 1u);
  EXPECT_EQ(PlaceAmong(expected, "All/Sizes/0", "Fit/3"), 2u);
  EXPECT_EQ(PlaceAmong(expected, "Pool", "Aborts"), 3u) << "none of them";
}

TEST(ScanTests, FindsEveryKindOfTest) {
  const auto tests = ScanTests(
      "TEST(A, One) {}\n  TEST_F(B, Two) {}\nTEST_P(C,\n       Three) {}\n"
      "TYPED_TEST(D, Four) {}\nTESTING(E, Five)\n// TEST(F, Six)\n"
      "TEST(A, DISABLED_Seven) {}\n");
  ASSERT_EQ(tests.size(), 4u);
  EXPECT_EQ(tests[0].name, "One");
  EXPECT_EQ(tests[1].suite, "B");
  EXPECT_EQ(tests[2].name, "Three");
  EXPECT_EQ(tests[3].suite, "D");
}

TEST(ScanTests, CountsATestAfterBlankLinesOnce) {
  EXPECT_EQ(ScanTests("\n\n  \n\nTEST(A, One) {}\n").size(), 1u);
}

TEST(ScanTests, LeavesOutWhatAConditionMayRemove) {
  const auto tests = ScanTests(
      "#if GTEST_HAS_DEATH_TEST\nTEST(A, One) {}\n#ifdef X\n#endif\n"
      "TEST(A, Two) {}\n#endif\nTEST(A, Three) {}\n");
  ASSERT_EQ(tests.size(), 1u);
  EXPECT_EQ(tests[0].name, "Three");
}

TEST(CountMissing, MatchesInstancesOfParametrisedTests) {
  const std::vector<ExpectedTest> expected = {
      {"Plain", "A"}, {"Typed", "B"}, {"Parametrised", "C"}, {"Lost", "D"}};
  const std::vector<TestCaseResult> reported = {
      {.suite = "Plain", .name = "A", .file = ""},
      {.suite = "Typed/0", .name = "B", .file = ""},
      {.suite = "Sizes/Parametrised", .name = "C/3", .file = ""}};
  EXPECT_EQ(CountMissing(expected, reported), 1);
  EXPECT_EQ(CountMissing(expected, {}), 4);
}

}  // namespace
}  // namespace workbook::cli
