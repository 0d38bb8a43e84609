#include "tools/workbook/test_report.h"

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

TEST(ParseTestXml, RefusesWhatIsCutOff) {
  EXPECT_FALSE(ParseTestXml("<testsuites><testsuite name='x'>").has_value());
  EXPECT_FALSE(ParseTestXml("").has_value());
}

TEST(ParseTestLog, FindsTheTestThatWasRunning) {
  const TestLog log = ParseTestLog(
      "[ RUN      ] S.First\n[       OK ] S.First (0 ms)\n"
      "[ RUN      ] S.Second\nfile.cc:7: double free: it is in the pool\n");
  EXPECT_EQ(log.running_test, "S.Second");
  EXPECT_EQ(log.passed, std::vector<std::string>{"S.First"});
  EXPECT_EQ(log.last_words, "file.cc:7: double free: it is in the pool");
}

TEST(ParseTestLog, FindsNoRunningTestAfterTheLastOne) {
  const TestLog log =
      ParseTestLog("[ RUN      ] S.First\n[  FAILED  ] S.First (0 ms)\nbye\n");
  EXPECT_EQ(log.running_test, "");
  EXPECT_EQ(log.last_words, "");
}

TEST(ParseTestLog, PrefersTheLineThatSaysWhy) {
  EXPECT_EQ(ParseTestLog("[ RUN      ] S.A\nhello\n"
                         "==1==ERROR: AddressSanitizer: heap-use-after-free\n"
                         "    #0 0x1 in f\n")
                .last_words,
            "==1==ERROR: AddressSanitizer: heap-use-after-free");
  EXPECT_EQ(ParseTestLog("[ RUN      ] S.A\n"
                         "terminate called after throwing an instance of 'X'\n"
                         "  what():  out of blocks\n")
                .last_words,
            "what():  out of blocks");
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
