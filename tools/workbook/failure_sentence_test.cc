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
            "expected a to equal b, but they are 1 and 2");
}

TEST(TellFailure, LeavesOutADiffOfStrings) {
  EXPECT_EQ(Tell("Expected equality of these values:\n  a\n"
                 "    Which is: \"x\\ny\"\n  \"x\\nz\"\nWith diff:\n"
                 "@@ -1,2 +1,2 @@\n x\n-y\n+z\n\nthe second line"),
            "expected \"x\\nz\", but a is \"x\\ny\": the second line");
}

TEST(TellFailure, TellsComparisons) {
  EXPECT_EQ(Tell("Expected: (Bytes(8)) <= (limit), actual: 9 vs 4"),
            "expected Bytes(8) <= limit, but they are 9 and 4");
  EXPECT_EQ(Tell("Expected: (p) != (nullptr), actual: (nullptr) vs (nullptr)\n"
                 "a block"),
            "expected p != nullptr, but they are (nullptr) and (nullptr): a "
            "block");
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
