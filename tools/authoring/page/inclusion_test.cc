// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/page/inclusion.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/authoring/page/source.h"
#include "tools/authoring/sample_course.h"

namespace workbook {
namespace {

constexpr char kFigures[] =
    "{\"cases\": [{\"case\": \"counter/next\", \"rows\": [\n"
    "  {\"role\": \"baseline\", \"implementation\": \"memory\",\n"
    "   \"ns_per_op\": 0.9079, \"peak_bytes\": 200001},\n"
    "  {\"role\": \"yours\", \"implementation\": \"Counter\", \"ns_per_op\": "
    "9},\n"
    "  {\"role\": \"reference\", \"implementation\": \"Counter\",\n"
    "   \"ns_per_op\": 1862.4, \"counters\": {\"hit_rate\": 0.96}}]}]}\n";

class InclusionTest : public testing::Test {
 protected:
  std::string Filled(const std::string& text) {
    const FilledPage page = FillPage(course_.root(), "page.md", text);
    for (const Problem& problem : page.problems) {
      ADD_FAILURE() << problem.Text();
    }
    return page.text;
  }

  void ExpectRefused(const std::string& text, int line, const std::string& what,
                     const std::string& fix) {
    const FilledPage page = FillPage(course_.root(), "page.md", text);
    ASSERT_EQ(page.problems.size(), 1U) << text;
    const std::string told = page.problems[0].Text();
    EXPECT_TRUE(told.starts_with(std::string("page.md") + ":" +
                                 std::to_string(line) + ": "))
        << told;
    EXPECT_NE(told.find(what), std::string::npos) << told;
    EXPECT_NE(told.find(fix), std::string::npos) << told;
    EXPECT_EQ(page.text, text) << "what can't be filled stays";
  }

  std::string Figure(const std::string& source) {
    const SourceText figure = ReadFigure(course_.root(), source);
    return figure.ok ? figure.text : figure.what;
  }

