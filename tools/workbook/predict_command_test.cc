// SPDX-License-Identifier: Apache-2.0

// ./workbook predict: what is asked, kept and revealed, and what check,
// progress and report make of it.
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/problem/exit_code.h"
#include "tools/workbook/pseudo_terminal.h"
#include "tools/workbook/sample_workbook.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::json;

// 09_02 has a number, whose answer is 42 points, and a choice, which is b.
class PredictCommand : public testing::Test, public SampleWorkbook {
 protected:
  using SampleWorkbook::Run;  // not the one that GoogleTest calls

  // `input` comes through a pipe.
  ProcessResult Predict(const std::string& input,
                        const std::vector<std::string>& words,
                        int exit_code = kExitOk) const {
    std::vector<std::string> arguments = {
        "bash", "-c", R"sh(printf %b "$1" | "$0" predict "${@:2}")sh",
        program().string(), input};
    arguments.insert(arguments.end(), words.begin(), words.end());
    ProcessOptions options;
    options.working_directory = root().string();
    options.environment = Environment();
    options.timeout = std::chrono::seconds(20);
    const ProcessResult result = RunProcess(arguments, options);
    EXPECT_EQ(result.exit_code, exit_code) << result.errors;
    return result;
  }

  Json Calibration() const {
    return Json::parse(
        Run({"progress", "--json"}).output)["exercises"][1]["calibration"];
  }
};

