// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/failure_sentence.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

std::string Tell(const std::string& text) {
  return TellFailure("dir/x_test.cc:8\n" + text).sentence;
}

TEST(TellFailure, ReadsThePlace) {
  const FailureSentence told = TellFailure("dir/x_test.cc:8\nFailed\nwhy");
  EXPECT_EQ(told.file, "dir/x_test.cc");
  EXPECT_EQ(told.line, 8);
  EXPECT_EQ(told.sentence, "why");
}

TEST(TellFailure, SaysWhatWasExpectedAndWhatCame) {
  EXPECT_EQ(Tell("Expected equality of these values:\n  Bytes(8)\n"
                 "    Which is: 9\n  8"),
            "expected 8, but Bytes(8) is 9");
  EXPECT_EQ(Tell("Expected equality of these values:\n  8\n  Bytes(8)\n"
                 "    Which is: 9\nno byte is wasted"),
            "expected 8, but Bytes(8) is 9: no byte is wasted");
  EXPECT_EQ(Tell("Expected equality of these values:\n  a\n    Which is: 1\n"
                 "  b\n    Which is: 2"),
            "a should equal b; yours is 1, expected 2");
}

TEST(TellFailure, KnowsWhichSideIsTheLearners) {
  const std::string of_forty = "Expected equality of these values:\n";
  EXPECT_EQ(Tell(of_forty + "  pool.Bytes()\n    Which is: 48\n  40u\n"
                            "    Which is: 40"),
            "expected 40u, but pool.Bytes() is 48")
      << "a suffix is no expression";
  EXPECT_EQ(Tell(of_forty + "  1'000u\n    Which is: 1000\n  Sum()\n"
                            "    Which is: 7"),
            "expected 1'000u, but Sum() is 7");
  EXPECT_EQ(Tell(of_forty + "  expected.size()\n    Which is: 4\n"
                            "  list.size()\n    Which is: 5"),
            "list.size() should equal expected.size(); yours is 5, expected 4");
  EXPECT_EQ(Tell(of_forty + "  kBlocks\n    Which is: 4\n  blocks\n"
                            "    Which is: 5"),
            "blocks should equal kBlocks; yours is 5, expected 4");
}

TEST(TellFailure, LeavesOutALongExpressionThatItsValueRepeats) {
  const std::string list(50, '1');
  EXPECT_EQ(Tell("Expected equality of these values:\n  Sizes(3)\n"
                 "    Which is: { 1 }\n  (Sizes{" +
                 list + "})\n    Which is: { 2 }"),
            "of Sizes(3) yours is { 1 }, expected { 2 }");
}

TEST(TellFailure, ATraceOfAnyBytesCanBePrinted) {
  const FailureSentence told = TellFailure(
      "dir/x_test.cc:8\nFailed\nwhy\nGoogle Test trace:\n"
      "dir/x_test.cc:5: a\x01\xff z\n");
  EXPECT_EQ(told.traces, std::vector<std::string>{"a\\x01\\xff z"});
}

TEST(TellFailure, TakesBracketsFromOneValueAndNotFromAPair) {
  const std::string start = "Expected equality of these values:\n  a\n";
  EXPECT_EQ(Tell(start + "    Which is: (3)\n  b\n    Which is: (nullopt)"),
            "a should equal b; yours is 3, expected nullopt");
  EXPECT_EQ(Tell(start + "    Which is: (3, 4)\n  b\n    Which is: (1)(2)"),
            "a should equal b; yours is (3, 4), expected (1)(2)");
}

TEST(TellFailure, KeepsTracesOutOfTheSentence) {
  const FailureSentence told = TellFailure(
      "dir/x_test.cc:8\nExpected equality of these values:\n  a\n"
      "    Which is: 1\n  2\nno word\nGoogle Test trace:\n"
      "dir/x_test.cc:5: copy 3 of 12 throws\n"
      "dir/x_test.cc:4: a text\nof two lines\n");
  EXPECT_EQ(told.sentence, "expected 2, but a is 1: no word");
  EXPECT_EQ(told.traces, (std::vector<std::string>{"copy 3 of 12 throws",
                                                   "a text of two lines"}));
  EXPECT_EQ(told.line, 8);
  EXPECT_FALSE(told.is_call);
}

