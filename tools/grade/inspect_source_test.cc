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
  EXPECT_EQ(Refused("#include <a/b.h>\n#include \"c.h\"\n#define S \"/\"\n"
                    "#ifdef __has_include\n#if __has_include(<d>)\n#endif\n"
                    "#endif\n#if defined(__has_include) && "
                    "__has_include_next ( \"e.h\" )\n#endif\n"),
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
        "#include < /etc/passwd>",
        "#import \"/dev/ptmx\"",
        "#include_next </dev/ptmx>",
        "#define F STR(/dev/ptmx)\n#include F",
        "#if __has_include(\"/wrapper.cc\")\n#endif",
        "#if __has_include(F)\n#endif",
        "#define H __has_include\n",
        "#define H(defined) __has_include\n",
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

std::string RefusedHeader(const std::string& text) {
  return InspectHeaders("# 1 \"/student/a.h\"\n" + text, "/student/").rejected;
}

TEST(InspectHeaders, CountNoWordsOfStrings) {
  const std::string text =
      "const char* a = \"EXPECT_EQ testing asm\";\n"
      "const char* b = R\"(\n#define EXPECT_EQ(a, b)\n)\";\n";
  EXPECT_EQ(RefusedHeader(text), "");
  EXPECT_NE(RefusedHeader(text + "#define EXPECT_EQ(a, b)\n"), "");
}

TEST(InspectHeaders, LeaveStdToTheLibrary) {
  for (const char* text :
       {"namespace workbook::std { int f(); }",
        "namespace workbook { namespace std { int f(); } }",
        "namespace workbook { inline namespace std { int f(); } }",
        "namespace workbook { struct std { static int f(); }; }",
        "namespace workbook { using std = int; }",
        "namespace a {} namespace workbook { namespace std = a; }",
        "namespace workbook <% struct A; namespace std <% struct B; %> %>",
        "namespace workbook <%\n# 1 \"/usr/include/numeric\" 1\n"
        "namespace std { }\n# 2 \"/student/a.h\" 2\n%>",
        "extern \"C++\" { namespace std { int f(); } }",
        "namespace std { int accumulate(int*, int*, int); }",
        "namespace std { template <> struct less<int> {}; }",
        "template <> struct std::less<int> {};",
        "template <> int std::accumulate<int*>(int* a, int* b, int c);",
        "template <> inline constexpr bool std::is_same_v<int, long> = true;",
        "namespace workbook {\n# 1 \"/usr/include/numeric\" 1\n"
        "namespace std { }\n# 2 \"/student/a.h\" 2\n}"}) {
    EXPECT_NE(RefusedHeader(text), "") << text;
  }
}

TEST(InspectHeaders, TellAMistakeFromAnAttack) {
  const std::string text =
      "# 1 \"/student/a.h\" 1\nnamespace a {\n# 2 \"/judge/headers.cc\" 2\n";
  EXPECT_EQ(InspectHeaders(text, "/student/").rejected,
            "it leaves a brace open");
  EXPECT_TRUE(InspectHeaders(text, "/student/").is_mistake);
}

TEST(InspectHeaders, LetAFileCountThatIsHandedOutWithTheProbe) {
  const std::string text = "# 1 \"/student/a.h\" 1\nAllocationScope scope;\n";
  EXPECT_NE(InspectHeaders(text, "/student/").rejected, "");
  EXPECT_EQ(InspectHeaders(text, "/student/", {"/student/a.h"}).rejected, "");
}

TEST(InspectHeaders, LetAProgramUseIt) {
  for (const char* text :
       {"namespace workbook { std::vector<int> f(::std::size_t); }",
        "using namespace std; namespace s = std; namespace t = ::std::chrono;",
        "namespace workbook { using std::swap; struct Key {}; }\n"
        "template <> struct std::hash<workbook::Key> { std::size_t operator()("
        "const workbook::Key&) const; };",
        "struct Key { int a; };\nnamespace std { template <> struct hash<Key> "
        "{ int operator()(const Key& k) const { return k.a; } };\n"
        "inline void swap(Key& a, Key& b) { int c = a.a; } }",
        "template <class T> std::vector<T> f(std::vector<T> a = {}) { return "
        "a; } template <class T> struct B : std::vector<T> {};",
        "template <typename T> bool operator==(std::vector<T>, T);"}) {
    EXPECT_EQ(RefusedHeader(text), "") << text;
    EXPECT_TRUE(InspectHeaders(std::string("# 1 \"/student/a.h\"\n") + text,
                               "/student/")
                    .flags.empty())
        << text;
  }
}

TEST(InspectHeaders, FlagWhatReachesAroundTheLanguage) {
  const auto flags = [](const std::string& text) {
    return InspectHeaders("# 1 \"/student/a.h\"\n" + text, "/student/").flags;
  };
  EXPECT_EQ(flags("int Sum(int line = __builtin_LINE());"),
            std::vector<std::string>{"a.h mentions __builtin_LINE"});
  EXPECT_EQ(flags("struct Key {};\ntemplate <> struct std::less<Key> {};"),
            std::vector<std::string>{"a header declares std::less"});
}

}  // namespace
}  // namespace workbook::grade
