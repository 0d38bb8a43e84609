// SPDX-License-Identifier: Apache-2.0

// What may be typed: words, options, help.
#include "tools/workbook/commands/command_line.h"

#include <cctype>
#include <iomanip>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/problem/exit_code.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

class CommandLineWords : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls
};

TEST_F(CommandLineWords, UnknownWordsAreUsageErrors) {
  ExpectProblem(Run({"bench", "09_01", "--profile", "gpu"}), kExitUsage,
                "there is no profile gpu");
  ExpectProblem(Run({"chekc"}), kExitUsage, "there is no command chekc");
  ExpectProblem(Run({"check", "--fast"}), kExitUsage, "--fast");
  ExpectProblem(Run({"check", "77_77"}), kExitUsage, "no exercise 77_77");
  ExpectProblem(Run({"reset"}), kExitUsage, "exercise");
  ExpectProblem(Run({"setup"}), kExitUsage, "launcher");
}

TEST_F(CommandLineWords, HelpDocumentsTheExitCodes) {
  const ProcessResult result = Run({"--help"});
  EXPECT_EQ(result.exit_code, kExitOk);
  EXPECT_NE(result.output.find("Exit codes:"), std::string::npos);
}

TEST_F(CommandLineWords, HelpOfEachCommandNamesItsExitCodes) {
  CommandLine line("");
  RegisterAll(line);
  for (const CommandLine::Word& word : line.Words()) {
    const std::string help = Run({word.name, "--help"}).output;
    EXPECT_NE(help.find("Exit codes:\n  0  "), std::string::npos) << help;
    EXPECT_NE(help.find("\n  4  Bazel, a package or a file"), std::string::npos)
        << help;
  }
  EXPECT_NE(
      Run({"diff", "--help"}).output.find("\n  5  the task is not green yet\n"),
      std::string::npos);
}

// A learner finds each command in the tables of both READMEs.
TEST(CommandTables, NameEachCommandOfLearners) {
  for (const char* page : {"README.md", "tools/release/copy/README.md"}) {
    const std::string text = ReadTextFile(page).value();
    for (const std::string command :
         {"check", "watch", "predict", "hint", "case", "bench", "report",
          "layout", "asm", "update", "doctor", "ide", "completion", "list"}) {
      EXPECT_NE(text.find("\n| `./workbook " + command), std::string::npos)
          << page << " has no row for " << command;
    }
  }
}

// Releases of CLI11 differ in spaces and in the case of headings.
std::string Letters(const std::string& text) {
  std::string letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) == 0) {
      letters += static_cast<char>(std::tolower(byte));
    }
  }
  return letters;
}

// It has to answer on a fresh clone, where there is no binary.
TEST_F(CommandLineWords, HelpIsWhatTheLauncherPrints) {
  const auto printed = ReadTextFile("tools/workbook/help.txt");
  ASSERT_TRUE(printed.has_value());
  EXPECT_EQ(Letters(*printed), Letters(Run({"--help"}).output))
      << "After a change of words: "
         ".workbook/bin/workbook --help >tools/workbook/help.txt";
}

// The same file in a copy without solutions, which names their words all the
// same.
TEST_F(CommandLineWords, HelpOfAReleasedCopyNamesTheSameWords) {
  std::string expected;
  std::istringstream lines(ReadTextFile("tools/workbook/help.txt").value());
  const std::string absent =
      ReadTextFile("tools/release/copy/tools/workbook/commands/no_reference.cc")
          .value();
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    const bool is_absent =
        line.starts_with("  ") && !word.empty() &&
        absent.find("AddAbsent(line, \"" + word + "\")") != std::string::npos;
    expected += is_absent
                    ? word + "Not in this copy: it comes without solutions"
                    : line;
  }
  EXPECT_EQ(
      Letters(
          ReadTextFile("tools/release/copy/tools/workbook/help.txt").value()),
      Letters(expected));
}

TEST_F(CommandLineWords, HelpShowsThePlacesOfWords) {
  for (const char* command : {"check", "hint", "diff"}) {
    const std::string help = Run({command, "--help"}).output;
    EXPECT_NE(help.find(std::string(command) + " [OPTIONS] [NN_MM] [task]\n"),
              std::string::npos)
        << help;
    EXPECT_EQ(help.find("(0x)"), std::string::npos) << help;
  }
}

