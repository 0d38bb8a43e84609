// SPDX-License-Identifier: Apache-2.0

#include "tools/text/escape.h"

#include <gtest/gtest.h>

namespace workbook {
namespace {

TEST(EscapeHtml, LeavesNoCharacterThatEndsATextOrAnAttribute) {
  EXPECT_EQ(EscapeHtml("<script>alert('x' & \"y\")</script>"),
            "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)"
            "&lt;/script&gt;");
}

TEST(EscapeHtml, ShowsWhatIsNotAsciiAsQuestionMarks) {
  EXPECT_EQ(EscapeHtml("a\x1b[31m\xe2\x80\xae\xff\n\tb"), "a?[31m????\n\tb");
}

TEST(PlainText, IsPrintableAsciiAndLineEnds) {
  EXPECT_EQ(PlainText("a<\x1b\xff\n\tb"), "a<??\n?b");
}

TEST(CsvCell, IsOneCellOfOneLine) {
  EXPECT_EQ(CsvCell("a,\"b\"\nc"), "\"a,\"\"b\"\"?c\"");
}

TEST(CsvCell, IsNoFormula) {
  EXPECT_EQ(CsvCell("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(CsvCell("@x"), "\"'@x\"");
  EXPECT_EQ(CsvCell("1+1"), "\"1+1\"");
}

}  // namespace
}  // namespace workbook
