// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/compiler_output.h"

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

constexpr const char* kFolder = "exercises/01_02/";

TEST(FindFirstError, SkipsWarningsAndIncludeLines) {
  const auto error = FindFirstError(
      "In file included from exercises/01_02/a_test.cc:1:\n"
      "exercises/01_02/a.h:7:7: warning: unused variable 'x'\n"
      "exercises/01_02/a.h: In function 'int f()':\n"
      "exercises/01_02/a.h:8:10: error: 'y' was not declared\n"
      "    8 |   return y;\n"
      "exercises/01_02/a.h:11:31: error: expected ';'\n",
      kFolder);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->file, "exercises/01_02/a.h");
  EXPECT_EQ(error->line, 8);
  EXPECT_EQ(error->message, "'y' was not declared");
}

TEST(FindFirstError, PrefersTheLearnersFileToTheTest) {
  const auto error = FindFirstError(
      "exercises/01_02/a_test.cc:5:3: error: no member named 'Free'\n"
      "exercises/01_02/a.h:8:10: error: expected ')'\n",
      kFolder);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->file, "exercises/01_02/a.h");
}

TEST(FindFirstError, NamesTheLineThatCausedAnErrorInALibrary) {
  const auto error = FindFirstError(
      "In file included from /usr/include/c++/12/vector:66,\n"
      "                 from exercises/01_02/a.h:3:\n"
      "/usr/include/c++/12/bits/stl_vector.h: In instantiation of 'struct S':\n"
      "exercises/01_02/a.h:21:9:   required from here\n"
      "/usr/include/c++/12/bits/stl_vector.h:50:5: error: static assertion\n",
      kFolder);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->file, "exercises/01_02/a.h");
  EXPECT_EQ(error->line, 21);
  EXPECT_EQ(error->message,
            "static assertion (inside stl_vector.h, which this line makes the "
            "compiler read)");
}

TEST(FindFirstError, ReadsClangAndFatalErrors) {
  const auto error = FindFirstError(
      "exercises/01_02/a.h:3:10: fatal error: 'nothing.h' file not found\n",
      kFolder);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message, "'nothing.h' file not found");
}

TEST(FindFirstError, TellsTheLinkersWordsInOurs) {
  const auto error = FindFirstError(
      "bazel-out/bin/a_test.pic.o:a_test.cc:function F::Body(): error: "
      "undefined reference to 'workbook::Linked()'\n"
      "collect2: error: ld returned 1 exit status\n",
      kFolder);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->message,
            "workbook::Linked() is declared, but nowhere defined");
  EXPECT_EQ(error->file, "");
}

TEST(FindFirstError, FindsNothingInNothing) {
  EXPECT_FALSE(FindFirstError("", kFolder).has_value());
  EXPECT_FALSE(FindFirstError("all is well\n", kFolder).has_value());
}

}  // namespace
}  // namespace workbook::cli
