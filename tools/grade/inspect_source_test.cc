// SPDX-License-Identifier: Apache-2.0

// Tokens count, not words: of a source file, and of what was preprocessed.
#include <gtest/gtest.h>

#include <string>

#include "tools/grade/inspect.h"
#include "tools/grade/tokens.h"

namespace workbook::grade {
namespace {

std::string NamesOf(const std::string& source) {
  std::string names;
  ForEachToken(source, [&names](const Token& token) {
    if (token.kind == TokenKind::kName) names += token.text + ' ';
  });
  return names;
}

std::string Refused(const std::string& source) {
  return InspectSource("a.cc", source).rejected;
}

TEST(Tokens, LeaveOutCommentsAndLiterals) {
  EXPECT_EQ(NamesOf("a // b\n/* c */ d \"e\" 'f' g"), "a d g ");
  EXPECT_EQ(NamesOf("a \"/*\" b \"*/\" c '\"' d"), "a b c d ");
  EXPECT_EQ(NamesOf("a = 1'000'000; b = 0x1'f; c"), "a b c ");
  EXPECT_EQ(NamesOf("u8\"a\" L'b' c"), "c ");
  EXPECT_EQ(NamesOf("don't /* swallow */ this\nbut that"), "don but that ");
}

TEST(Tokens, SpliceLines) {
  EXPECT_EQ(NamesOf("a // b \\\n c\nd"), "a d ");
  EXPECT_EQ(NamesOf("a // b \\ \r\n c\r\nd"), "a d ");
  EXPECT_EQ(NamesOf("as\\\nm"), "asm ");
}

TEST(Tokens, KeepRawStringsWhole) {
  EXPECT_EQ(NamesOf("a R\"x()\" b )x\" c"), "a c ");
  EXPECT_EQ(NamesOf("a R\"(\\\n)\" b"), "a b ");
  EXPECT_EQ(NamesOf("\\\n\\\n a R\"(b\\\n\\\n)\"\\\nc d"), "a c d ");
  EXPECT_EQ(NamesOf("a u8R\"(b)\" c LR\"(d)\" e"), "a c e ");
  EXPECT_EQ(NamesOf("a notR\"(b)\" c"), "a notR c ");
}

TEST(Tokens, ReadUtf8AndAByteOrderMark) {
  EXPECT_EQ(NamesOf("\xef\xbb\xbfgr\xc3\xb6\xc3\x9f"
                    "e_asm"),
            "gr\xc3\xb6\xc3\x9f"
            "e_asm ");
}

TEST(Tokens, DontTakeAHeadersNameForAComment) {
  EXPECT_EQ(NamesOf("#include <a/*b>\nc"), "include c ");
  EXPECT_EQ(NamesOf("#if __has_include(</*>)\na\n"), "if __has_include a ");
  EXPECT_EQ(NamesOf("a < b /* c */ > d"), "a b d ");
}

TEST(InspectSource, AcceptsWordsThatAreNoTokens) {
  EXPECT_EQ(Refused("// #line 1\n/*\n#line 1\n*/ const char* a = R\"(\n"
                    "#line 1\n)\";\n"),
            "");
  EXPECT_EQ(Refused("#if 0\n#line 1 \"a\"\n#pragma GCC poison a\n#endif\n"),
            "");
  EXPECT_EQ(Refused("int poison, weak;\n_Pragma(\"GCC diagnostic push\")"), "");
  EXPECT_EQ(Refused("int a[3]; int ifunc = a[a[0]]; // ifunc"), "");
}

TEST(InspectSource, RefusesThemAsTokens) {
  for (const char* source :
       {"#line 1",
        "# 1 \"a\"",
        "%:line 1",
        "#/**/li\\\nne 1",
        "const char* a = \"/*\";\n#line 1\nconst char* b = \"*/\";",
        "const char* a = R\"(/*)\";\n#line 1\nconst char* b = R\"(*/)\";",
        "#if __has_include(</*>)\n#endif\n#line 1 // */",
        "#if 0\n#iffy\n#endif\n#line 1\n",
        "#if 0\n#if$\n#endif\n#line 1\n",
        "#if 0\n#if\xc3\xa4\n#endif\n#line 1\n",
        "#if 0\n#if\\u00e4\n#endif\n#line 1\n",
        "#if 0\n#else\n#line 1\n#endif\n",
        "#if 0\n#ifdef a\n#endif\n#endif\n#line 1\n",
        "#include \"../a.h\"",
        "#include </etc/passwd>",
        "#pragma GCC poison a",
        "_Pragma(\"GCC poison a\")",
        "#define P(a) _Pragma(#a)\nP(weak b)",
        "__attribute__((__ifunc__(\"a\"))) int b();",
        "[[gnu::ifunc(\"a\")]] int b();",
        "__attribute__((section(\".preinit\" \"_array\"))) int b;"}) {
    EXPECT_NE(Refused(source), "") << source;
  }
}

TEST(InspectSource, FlagsWhatRunsEarlyOrLooksAround) {
  EXPECT_EQ(
      InspectSource("a.cc", "__attribute__((__constructor__)) int f();").flags,
      std::vector<std::string>{"a.cc mentions constructor"});
  EXPECT_EQ(InspectSource("a.cc", "f(\"/pr\" /**/ \"oc/self\");").flags,
            std::vector<std::string>{"a.cc mentions /proc"});
  EXPECT_TRUE(InspectSource("a.cc", "// constructor\nint section = g(\"asm\");")
                  .flags.empty());
}

std::string RefusedCompiled(const std::string& text) {
  return InspectCompiled("# 1 \"/student/a.cc\"\n" + text, "/student/")
      .rejected;
}

TEST(InspectCompiled, RefusesAssemblerOfTheStudentOnly) {
  EXPECT_EQ(RefusedCompiled("void f() { asm(\"nop\"); }"),
            "assembler is not accepted");
  EXPECT_EQ(RefusedCompiled("const char* a = \"asm\";"), "");
  EXPECT_EQ(RefusedCompiled("# 1 \"/usr/include/b.h\" 1\nasm(\"nop\");\n"), "");
  EXPECT_NE(RefusedCompiled("const char* a = R\"(\n# 1 \"/usr/b.h\"\n)\";\n"
                            "asm(\"nop\");\n"),
            "");
  EXPECT_NE(RefusedCompiled("#pragma weak f\n"), "");
}

TEST(InspectPreprocessed, CountsNoWordsOfStrings) {
  const std::string text =
      "# 1 \"/student/a.h\"\n"
      "const char* a = \"EXPECT_EQ testing asm\";\n"
      "const char* b = R\"(\n#define EXPECT_EQ(a, b)\n)\";\n";
  EXPECT_EQ(InspectPreprocessed(text, "/student/", "EXPECT_EQ(1, 1);").rejected,
            "");
  EXPECT_NE(InspectPreprocessed(text + "#define EXPECT_EQ(a, b)\n", "/student/",
                                "EXPECT_EQ(1, 1);")
                .rejected,
            "");
}

}  // namespace
}  // namespace workbook::grade