TEST_F(CommandLineWords, HelpNamesTheWholeSetup) {
  EXPECT_NE(Run({"--help"}).output.find("./workbook setup --peers --author"),
            std::string::npos);
}

// What a shell makes of it, up to a pipe or a file: words, or 'words in single
// quotes'.
std::vector<std::string> WordsOf(const std::string& example) {
  std::vector<std::string> words;
  std::istringstream stream(example);
  for (std::string word; stream >> std::quoted(word, '\'');) {
    if (word == "|" || word.starts_with('>')) break;
    words.push_back(word);
  }
  return words;
}

// Whether `words` parse; nothing is run.
bool Parses(std::vector<std::string> words) {
  CommandLine line("");
  RegisterAll(line);
  words.insert(words.begin(), "./workbook");
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  constexpr int kChosen = 77;
  return line.Run(static_cast<int>(arguments.size()), arguments.data(), "start",
                  [](const Command&) { return kChosen; }) == kChosen;
}

TEST(Examples, EveryCommandHasSomeThatParse) {
  CommandLine line("");
  RegisterAll(line);
  ASSERT_GE(line.Words().size(), 18u);
  for (const CommandLine::Word& word : line.Words()) {
    EXPECT_FALSE(word.examples.empty()) << word.name;
    for (const std::string& example : word.examples) {
      const std::vector<std::string> words = WordsOf(example);
      EXPECT_EQ(words.at(0), word.name) << example;
      EXPECT_TRUE(Parses(words)) << example;
    }
  }
}

// Each command of the page for tutors, and its options.
TEST(TutorsPage, NamesNoCommandThatDoesNotParse) {
  const std::string page = ReadTextFile("TUTOR.md").value();
  const std::string start = "`./workbook ";
  int commands = 0;
  for (size_t at = page.find(start); at != std::string::npos; ++commands) {
    at += start.size();
    const size_t end = page.find('`', at);
    const std::string example = page.substr(at, end - at);
    EXPECT_TRUE(Parses(WordsOf(example))) << example;
    at = page.find(start, end);
  }
  EXPECT_GE(commands, 4);
}

TEST(Examples, OneThatDoesNotParseIsSeen) {
  EXPECT_FALSE(Parses({"check", "--no-such-option"}));
  EXPECT_FALSE(Parses({"./workbook", "check"}));
}

// What `verify WORDS` makes of its --changed.
std::optional<std::string> ChangedOf(std::vector<std::string> words) {
  std::optional<std::string> changed;
  std::vector<std::string> exercises;
  CommandLine line("");
  line.Add("verify", "", [](Session&) { return 0; })
      .Option("exercises", exercises, "")
      .OptionalValue("--changed", changed, "");
  words.insert(words.begin(), {"workbook", "verify"});
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  line.Run(static_cast<int>(arguments.size()), arguments.data(), "verify",
           [](const Command&) { return 0; });
  return changed;
}

TEST(OptionalValue, StandsAloneOrHasAValueOrIsNotThere) {
  EXPECT_EQ(ChangedOf({}), std::nullopt);
  EXPECT_EQ(ChangedOf({"--changed"}), "");
  EXPECT_EQ(ChangedOf({"--changed", "HEAD~3"}), "HEAD~3");
  EXPECT_EQ(ChangedOf({"--changed=HEAD~3"}), "HEAD~3");
  EXPECT_EQ(ChangedOf({"01_02"}), std::nullopt);
}

TEST_F(CommandLineWords, VerifyTakesExercisesOrARevision) {
  ExpectProblem(Run({"verify", "09_01", "--changed"}), kExitUsage,
                "--changed chooses the exercises by itself");
}

TEST_F(CommandLineWords, HelpOfACommandEndsWithItsExamples) {
  for (const char* command : {"check", "reset", "grade", "completion"}) {
    const ProcessResult result = Run({command, "--help"});
    EXPECT_EQ(result.exit_code, kExitOk);
    EXPECT_NE(
        result.output.find(std::string("Examples:\n  ./workbook ") + command),
        std::string::npos)
        << result.output;
  }
}

}  // namespace
}  // namespace workbook::cli
