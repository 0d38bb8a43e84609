// SPDX-License-Identifier: Apache-2.0

#include "tools/similarity/tokens.h"

#include <gtest/gtest.h>

namespace workbook::similarity {
namespace {

std::string Words(std::string_view source) {
  std::string words;
  for (const Token& token : Tokenize(source)) words += token.text + " ";
  return words;
}

TEST(Tokens, KeepKeywordsAndOperatorsAndNothingOfNames) {
  EXPECT_EQ(Words("for (int index = 0; index < size_; ++index) sum += 1.5e3;"),
            "for ( int i = 1 ; i < i ; + + i ) i + = 1 ; ");
}

TEST(Tokens, AreTheSameWithoutCommentsAndLayout) {
  EXPECT_EQ(Words("int a; // one\nint b /* two\n three */;"),
            Words("int x;int y;"));
}

TEST(Tokens, KnowTheirLines) {
  const auto tokens = Tokenize("a /* \n\n */ b\n\"c\\\"\" d\n// e\nf");
  ASSERT_EQ(tokens.size(), 5u);
  EXPECT_EQ(tokens[0].line, 1);
  EXPECT_EQ(tokens[1].line, 3);
  EXPECT_EQ(tokens[3].line, 4);
  EXPECT_EQ(tokens[4].line, 6);
}

TEST(Tokens, SeeCodeBehindARawStringWithAQuote) {
  EXPECT_EQ(Words("auto a = R\"x(\" /* )x\"; int b;"),
            "auto i = \"\" ; int i ; ");
}

TEST(Tokens, SkipIncludesAndSeeMacros) {
  EXPECT_EQ(Words("#include <vector>\n# define SUM return a + b\n"),
            "i i return i + i ");
}

TEST(Tokens, EndWithTheTextWhateverIsOpen) {
  EXPECT_EQ(Words("int /* a"), "int ");
  EXPECT_EQ(Words("int \"a"), "int \"\" ");
  EXPECT_EQ(Words("int R\"(a"), "int \"\" ");
  EXPECT_EQ(Words("int R\"a"), "int \"\" ");
  EXPECT_EQ(Words("int \"\\"), "int \"\" ");
  EXPECT_EQ(Words("int \xff\x01 b"), "int i ");
}

}  // namespace
}  // namespace workbook::similarity