TEST(TellFailure, NamesTheLineThatCalledAHelper) {
  const FailureSentence told = TellFailure(
      "dir/testing/contract.h:83\nFailed\nwhy\nGoogle Test trace:\n"
      "dir/contract.h:90: called from here\n"
      "dir/x_test.cc:17: called from here, FoldCase\n");
  EXPECT_EQ(told.file, "dir/x_test.cc");
  EXPECT_EQ(told.line, 17);
  EXPECT_TRUE(told.is_call);
  EXPECT_EQ(told.traces, std::vector<std::string>{"FoldCase"});
  EXPECT_EQ(told.sentence, "why");
}

TEST(TellFailure, LeavesOutADiffOfStrings) {
  EXPECT_EQ(Tell("Expected equality of these values:\n  a\n"
                 "    Which is: \"x\\ny\"\n  \"x\\nz\"\nWith diff:\n"
                 "@@ -1,2 +1,2 @@\n x\n-y\n+z\n\nthe second line"),
            "expected \"x\\nz\", but a is \"x\\ny\": the second line");
}

TEST(TellFailure, TellsComparisons) {
  EXPECT_EQ(Tell("Expected: (Bytes(8)) <= (limit), actual: 9 vs 4"),
            "Bytes(8) <= limit should hold; yours is 9, expected at most 4");
  EXPECT_EQ(Tell("Expected: (p) != (nullptr), actual: (nullptr) vs (nullptr)\n"
                 "a block"),
            "p != nullptr should hold; yours is nullptr, expected anything "
            "but nullptr: a block");
  EXPECT_EQ(Tell("Expected: (0) < (blocks), actual: 0 vs -3"),
            "0 < blocks should hold; yours is -3, expected more than 0");
}

TEST(TellFailure, TellsTruth) {
  EXPECT_EQ(Tell("Value of: pool.empty()\n  Actual: false\nExpected: true"),
            "expected true of pool.empty(), but it is false");
  EXPECT_EQ(
      Tell("Value of: size\nExpected: is >= 3\n  Actual: 2 (of type int)"),
      "expected is >= 3 of size, but it is 2 (of type int)");
}

TEST(TellFailure, TellsStatementsAndDeaths) {
  EXPECT_EQ(Tell("Expected: f() throws an exception of type std::bad_alloc.\n"
                 "  Actual: it throws nothing."),
            "expected that f() throws an exception of type std::bad_alloc, but "
            "it throws nothing");
  EXPECT_EQ(Tell("Death test: pool.Free(p)\n    Result: failed to die.\n"
                 " Error msg:\n[  DEATH   ] "),
            "expected pool.Free(p) to be caught by a debug check, but it went "
            "on");
}

TEST(TellFailure, TellsExceptions) {
  const FailureSentence told = TellFailure(
      "unknown file\nC++ exception with description \"std::bad_alloc\" thrown "
      "in the test body.");
  EXPECT_EQ(told.line, 0);
  EXPECT_EQ(told.sentence, "an exception came out of the test: std::bad_alloc");
}

TEST(TellFailure, FindsATodoWhereverItWasThrown) {
  EXPECT_EQ(TellFailure("unknown file\nC++ exception with description \"01_02 "
                        "task 1: Pool::Allocate is yours to write\" thrown in "
                        "the test body.")
                .todo,
            "01_02 task 1: Pool::Allocate");
  EXPECT_EQ(TellFailure("x_test.cc:8\nExpected: f() throws an exception of "
                        "type X.\n  Actual: it throws workbook::TodoError with "
                        "description \"01_02 task 12: F is yours to write\".")
                .todo,
            "01_02 task 12: F");
  EXPECT_EQ(TellFailure("x_test.cc:8\nFailed\nthe work is yours to write").todo,
            "");
}

TEST(TellFailure, ShortensLongValues) {
  const std::string sentence =
      Tell("Expected equality of these values:\n  a\n    Which is: " +
           std::string(5000, 'x') + "\n  {}");
  EXPECT_LT(sentence.size(), 200u);
}

TEST(TellFailure, SurvivesWhatItDoesNotKnow) {
  EXPECT_EQ(TellFailure("").sentence, "the test failed and did not say why");
  EXPECT_EQ(Tell("something\n  new"), "something new");
  EXPECT_EQ(Tell("Expected equality of these values:"), "expected  to equal ");
}

}  // namespace
}  // namespace workbook::cli
