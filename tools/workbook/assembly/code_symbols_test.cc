// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/code_symbols.h"

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

std::vector<CodeFunction> Recorded() {
  return ReadCodeFunctions(
      ReadTextFile("tools/workbook/assembly/testdata/symbols.txt").value());
}

TEST(QualifiedName, LeavesOutResultArgumentsAndParameters) {
  EXPECT_EQ(QualifiedName("workbook::DynArray<long, workbook::(anonymous "
                          "namespace)::Twice>::Reallocate(unsigned long)"),
            "workbook::DynArray::Reallocate");
  EXPECT_EQ(QualifiedName("void workbook::Relocate<int>(int*, int*)"),
            "workbook::Relocate");
  EXPECT_EQ(QualifiedName("workbook::(anonymous namespace)::Twice(int)"),
            "workbook::(anonymous namespace)::Twice");
  EXPECT_EQ(QualifiedName("std::vector<int>* workbook::Make<int>()"),
            "workbook::Make");
  EXPECT_EQ(QualifiedName("workbook::Pool::size() const"),
            "workbook::Pool::size");
}

TEST(QualifiedName, KnowsOperatorsAndLambdas) {
  EXPECT_EQ(QualifiedName("workbook::Pool::operator()(int) const"),
            "workbook::Pool::operator()");
  EXPECT_EQ(QualifiedName("workbook::Id::operator<(workbook::Id) const"),
            "workbook::Id::operator<");
  EXPECT_EQ(QualifiedName("workbook::F(int)::{lambda(int)#1}::operator()(int)"),
            "workbook::F::{lambda(int)#1}::operator()");
}

TEST(ReadCodeFunctions, JoinsThePartsOfAFunction) {
  const auto found = FunctionsNamed(
      Recorded(),
      "workbook::DynArray<workbook::Element<false>, workbook::(anonymous "
      "namespace)::TwiceAsMany>::Reallocate(unsigned long)");
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].parts.size(), 2u);
  EXPECT_EQ(found[0].parts[0].address, 0xf700u);
  EXPECT_EQ(found[0].parts[0].size_bytes, 0x100u);
  EXPECT_EQ(found[0].parts[1].address, 0x92f0u);
}

TEST(ReadCodeFunctions, TakesFunctionsOfTheWorkbookAlone) {
  for (const CodeFunction& function : Recorded()) {
    EXPECT_TRUE(QualifiedName(function.name).starts_with("workbook::"))
        << function.name;
  }
  EXPECT_TRUE(ReadCodeFunctions("no table\n\tat all\n").empty());
}

TEST(FunctionsNamed, FindsByAnyPartOfTheNameThatIsWhole) {
  const auto all = Recorded();
  EXPECT_EQ(FunctionsNamed(all, "Reallocate").size(), 5u);
  EXPECT_EQ(FunctionsNamed(all, "DynArray::Reallocate").size(), 5u);
  const auto one = FunctionsNamed(
      all,
      "DynArray<int, workbook::(anonymous namespace)::SevenMore>::"
      "Reallocate");
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].parts[0].address, 0xf890u);
  EXPECT_TRUE(FunctionsNamed(all, "Realloc").empty());
  EXPECT_TRUE(FunctionsNamed(all, "allocate").empty());
  ASSERT_EQ(FunctionsNamed(all, "Grow").size(), 1u);
  EXPECT_EQ(FunctionsNamed(all, "Grow")[0].name,
            "workbook::BlockTable::Grow()");
}

}  // namespace
}  // namespace workbook::cli
