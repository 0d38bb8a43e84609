// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/mutant_patch.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

const std::string kDiff =
    "--- a/solutions/01_02/pool.h\n+++ b/solutions/01_02/pool.h\n"
    "@@ -1 +1 @@\n-int a;\n+int b;\n";

std::string Patch(const std::string& wrong, const std::string& caught_by) {
  return wrong + "\n" + caught_by + "\n\n" + kDiff;
}

void ExpectRefused(const std::string& text, int line,
                   const std::string& part_of_message) {
  const MutantPatchResult result = ParseMutantPatch(text);
  EXPECT_FALSE(result.ok) << text;
  EXPECT_EQ(result.line, line) << text;
  EXPECT_NE(result.message.find(part_of_message), std::string::npos)
      << result.message;
}

TEST(ParseMutantPatch, ReadsTheSentenceAndTheTest) {
  const MutantPatchResult result = ParseMutantPatch(
      Patch("Wrong: leaks a block.", "Caught by: Task1Pool.FreesAll"));
  ASSERT_TRUE(result.ok) << result.message;
  EXPECT_EQ(result.patch.wrong, "leaks a block.");
  ASSERT_EQ(result.patch.caught_by.size(), 1U);
  EXPECT_EQ(result.patch.caught_by[0], "Task1Pool.FreesAll");
}

TEST(ParseMutantPatch, ReadsSeveralTests) {
  const MutantPatchResult result =
      ParseMutantPatch(Patch("Wrong: x.", "Caught by: A.B, C/0.D , E.F/1"));
  ASSERT_TRUE(result.ok) << result.message;
  EXPECT_EQ(result.patch.caught_by,
            (std::vector<std::string>{"A.B", "C/0.D", "E.F/1"}));
}

TEST(ParseMutantPatch, ReadsWhyItHasNoCase) {
  const MutantPatchResult result = ParseMutantPatch(
      Patch("Wrong: x.", "Caught by: A.B\nNo case: it is about speed"));
  ASSERT_TRUE(result.ok) << result.message;
  EXPECT_EQ(result.patch.case_reason, "it is about speed");
  EXPECT_TRUE(
      ParseMutantPatch(Patch("Wrong: x.", "Caught by: A.B\nLong case: y")).ok);
  ExpectRefused(Patch("Wrong: x.", "Caught by: A.B\nNo case: "), 3, "reason");
  ExpectRefused(Patch("Wrong: x.", "Caught by: A.B\nNo case: x\nMore"), 4,
                "a blank line");
}

TEST(ParseMutantPatch, RefusesAMissingSentence) {
  ExpectRefused("", 1, "`Wrong: `");
  ExpectRefused(Patch("Wrong: ", "Caught by: A.B"), 1, "`Wrong: `");
  ExpectRefused(kDiff, 1, "`Wrong: `");
}

TEST(ParseMutantPatch, RefusesAMissingTest) {
  ExpectRefused("Wrong: x.\n", 2, "`Caught by: Suite.Test`");
  ExpectRefused(Patch("Wrong: x.", "Caught by: "), 2, "names no test");
}

TEST(ParseMutantPatch, RefusesAFilterInPlaceOfAName) {
  for (const char* name : {"A", "A.", ".B", "A.*", "A.B:C.D", "-A.B", "A.B.C",
                           "A.B,,C.D", "A b.C"}) {
    ExpectRefused(Patch("Wrong: x.", std::string("Caught by: ") + name), 2,
                  "is not a test's name");
  }
}

TEST(ParseMutantPatch, RefusesWhatHasNoDiff) {
  ExpectRefused("Wrong: x.\nCaught by: A.B\n", 3, "must be blank");
  ExpectRefused("Wrong: x.\nCaught by: A.B\n" + kDiff, 3, "must be blank");
  ExpectRefused("Wrong: x.\nCaught by: A.B\n\n", 4, "no unified diff");
  ExpectRefused(
      "Wrong: x.\nCaught by: A.B\n\n--- pool.h\n+++ pool.h\n@@ -1 @@\n", 4,
      "no unified diff");
}

TEST(ReadMutantPatch, NamesAFileThatIsNotThere) {
  const MutantPatchResult result = ReadMutantPatch("no/such.patch");
  EXPECT_FALSE(result.ok);
  EXPECT_TRUE(result.message.starts_with("no/such.patch:")) << result.message;
}

}  // namespace
}  // namespace workbook
