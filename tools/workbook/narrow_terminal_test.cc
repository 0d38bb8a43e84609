// SPDX-License-Identifier: Apache-2.0

// What a learner with a narrow terminal sees: 40 and 60 columns, with colours.
#include <sys/wait.h>

#include <regex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "tools/text/text_file.h"
#include "tools/workbook/fold.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

// Whether a line is one word: a path, or a command to be copied, stays whole.
bool IsOneWord(std::string_view line) {
  return TrimSpace(line).find(' ') == std::string_view::npos;
}

void ExpectFits(const std::string& output, std::size_t columns) {
  for (const std::string_view line : SplitLines(output)) {
    EXPECT_TRUE(ScreenWidth(line) <= columns || IsOneWord(line))
        << ScreenWidth(line) << " of " << columns << " columns: " << line;
  }
}

class NarrowTerminal
    : public testing::TestWithParam<std::tuple<int, const char*>>,
      public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  std::string ScreenOf(const std::vector<std::string>& words, int columns,
                       bool no_color = false) {
    PseudoTerminal terminal;
    std::vector<std::string> arguments = {program().string()};
    arguments.insert(arguments.end(), words.begin(), words.end());
    auto environment = Environment();
    if (no_color) environment.emplace_back("NO_COLOR", "1");
    terminal.Start(arguments, environment, columns);
    return terminal.ReadToEnd();
  }
};

TEST_P(NarrowTerminal, BreaksBetweenWords) {
  const auto [columns, command] = GetParam();
  Run({"check", "09_02"});
  std::vector<std::string> words = {command};
  if (words[0] == "check" || words[0] == "bench") words.push_back("09_01");
  if (words[0] == "check") words.push_back("--all");
  if (words[0] == "watch") words = {"watch", "09_01", "--checks", "1"};
  const std::string screen = ScreenOf(words, columns);
  EXPECT_NE(screen.find("\x1b["), std::string::npos) << "in colours";
  EXPECT_GT(SplitLines(screen).size(), 3u);
  ExpectFits(WithoutEscapes(screen), static_cast<std::size_t>(columns));
}

INSTANTIATE_TEST_SUITE_P(Columns, NarrowTerminal,
                         testing::Combine(testing::Values(40, 60),
                                          testing::Values("start", "check",
                                                          "list", "bench",
                                                          "watch")));

class NarrowPlain : public NarrowTerminal {};

TEST_F(NarrowPlain, ProgressBreaksBetweenWords) {
  for (const int columns : {40, 60}) {
    ExpectFits(WithoutEscapes(ScreenOf({"progress"}, columns)),
               static_cast<std::size_t>(columns));
  }
}

TEST_F(NarrowPlain, NoColorLeavesNoColour) {
  static const std::regex kColour("\x1b\\[[0-9;]*m");
  for (const char* command : {"start", "check", "list"}) {
    EXPECT_TRUE(std::regex_search(ScreenOf({command}, 80), kColour)) << command;
    EXPECT_FALSE(std::regex_search(ScreenOf({command}, 80, true), kColour))
        << command;
  }
}

TEST_F(NarrowPlain, BenchShowsEachFigureWithItsUnit) {
  const std::string screen =
      WithoutEscapes(ScreenOf({"bench", "09_01"}, 40, true));
  EXPECT_NE(screen.find("  yours  Pool\n    2.50 ns/op, 8.00 x baseline,"),
            std::string::npos)
      << screen;
  EXPECT_NE(WithoutEscapes(ScreenOf({"bench", "09_01"}, 90, true))
                .find("ns/op x baseline"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::cli
