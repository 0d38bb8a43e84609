// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/named_tests.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// Split, so that this file's own text declares none of them.
const std::string kTest = std::string("TE") + "ST";
constexpr char kHead[] =
    "#pragma GCC diagnostic ignored \"-Wunused-function\"\n#line 1 "
    "\"a_test.cc\"\n";

TEST(OnlyNamedTests, LeavesTheLinesOfOtherTestsEmpty) {
  const std::string source =
      "int Helper();\n" +                          // 1
      kTest + "(Task1A, Works) {\n  if (a) {\n" +  // 2, 3
      "  }\n}\n" +                                 // 4, 5
      kTest + "_F(Task1A, Ends) {\n  b();\n}\n" + "int last;\n";
  EXPECT_EQ(OnlyNamedTests("a_test.cc", source, {"Task1A.Ends"}),
            kHead + ("int Helper();\n\n\n\n\n" + kTest) +
                "_F(Task1A, Ends) {\n  b();\n}\nint last;\n");
}

TEST(OnlyNamedTests, FollowsADeclarationOverLines) {
  const std::string source =
      kTest + "(Task1A,\n     Works) {\n  a();\n}\nint last;\n";
  EXPECT_EQ(OnlyNamedTests("a_test.cc", source, {"Task1A.Ends"}),
            kHead + std::string("\n\n\n\nint last;\n"));
}

TEST(OnlyNamedTests, EndsAnEmptyTestWithItsLine) {
  const std::string source = kTest + "(Task1A, Works) {}\nvoid F() {\n}\n";
  EXPECT_EQ(OnlyNamedTests("a_test.cc", source, {"Task1A.Ends"}),
            kHead + std::string("\nvoid F() {\n}\n"));
}

TEST(OnlyNamedTests, KeepsEachTestThatIsNamed) {
  const std::string source = kTest + "(Task1A, Works) {\n}\n" + kTest +
                             "_P(Task1B, Fits) {\n}\n" + kTest +
                             "(Task1A, Ends) {\n}\n";
  const std::string kept = OnlyNamedTests(
      "a_test.cc", source, {"Task1A.Works", "All/Task1B.Fits/0"});
  EXPECT_EQ(kept, kHead + kTest + "(Task1A, Works) {\n}\n" + kTest +
                      "_P(Task1B, Fits) {\n}\n\n\n");
}

TEST(OnlyNamedTests, EndsWithASourceThatIsCutOff) {
  EXPECT_EQ(OnlyNamedTests("a_test.cc", kTest + "(Task1A, Works) {\n  a();",
                           {"Task1A.Ends"}),
            kHead + std::string("\n\n"));
}

}  // namespace
}  // namespace workbook
