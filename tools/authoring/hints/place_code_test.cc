// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/place_code.h"

#include <gtest/gtest.h>

#include <string>

namespace workbook {
namespace {

// clang-format off
const std::string kHeader =
    "namespace workbook {\n"                                // 1
    "class Pool {\n"                                        // 2
    " public:\n"                                            // 3
    "  // Returns the size.\n"                              // 4
    "  int Size() const { return size_; }\n"                // 5
    "  void Push(int value);\n"                             // 6
    "  void Push(const char* text) { Push(*text); }\n"      // 7
    "\n"                                                    // 8
    " private:\n"                                           // 9
    "  int size_ = 0;\n"                                    // 10
    "};\n"                                                  // 11
    "}  // namespace workbook\n";                           // 12
const std::string kSource =
    "#include \"01_02/pool.h\"\n"                           // 1
    "namespace workbook {\n"                                // 2
    "// Adds.\n"                                            // 3
    "void Pool::Push(int value) {\n"                        // 4
    "  size_ += value;\n"                                   // 5
    "}\n"                                                   // 6
    "\n"                                                    // 7
    "int Sum(int a, int b) { return a + b; }\n"             // 8
    "}  // namespace workbook\n";                           // 9
// clang-format on

PlacedCode Place(const std::vector<HintCode>& code) {
  return PlaceCode({{"pool.h", kHeader}, {"pool.cc", kSource}}, code,
                   "hints.md");
}

void ExpectHolds(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "no\n"
                                                << part << "in\n"
                                                << text;
}

void ExpectRefused(const std::vector<HintCode>& code, int line,
                   const std::string& what, const std::string& fix) {
  const PlacedCode placed = Place(code);
  ASSERT_EQ(placed.problems.size(), 1U);
  const std::string told = placed.problems[0].Text();
  EXPECT_TRUE(told.starts_with(std::string("hints.md") + ":" +
                               std::to_string(line) + ": "))
      << told;
  EXPECT_NE(told.find(what), std::string::npos) << told;
  EXPECT_NE(told.find(fix), std::string::npos) << told;
}

TEST(PlaceCode, ADefinitionTakesThePlaceOfItsNamesake) {
  const PlacedCode placed =
      Place({{"void Pool::Push(int value) {\n  ++size_;\n}\n", 20}});
  EXPECT_TRUE(placed.problems.empty());
  EXPECT_EQ(placed.files[0].text, "#line 1 \"pool.h\"\n" + kHeader);
  const std::string& source = placed.files[1].text;
  ExpectHolds(
      source,
      "// Adds.\n#line 20 \"hints.md\"\nvoid Pool::Push(int value) \n{\n"
      "{\n#line 20 \"hints.md\"\n\n  ++size_;\n}\n}\n"
      "#line 7 \"pool.cc\"\n\nint Sum");
  EXPECT_EQ(source.find("size_ += value"), std::string::npos) << source;
}

TEST(PlaceCode, StatementsTakeThePlaceOfABodyOneBlockEach) {
  const PlacedCode placed = Place({{"// in Sum\nreturn a;\n", 5},
                                   {"// in Sum, at its end\nreturn b;\n", 9}});
  EXPECT_TRUE(placed.problems.empty());
  ExpectHolds(placed.files[1].text,
              "#line 8 \"pool.cc\"\nint Sum(int a, int b) {\n"
              "{\n#line 6 \"hints.md\"\nreturn a;\n}\n"
              "{\n#line 10 \"hints.md\"\nreturn b;\n}\n}\n"
              "#line 9 \"pool.cc\"\n");
}

TEST(PlaceCode, ADefinitionBehindTheClassLeavesADeclarationInIt) {
  const PlacedCode placed =
      Place({{"int Pool::Size() const { return 7; }\n", 20}});
  EXPECT_TRUE(placed.problems.empty());
  const std::string& header = placed.files[0].text;
  ExpectHolds(
      header,
      "  // Returns the size.\nint Size() const;\n#line 6 \"pool.h\"\n");
  ExpectHolds(header, "};\n#line 20 \"hints.md\"\nint Pool::Size() const ");
}

TEST(PlaceCode, ADefinitionWithoutItsClassStaysInIt) {
  const PlacedCode placed = Place({{"int Size() const { return 7; }\n", 20}});
  EXPECT_TRUE(placed.problems.empty());
  ExpectHolds(
      placed.files[0].text,
      "  // Returns the size.\n#line 20 \"hints.md\"\nint Size() const");
}

TEST(PlaceCode, MembersReplaceTheirNamesakesOrAreAdded) {
  const PlacedCode placed =
      Place({{"// in Pool\nlong size_ = 1;\nint spare_ = 0;\n", 20}});
  EXPECT_TRUE(placed.problems.empty());
  ExpectHolds(placed.files[0].text,
              "private:\n#line 21 \"hints.md\"\nlong size_ = 1;\n"
              "#line 11 \"pool.h\"\n#line 22 \"hints.md\"\nint spare_ = 0;\n"
              "#line 11 \"pool.h\"\n};\n");
}

TEST(PlaceCode, WhatTheReferenceLacksStandsInFront) {
  const PlacedCode placed =
      Place({{"int Twice(int a) { return 2 * a; }\n\nint Sum(int a, int b) {\n"
              "  return Twice(a) + b;\n}\n",
              20}});
  EXPECT_TRUE(placed.problems.empty());
  ExpectHolds(placed.files[1].text,
              "#line 20 \"hints.md\"\nint Twice(int a) { return 2 * a; }\n"
              "#line 22 \"hints.md\"\nint Sum(int a, int b) \n{\n");
}

TEST(PlaceCode, TheParametersChooseAnOverload) {
  const PlacedCode placed =
      Place({{"// in Pool::Push(const char* text)\nsize_ = 3;\n", 20}});
  EXPECT_TRUE(placed.problems.empty());
  ExpectHolds(placed.files[0].text,
              "void Push(const char* text) {\n{\n#line 21 \"hints.md\"\n");
  ExpectRefused({{"// in Pool::Push\nsize_ = 3;\n", 20}}, 20,
                "of which the reference has 2", "parameters");
}

TEST(PlaceCode, RefusesAnUnknownName) {
  ExpectRefused({{"// in Pool::Puhs\nsize_ = 3;\n", 20}}, 20,
                "speaks of Pool::Puhs", "did you mean Pool::Push?");
  ExpectRefused({{"int Other() { return 1; }\n", 20}}, 20,
                "defines nothing that the reference has", "pool.h and pool.cc");
}

TEST(PlaceCode, RefusesABraceThatIsNotClosed) {
  ExpectRefused({{"int Sum(int a, int b) {\n", 20}}, 20, "does not end",
                "Fix: close its brackets");
}

TEST(PlaceCode, RefusesTwoHeadsAndTwoFormsOfOneMember) {
  ExpectRefused({{"int Sum(int a, int b) { return a; }\n", 20},
                 {"int Sum(int x, int y) { return x; }\n", 30}},
                30, "another head than line 20", "// in Sum");
  ExpectRefused({{"// in Pool\nlong size_ = 1;\n", 20},
                 {"// in Pool\nshort size_ = 1;\n", 30}},
                31, "what line 21 replaces", "the same lines");
  EXPECT_TRUE(Place({{"// in Pool\nlong size_ = 1;\n", 20},
                     {"// in Pool\nlong size_ = 1;\n", 30}})
                  .problems.empty());
}

}  // namespace
}  // namespace workbook