testing::AssertionResult Has(const std::string& text, const std::string& part) {
  if (text.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no \"" << part << "\" in\n" << text;
}

TEST_F(PredictCommand, KeepsAnswersAndRevealsThemOnceTheTaskIsGreen) {
  const std::string asked = Predict("40\\nb\\n", {"09_02", "1"}).output;
  EXPECT_TRUE(Has(asked,
                  "Standard input has one line for each open question, in this "
                  "order: 1, 2."));
  EXPECT_TRUE(Has(asked, "Task 1, 1 of 2: What does Answer return?\n"));
  EXPECT_TRUE(Has(asked, "    b)  yes, always\n"));
  EXPECT_TRUE(Has(asked, "Line 1 answers it by a number (points), such as"));
  EXPECT_TRUE(Has(asked, "Line 2 answers it by a letter, a to c.\n> b\n"));
  EXPECT_TRUE(Has(asked, "you said  40 points ("));
  EXPECT_TRUE(Has(asked, "hidden    until task 1 is green\n"));
  EXPECT_TRUE(asked.ends_with(
      "Hidden answers are shown once ./workbook check 09_02 says that task 1 "
      "is green,\nor now: ./workbook predict 09_02 1 --give-up\n"))
      << asked;
  for (const char* secret : {"42", "Right", "It returns a constant."}) {
    EXPECT_FALSE(Has(asked, secret));
  }
  EXPECT_TRUE(Has(Read(".workbook/predictions"), "answer 09_02 calls "));
  Run({"check", "09_02"});
  const std::string told = Predict("", {"09_02", "1"}).output;
  EXPECT_FALSE(Has(told, "answers it by")) << "it is not asked again";
  EXPECT_TRUE(Has(told, "you said  40 points ("));
  EXPECT_TRUE(Has(told, "measured  42 points\n"));
  EXPECT_TRUE(Has(told, "Right, within a factor of 2.\n"));
  EXPECT_TRUE(Has(told, "answer    yes, always\n            Right.\n"));
  EXPECT_TRUE(Has(told, "why       It returns a constant.\n"));
}

TEST_F(PredictCommand, CheckSaysWhatIsOpenAndWhatCanBeRevealed) {
  const std::string none = Run({"check", "09_02"}).output;
  EXPECT_TRUE(none.ends_with(
      "2 predictions of task 1 are still open. Answer them, then see what was "
      "measured: ./workbook predict 09_02 1\n"))
      << none;
  EXPECT_FALSE(Has(none, "can be revealed")) << "nothing is answered";
}

TEST_F(PredictCommand, CheckSaysThatAnAnswerCanBeRevealed) {
  Predict("40\\n", {"09_02", "1"});
  const std::string one = Run({"check", "09_02"}).output;
  EXPECT_TRUE(Has(one, "\n1 prediction of task 1 can be revealed: "));
  EXPECT_TRUE(Has(one, "\n1 prediction of task 1 is still open. Answer it, "));
  Predict("b\\n", {"09_02", "1"});
  const std::string none = Run({"check", "09_02"}).output;
  EXPECT_FALSE(Has(none, "can be revealed"));
  EXPECT_FALSE(Has(none, "still open"));
  EXPECT_FALSE(Has(Run({"check", "09_01"}).output, "prediction"))
      << "it has none";
}

TEST_F(PredictCommand, CheckIsSilentWhileAFigureIsNotMeasured) {
  Write("exercises/09_02/predictions.toml",
        "[[prediction]]\nid = \"faster\"\ntask = 1\nbefore = \"do it\"\n"
        "question = \"How fast?\"\nkind = \"number\"\nfactor = 2\n"
        "from = \"bench:green/pair/pool#ns_per_op\"\nwhy = \"So it is.\"\n");
  const std::string output = Run({"check", "09_02"}).output;
  EXPECT_FALSE(Has(output, "can be revealed")) << output;
}

TEST_F(PredictCommand, CheckSaysWhichAnswersWaitForAMeasurement) {
  Write(
      "exercises/09_02/predictions.toml",
      Read("exercises/09_02/predictions.toml") +
          "\n[[prediction]]\nid = \"faster\"\ntask = 1\nbefore = \"do it\"\n"
          "question = \"How fast?\"\nkind = \"number\"\nfactor = 2\n"
          "from = \"bench:green/pair/pool#ns_per_op\"\nwhy = \"So it is.\"\n");
  Predict("40\\nb\\n3\\n", {"09_02", "1"});
  EXPECT_TRUE(Has(Run({"check", "09_02"}).output,
                  "2 predictions of task 1 can be revealed: ./workbook predict "
                  "09_02 1 (1 more after ./workbook bench 09_02"));
}

TEST_F(PredictCommand, AWrongPredictionIsToldAndIsNoFailure) {
  Run({"check", "09_02"});
  const std::string told = Predict("420\\na\\n", {"09_02", "1"}).output;
  EXPECT_TRUE(Has(told,
                  "Too high by a factor of 10; within a factor of 2 it "
                  "counts as right.\n"));
  EXPECT_TRUE(Has(told, "Not this time.\n"));
  EXPECT_EQ(Run({"check", "09_02"}).exit_code, kExitOk);
}

TEST_F(PredictCommand, AnExactNumberIsToldByHowFarItWas) {
  const std::string file = "exercises/09_02/predictions.toml";
  std::string toml = Read(file);
  toml.replace(toml.find("points"), 6, "allocations");
  toml.replace(toml.find("factor = 2"), 10, "tolerance = 0");
  Write(file, toml);
  Run({"check", "09_02"});
  EXPECT_TRUE(
      Has(Predict("41\\n", {"09_02", "1"}).output,
          "Too low by 1 allocation; only the exact number is right.\n"));
}

TEST_F(PredictCommand, GivingUpShowsTheAnswerBeforeGreen) {
  const std::string told = Predict("", {"09_02", "1", "--give-up"}).output;
  EXPECT_TRUE(Has(told,
                  "measured  not yet; this command does it: ./workbook check "
                  "09_02\n  why       It returns a constant.\n"));
  EXPECT_TRUE(Has(told, "answer    yes, always\n"));
  Run({"check", "09_02"});
  Predict("42\\nb\\n", {"09_02", "1"});
  EXPECT_TRUE(Calibration().is_null()) << "an answer after the reveal is none";
}

TEST_F(PredictCommand, NonsenseInATerminalIsAskedAgainThreeTimes) {
  PseudoTerminal terminal;
  terminal.Start({program().string(), "predict", "09_02", "1"}, Environment());
  for (const auto& [typed, told] :
       {std::pair{"many\n",
                  "\"many\" is no number that can be read. Fix: write"},
        std::pair{"1,5\n", "\"1,5\" is no number"},
        std::pair{"0\n", "0 is not above 0"}}) {
    ASSERT_TRUE(terminal.Shows("> "));
    terminal.Type(typed);
    EXPECT_TRUE(terminal.Shows(told));
  }
  EXPECT_TRUE(terminal.Shows("No answer is kept after 3 tries."));
  ASSERT_TRUE(terminal.Shows("> "));
  terminal.Type("B\n");
  EXPECT_TRUE(terminal.Shows("you said  yes, always"));
  EXPECT_EQ(terminal.WaitForEnd(), 0);
  EXPECT_FALSE(Has(Read(".workbook/predictions"), "answer 09_02 answer"));
}

TEST_F(PredictCommand, ALineOfAPipeIsForItsOwnQuestion) {
  const std::string told =
      Predict("many\\nB\\n", {"09_02", "1"}, kExitUsage).output;
  EXPECT_TRUE(Has(told, "> many\n  \"many\" is no number that can be read."));
  EXPECT_TRUE(Has(told, "No answer is kept; the next line is for the next"));
  EXPECT_TRUE(Has(told, "> B\n  you said  yes, always"));
  EXPECT_FALSE(Has(Read(".workbook/predictions"), "answer 09_02 answer"));
  const std::string more = Predict("40\\n", {"09_02", "1"}).output;
  EXPECT_TRUE(Has(more, "in this order: 1.")) << "the other one is kept";
  EXPECT_TRUE(Has(more, "you said  40 points"));
}

constexpr char kTolerance[] =
    "[[prediction]]\nid = \"answer\"\ntask = 1\nbefore = \"do it\"\n"
    "question = \"What does Answer return?\"\nkind = \"number\"\n"
    "unit = \"points\"\ntolerance = 2\n"
    "from = \"test:Task1Green.IsTheAnswer#points\"\nwhy = \"So it is.\"\n";

TEST_F(PredictCommand, ADistanceIsToldWhereADistanceJudges) {
  Write("exercises/09_02/predictions.toml", kTolerance);
  Run({"check", "09_02"});
  EXPECT_TRUE(
      Has(Predict("21\\n", {"09_02", "1"}).output,
          "            Too low by 21 points; 2 more or less is right.\n"));
}

TEST_F(PredictCommand, TheEndOfTheInputKeepsWhatWasAnswered) {
  const std::string told = Predict("40", {"09_02", "1"}).output;
  EXPECT_TRUE(Has(told, "you said  40 points")) << "a line without its end";
  EXPECT_TRUE(Has(told, "The input has ended; what you answered is kept."));
  const std::string more = Predict("\\n", {"09_02", "1"}).output;
  EXPECT_TRUE(Has(more, "in this order: 2.")) << "the other one is kept";
  EXPECT_FALSE(Has(more, "has ended")) << "an empty line skips one";
  EXPECT_FALSE(Has(Read(".workbook/predictions"), "answer 09_02 calls"));
}

TEST_F(PredictCommand, AgainAsksOnceMoreAndTheFirstAnswerCounts) {
  Predict("168\\na\\n", {"09_02", "1"});
  Run({"check", "09_02"});
  EXPECT_TRUE(Calibration().is_null()) << "it would give an answer away";
  const std::string told =
      Predict("42\\nb\\n", {"09_02", "1", "--again"}).output;
  EXPECT_TRUE(Has(told, "you said  42 points"));
  EXPECT_TRUE(Has(told, "Right, exactly."));
  const Json sum = Calibration();
  EXPECT_EQ(sum["numbers"], 1);
  EXPECT_EQ(sum["numbers_right"], 0);
  EXPECT_EQ(sum["median_error"], 4.0);
  EXPECT_EQ(sum["choices_right"], 0);
}

constexpr char kTwoTimes[] =
    "[[prediction]]\nid = \"faster\"\ntask = 1\nbefore = \"do it\"\n"
    "question = \"How many times as fast?\"\nkind = \"number\"\n"
    "tolerance = 1\nfrom = \"bench:red/batch/new/delete#ns_per_op / "
    "bench:red/batch/Pool#ns_per_op\"\nwhy = \"It is a list.\"\n";

TEST_F(PredictCommand, AFigureOfTheBenchmarkIsMeasuredByBench) {
  Write("exercises/09_01/predictions.toml", kTwoTimes);
  Run({"check", "09_01"});
  const std::string before = Predict("9\\n", {"09_01", "1"}).output;
  EXPECT_TRUE(Has(before, "not yet; this command does it: ./workbook bench"));
  EXPECT_FALSE(Has(before, "It is a list."));
  ASSERT_EQ(Run({"bench", "09_01"}).exit_code, kExitOk);
  const std::string told = Predict("", {"09_01", "1"}).output;
  EXPECT_TRUE(Has(told, "measured  8\n            Right, within 1.\n"));
}

TEST_F(PredictCommand, SaysWhatItDoesNotFind) {
  ExpectProblem(Run({"predict", "09_01", "2"}), kExitEnvironment,
                "there are no predictions for task 2 of 09_01");
  ExpectProblem(Run({"predict", "09_02", "7"}), kExitUsage, "has no task 7");
  ExpectProblem(Run({"predict", "77_77"}), kExitUsage, "no exercise 77_77");
  Write("exercises/09_01/predictions.toml",
        std::string("[[prediction]]\nid = \"bad\"\n") + kTwoTimes);
  const ProcessResult result = Predict("", {"09_01", "1"});
  EXPECT_TRUE(Has(result.errors, "exercises/09_01/predictions.toml:1"));
  EXPECT_TRUE(Has(result.output, "How many times as fast?"))
      << "the others are asked";
}

TEST_F(PredictCommand, JsonAsksNothingAndHidesWhatIsNotRevealed) {
  Predict("40\\n", {"09_02", "1"});
  const ProcessResult result = Predict("b\\n", {"09_02", "1", "--json"});
  const Json hidden = Json::parse(result.output);
  EXPECT_EQ(hidden["exercise"], "09_02");
  ASSERT_EQ(hidden["predictions"].size(), 2U);
  EXPECT_EQ(hidden["predictions"][0]["answer"], 40.0);
  EXPECT_TRUE(hidden["predictions"][0]["measured"].is_null());
  EXPECT_EQ(hidden["predictions"][0]["why"], "");
  EXPECT_TRUE(hidden["predictions"][1]["answer"].is_null());
  Run({"check", "09_02"});
  const Json shown = Json::parse(Predict("", {"09_02", "--json"}).output);
  EXPECT_EQ(shown["predictions"][0]["measured"], 42.0);
  EXPECT_EQ(shown["predictions"][0]["right"], true);
  EXPECT_EQ(shown["predictions"][1]["revealed"], false) << "not answered";
}

TEST_F(PredictCommand, JsonHasAllTasksUnlessOneIsNamed) {
  std::string second = kTwoTimes;
  second.replace(second.find("faster"), 6, "later");
  second.replace(second.find("task = 1"), 8, "task = 2");
  Write("exercises/09_01/predictions.toml", kTwoTimes + second);
  const Json all = Json::parse(Predict("", {"09_01", "--json"}).output);
  ASSERT_EQ(all["predictions"].size(), 2U);
  EXPECT_EQ(all["predictions"][1]["task"], 2);
  const Json one = Json::parse(Predict("", {"09_01", "2", "--json"}).output);
  EXPECT_EQ(one["predictions"].size(), 1U);
}

TEST_F(PredictCommand, AnswersInATerminal) {
  Run({"check", "09_02"});
  PseudoTerminal terminal;
  terminal.Start({program().string(), "predict", "09_02", "1"}, Environment());
  ASSERT_TRUE(terminal.Shows("What does Answer return?"));
  ASSERT_TRUE(terminal.Shows("> "));
  terminal.Type("41\n");
  EXPECT_TRUE(terminal.Shows("measured  42 points"));
  EXPECT_TRUE(terminal.Shows("> "));
  terminal.Type("\x04");
  EXPECT_TRUE(terminal.Shows("The input has ended"));
  EXPECT_EQ(terminal.WaitForEnd(), 0);
}

TEST_F(PredictCommand, ProgressAndReportShowTheCalibration) {
  EXPECT_TRUE(Has(Run({"progress"}).output,
                  "  09_02  0/1    0/0    -        "
                  "-        -\n"));
  EXPECT_FALSE(Has(Run({"progress"}).output, "median"));
  Run({"check", "09_02"});
  Predict("21\\na\\n", {"09_02", "1"});
  const std::string progress = Run({"progress"}).output;
  EXPECT_TRUE(Has(progress, "m 09_02  1/1    0/0    0/1      2x       -\n"));
  EXPECT_TRUE(Has(progress,
                  "\nnumbers: the median factor between what you predicted and "
                  "what was measured; 1x is exact.\n"));
  Write("tools/workbook/report/page.css", "");
  ASSERT_EQ(Run({"report", "--out", "page.html"}).exit_code, kExitOk);
  EXPECT_TRUE(Has(Read("page.html"),
                  "0 of 1 choices right, numbers off by a median factor of 2"));
}

// What a test recorded besides: a count that is the predicted one, one that
// decides the choice, and one that gives nothing away.
constexpr char kCounts[] =
    "<property name=\"before_points\" value=\"84\"/>"
    "<property name=\"after_points\" value=\"42\"/>"
    "<property name=\"before_blocks\" value=\"7\"/>"
    "<property name=\"after_blocks\" value=\"5\"/>";

TEST_F(PredictCommand, CheckGivesNoAnswerAway) {
  const std::string file = "09_02/logs/green_test/test.xml";
  std::string xml = Recorded(file);
  const std::string end = "</properties>";
  ReplayFile(file, xml.insert(xml.find(end), kCounts));
  const std::string open = Run({"check", "09_02"}).output;
  EXPECT_TRUE(Has(open, "7 -> 5 blocks\n"));
  EXPECT_FALSE(Has(open, "42")) << "the answer of an open prediction";
  EXPECT_TRUE(Has(open,
                  "more is shown when you have predicted it: "
                  "./workbook predict 09_02 1\n"));
  Predict("40\\nb\\n", {"09_02", "1"});
  const std::string answered = Run({"check", "09_02", "1"}).output;
  EXPECT_TRUE(Has(answered, "84 -> 42 points"));
  EXPECT_FALSE(Has(answered, "more is shown"));
}

TEST_F(PredictCommand, CheckShowsWhatWasGivenUp) {
  const std::string file = "09_02/logs/green_test/test.xml";
  std::string xml = Recorded(file);
  const std::string end = "</properties>";
  ReplayFile(file, xml.insert(xml.find(end), kCounts));
  Run({"check", "09_02"});
  Predict("", {"09_02", "1", "--give-up"});
  EXPECT_TRUE(Has(Run({"check", "09_02", "1"}).output, "84 -> 42 points"));
}

}  // namespace
}  // namespace workbook::cli