  SampleCourse course_;
};

std::string Code(const std::string& source, const std::string& code = "old\n") {
  return "<!-- code: " + source + " -->\n```cpp\n" + code + "```\n";
}

TEST_F(InclusionTest, FillsInAFunctionWithoutItsContract) {
  const std::string source = "solutions/01_01/counter.h#Counter::Next";
  EXPECT_EQ(Filled("a\n" + Code(source) + "b\n"),
            "a\n" + Code(source, "int Next() { return ++last_; }\n") + "b\n");
}

TEST_F(InclusionTest, AClassIsMeantAndNotItsConstructors) {
  course_.Write("exercises/01_01/x_test.cc",
                "class A {\n public:\n  A() {}\n  explicit A(int) {}\n"
                "  int B() { return 1; }\n};\n");
  EXPECT_EQ(Filled(Code("exercises/01_01/x_test.cc#A")),
            Code("exercises/01_01/x_test.cc#A",
                 "class A {\n public:\n  A() {}\n  explicit A(int) {}\n"
                 "  int B() { return 1; }\n};\n"));
  EXPECT_EQ(Filled(Code("exercises/01_01/x_test.cc#B")),
            Code("exercises/01_01/x_test.cc#B", "int B() { return 1; }\n"));
}

TEST_F(InclusionTest, FillsInARegionAndTakesItsIndentationAway) {
  course_.Write(
      "exercises/01_01/x_test.cc",
      "void F() {\n  // [region grow]\n  if (a) {\n    b();\n\n  }\n"
      "  // [region inner]\n  c();\n  // [end]\n  // [end]\n  d();\n}\n");
  const std::string source = "exercises/01_01/x_test.cc#grow";
  EXPECT_EQ(Filled(Code(source)),
            Code(source, "if (a) {\n  b();\n\n}\nc();\n"));
}

TEST_F(InclusionTest, FillsInWhatAMutantMakesOfTheReference) {
  const std::string source =
      "solutions/01_01/mutants/counter.stuck.patch#Counter::Next";
  EXPECT_EQ(Filled(Code(source)),
            Code(source, "int Next() { return last_ = 1; }\n"));
}

TEST_F(InclusionTest, KeepsTheIndentationOfTheFence) {
  const std::string source = "solutions/01_01/counter.h#Counter::Next";
  EXPECT_EQ(
      Filled("1. a\n   <!-- code: " + source + " -->\n   ```cpp\n   ```\n"),
      "1. a\n   <!-- code: " + source +
          " -->\n   ```cpp\n   int Next() { return ++last_; }\n   ```\n");
}

TEST_F(InclusionTest, SaysWhichLinesDiffer) {
  const std::string source = "solutions/01_01/counter.h#Counter::Next";
  const FilledPage page =
      FillPage(course_.root(), "page.md", "a\n\n" + Code(source));
  EXPECT_EQ(page.changed, (std::vector<int>{5}));
  EXPECT_TRUE(FillPage(course_.root(), "page.md", page.text).changed.empty());
}

TEST_F(InclusionTest, FillsInFiguresAndTables) {
  course_.Write("docs/f.json", kFigures);
  course_.Write("docs/f.md", "# T\n| no |\n## counter/next\n\n| a |\n|---|\n");
  EXPECT_EQ(Filled("It takes "
                   "<!-- figure: docs/f.json#counter/next/memory#ns_per_op "
                   "-->?<!-- end --> ns.\n"),
            "It takes <!-- figure: docs/f.json#counter/next/memory#ns_per_op "
            "-->0.91<!-- end --> ns.\n");
  EXPECT_EQ(Filled("<!-- table: docs/f.md#counter/next -->\n| b |\n\nc\n"),
            "<!-- table: docs/f.md#counter/next -->\n| a |\n|---|\n\nc\n");
}

TEST_F(InclusionTest, FillsInACase) {
  course_.Write("docs/cases/01_01.md",
                "# C\n\n## a.b\n\n```text\nno\n```\n\n## a.bc\n\n"
                "```text\nPool pool;\n\nWRONG: x\n```\n");
  const std::string comment = "<!-- case: docs/cases/01_01.md#a.bc -->\n";
  EXPECT_EQ(Filled(comment + "```text\nold\n```\nb\n"),
            comment + "```text\nPool pool;\n\nWRONG: x\n```\nb\n");
  ExpectRefused("<!-- case: docs/cases/01_01.md#c -->\n```text\n```\n", 1,
                "has no case under the heading c", "a mutant");
  ExpectRefused("<!-- case: docs/cases/02.md#c -->\n```text\n```\n", 1,
                "can't be read", "tools/authoring:cases");
  ExpectRefused(comment + "a\n", 2, "no fence ```text", "directly below");
}

TEST_F(InclusionTest, FillsInWhatAToolSaid) {
  course_.Write("chapters/tools/a.txt", "$ ls\n\n  x\n");
  const std::string comment = "<!-- output: chapters/tools/a.txt -->\n";
  EXPECT_EQ(Filled(comment + "```text\nold\n```\nb\n"),
            comment + "```text\n$ ls\n\n  x\n```\nb\n");
  ExpectRefused("<!-- output: chapters/tools/b.txt -->\n```text\n```\n", 1,
                "b.txt can't be read", "record.sh");
  ExpectRefused("<!-- output: tools/a.txt -->\n```text\n```\n", 1,
                "which no command wrote", "chapters/tools/NAME.txt");
  ExpectRefused(comment + "```sh\n```\n", 2, "no fence ```text",
                "directly below");
}

TEST_F(InclusionTest, FillsInCodeOfTheBookItself) {
  course_.Write("chapters/tools/x.h", "int B() { return 1; }\n");
  EXPECT_EQ(Filled(Code("chapters/tools/x.h#B")),
            Code("chapters/tools/x.h#B", "int B() { return 1; }\n"));
}

TEST_F(InclusionTest, AFigureIsExactOrHasTwoDigits) {
  course_.Write("docs/f.json", kFigures);
  EXPECT_EQ(Figure("docs/f.json#counter/next/memory#peak_bytes"), "200,001");
  EXPECT_EQ(Figure("docs/f.json#counter/next/Counter#ns_per_op"), "1,900")
      << "the reference, not what a learner measured";
  EXPECT_EQ(Figure("docs/f.json#counter/next/yours:Counter#ns_per_op"), "9");
  EXPECT_EQ(Figure("docs/f.json#counter/next/Counter#counters.hit_rate"),
            "0.96");
  EXPECT_EQ(FigureText(0), "0");
  EXPECT_EQ(FigureText(12.5), "13");
  EXPECT_EQ(FigureText(9.96), "10.0") << "the digits of 9.9";
  EXPECT_EQ(FigureText(0.0123), "0.012");
}

TEST_F(InclusionTest, RefusesASourceThatIsNotThere) {
  ExpectRefused(Code("exercises/01_01/no.cc#F"), 1, "no.cc can't be read",
                "correct the path");
  ExpectRefused(Code("tools/x.cc#F"), 1, "is no code that tests run",
                "exercises/NN_MM/FILE#NAME");
  ExpectRefused(Code("solutions/01_01/counter.h#Grow"), 1,
                "has no region, function or class Grow", "// [region Grow]");
}

TEST_F(InclusionTest, RefusesFiguresThatAreNotThere) {
  course_.Write("docs/f.json", kFigures);
  course_.Write("docs/f.md", "# T\n");
  const auto figure = [](const std::string& source) {
    return "a\n<!-- figure: " + source + " -->1<!-- end -->\n";
  };
  ExpectRefused(figure("docs/f.json#counter/next/x#ns_per_op"), 2,
                "has no row counter/next/x", "CASE/IMPLEMENTATION");
  ExpectRefused(figure("docs/f.json#counter/next/memory#x"), 2,
                "has no number x", "ns_per_op");
  ExpectRefused(figure("docs/no.json#a/b#c"), 2, "can't be read", "measure");
  ExpectRefused(figure("docs/f.md#a/b#c"), 2, "is no figure", "NN_MM.json");
  ExpectRefused("<!-- figure: docs/f.json#a/b#c -->1\n", 1, "does not end",
                "on one line");
  ExpectRefused("<!-- table: docs/f.md#T -->\n| a |\n", 1, "no table under",
                "heading");
}

TEST_F(InclusionTest, RefusesCodeWithoutASourceAndFencesWithoutALanguage) {
  ExpectRefused("a\n```cpp\nint x;\n```\n", 2, "C++ that no test runs",
                "<!-- code: ");
  ExpectRefused("```\nx\n```\n", 1, "without a language", "```text");
  ExpectRefused("<!-- code: solutions/01_01/counter.h#Counter::Next -->\n", 2,
                "no fence ```cpp below", "directly below");
  EXPECT_EQ(Filled("```sh\nls\n```\n"), "```sh\nls\n```\n");
}

}  // namespace
}  // namespace workbook
