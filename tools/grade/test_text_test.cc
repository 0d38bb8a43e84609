// SPDX-License-Identifier: Apache-2.0

// What a test's text is put together from, and in which order.
#include "tools/grade/test_text.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>

namespace workbook::grade {
namespace {

const std::set<std::string>& Students() {
  static const std::set<std::string> names{"09_09/a.h", "09_09/b.h"};
  return names;
}

std::optional<std::string> Ours(const std::string& name) {
  static const std::map<std::string, std::string> files{
      {"tools/plain.h", "#include <map>\n"},
      {"exercises/over.h",
       "#include <set>\n#include \"exercises/under.h\"\n"
       "#include \"tools/plain.h\"\n"},
      {"exercises/under.h", "#include <list>\n#include \"09_09/b.h\"\n"}};
  const auto found = files.find(name);
  if (found == files.end()) return std::nullopt;
  return found->second;
}

TEST(BeforeHeaders, HoldsWhatReachesNoSubmission) {
  EXPECT_EQ(BeforeHeaders("#include \"09_09/a.h\"\n#include <vector>\n"
                          "#include \"exercises/over.h\"\n#include <vector>\n"
                          "// #include <deque>\n",
                          Students(), Ours),
            "#include <gtest/gtest.h>\n#include \"tools/probe/probe.h\"\n"
            "#include <vector>\n#include <set>\n#include <list>\n"
            "#include \"tools/plain.h\"\n");
}

std::string TestText() {
  return "before\n# 1 \"/exercises/t.cc\"\n# 1 \"/student/09_09/b.h\" 1\n" +
         Placeholder("09_09/b.h") + "# 2 \"/exercises/t.cc\" 2\n" +
         "# 1 \"/student/09_09/a.h\" 1\n" + Placeholder("09_09/a.h") +
         "# 3 \"/exercises/t.cc\" 2\nTEST\n";
}

TEST(TestText, HasHeadersInTheOrderOfTheTest) {
  EXPECT_EQ(IncludedHeaders(TestText()),
            (std::vector<std::string>{"09_09/b.h", "09_09/a.h"}));
}

TEST(TestText, TakesOnlyWhatStandsBetweenItsOwnMarks) {
  const std::string source = OnlyHeaders({"09_09/b.h"});
  const std::string own = "#include \"09_09/b.h\"\n";
  const std::size_t at = source.find(own);
  ASSERT_NE(at, std::string::npos);
  // A header with copies of the marks.
  const std::string begin = source.substr(0, at);
  const std::string end = source.substr(at + own.size());
  EXPECT_EQ(TextOfHeaders("gtest\n" + begin + end + "x\n" + begin + end),
            end + "x\n" + begin);
  EXPECT_EQ(TextOfHeaders("gtest\n"), std::nullopt);
}

TEST(TestText, JoinsThemAtTheFirstPlaceholder) {
  const std::string text = JoinTexts(TestText(), "HEADERS\n");
  const std::size_t headers = text.find("HEADERS");
  const std::size_t reset = text.find("#pragma GCC reset_options");
  const std::size_t closed = text.find("namespace workbook_judge {}");
  EXPECT_LT(text.find("before"), headers);
  EXPECT_LT(headers, reset);
  EXPECT_LT(reset, closed);
  EXPECT_LT(closed, text.find("# 2 \"/student/09_09/b.h\"\n"));
  EXPECT_LT(closed, text.find("TEST\n"));
  EXPECT_EQ(text.find("HEADERS", headers + 1), std::string::npos);
}

}  // namespace
}  // namespace workbook::grade
