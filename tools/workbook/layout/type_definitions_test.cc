// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/type_definitions.h"

#include "gtest/gtest.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr char kSample[] = "tools/workbook/layout/testdata/sample.h";

TEST(TypeDefinitions, TakesDefinitionsAndNoDeclarations) {
  const std::string text = ReadTextFile(kSample).value();
  EXPECT_EQ(DefinitionLines(text, "Base").size(), 1u);
  EXPECT_TRUE(DefinitionLines(text, "Declared").empty());
  EXPECT_EQ(DefinedNames("struct A {};\nstruct B;\nclass alignas(64) C {\n"),
            (std::map<int, std::string>{{1, "A"}, {3, "C"}}));
  EXPECT_EQ(TemplatesIn(text), (std::vector<std::string>{"Tagged"}));
}

TEST(TypeDefinitions, AnAliasIsFoundByItsWholeName) {
  const std::string text =
      "template <class T> class Any {};\n  using Small = Any<char>;\n"
      "using Smaller=Any<char>;\nusing std::swap;\n";
  EXPECT_TRUE(DefinesAlias(text, "Small"));
  EXPECT_TRUE(DefinesAlias(text, "Smaller"));
  EXPECT_FALSE(DefinesAlias(text, "Smal"));
  EXPECT_FALSE(DefinesAlias(text, "swap"));
  EXPECT_FALSE(DefinesAlias(text, "Any"));
}

}  // namespace
}  // namespace workbook::cli
