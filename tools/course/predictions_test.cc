// SPDX-License-Identifier: Apache-2.0

#include "tools/course/predictions.h"

#include <gtest/gtest.h>

#include <string>

#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

const std::string kNumber =
    "[[prediction]]\n"                                                   // 1
    "id = \"endl\"\n"                                                    // 2
    "task = 1\n"                                                         // 3
    "before = \"section 1\"\n"                                           // 4
    "question = \"How many?\"\n"                                         // 5
    "kind = \"number\"\n"                                                // 6
    "unit = \"calls\"\n"                                                 // 7
    "factor = 2\n"                                                       // 8
    "from = \"bench:lines/endl#writes / bench:lines/newline#writes\"\n"  // 9
    "why = \"It flushes.\"\n";                                           // 10
const std::string kChoice =
    "[[prediction]]\n"
    "id = \"terminal\"\n"
    "task = 2\n"
    "before = \"do it\"\n"
    "question = \"Faster?\"\n"
    "kind = \"choice\"\n"
    "choices = [\"yes\", \"no\"]\n"
    "answer = \"no\"\n"
    "from = \"test:Task2Lines.TenALine\"\n"
    "why = \"It is rare.\"\n";

std::string With(std::string text, const std::string& from,
                 const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void ExpectRefused(const std::string& text, const std::string& place,
                   const std::string& what, const std::string& fix) {
  const PredictionsResult result = ParsePredictions(text, "p.toml", 2);
  ASSERT_FALSE(result.problems.empty()) << text;
  const std::string told = result.problems[0].Text();
  EXPECT_TRUE(told.starts_with(place)) << told;
  EXPECT_NE(told.find(what), std::string::npos) << told;
  EXPECT_NE(told.find(fix), std::string::npos) << told;
}

TEST(ParsePredictions, ReadsANumberAndAChoice) {
  const PredictionsResult result =
      ParsePredictions(kNumber + kChoice, "p.toml", 2);
  for (const Problem& problem : result.problems) {
    ADD_FAILURE() << problem.Text();
  }
  ASSERT_EQ(result.predictions.size(), 2U);
  const Prediction& number = result.predictions[0];
  EXPECT_EQ(number.id, "endl");
  EXPECT_EQ(number.task, 1);
  EXPECT_EQ(number.kind, PredictionKind::kNumber);
  EXPECT_EQ(number.unit, "calls");
  EXPECT_EQ(number.factor, 2);
  EXPECT_FALSE(number.tolerance.has_value());
  EXPECT_EQ(number.line, 1);
  ASSERT_EQ(number.sources.size(), 2U);
  EXPECT_EQ(number.sources[0].kind, PredictionSource::Kind::kBench);
  EXPECT_EQ(number.sources[0].name, "lines/endl");
  EXPECT_EQ(number.sources[1].field, "writes");
  const Prediction& choice = result.predictions[1];
  EXPECT_EQ(choice.kind, PredictionKind::kChoice);
  EXPECT_EQ(choice.choices, (std::vector<std::string>{"yes", "no"}));
  EXPECT_EQ(choice.answer, "no");
  EXPECT_EQ(choice.why, "It is rare.");
  ASSERT_EQ(choice.sources.size(), 1U);
  EXPECT_EQ(choice.sources[0].kind, PredictionSource::Kind::kTest);
  EXPECT_EQ(choice.sources[0].name, "Task2Lines.TenALine");
  EXPECT_EQ(choice.sources[0].field, "");
  const PredictionsResult property = ParsePredictions(
      With(kChoice, "TenALine", "TenALine#writes"), "p.toml", 2);
  ASSERT_EQ(property.predictions.size(), 1U);
  EXPECT_EQ(property.predictions[0].sources[0].name, "Task2Lines.TenALine");
  EXPECT_EQ(property.predictions[0].sources[0].field, "writes");
}

TEST(ParsePredictions, RefusesWhatIsNoTomlAndAnEmptyFile) {
  ExpectRefused("id = \n", "p.toml:1: ", "is not TOML", "[[prediction]]");
  ExpectRefused("", "p.toml:1: prediction", "is missing", "[[prediction]]");
}

TEST(ParsePredictions, RefusesAnIdThatIsTakenOrNone) {
  ExpectRefused(kNumber + With(kChoice, "terminal", "endl"),
                "p.toml:12: prediction[2].id", "a second time", "of its own");
  ExpectRefused(With(kNumber, "endl", "a b"), "p.toml:2: prediction[1].id",
                "is \"a b\"", "letters");
  ExpectRefused(With(kNumber, "id = \"endl\"\n", ""),
                "p.toml:1: prediction[1].id", "is missing", "id = ");
}

TEST(ParsePredictions, RefusesATaskThatIsNotThere) {
  ExpectRefused(With(kNumber, "task = 1", "task = 3"),
                "p.toml:3: prediction[1].task", "no such task", "1 to 2");
}

TEST(ParsePredictions, RefusesAnotherMoment) {
  ExpectRefused(With(kNumber, "section 1", "section"),
                "p.toml:4: prediction[1].before", "is \"section\"",
                "\"section N\"");
}

TEST(ParsePredictions, RefusesAnUnknownKind) {
  ExpectRefused(With(kNumber, "kind = \"number\"", "kind = \"guess\""),
                "p.toml:6: prediction[1].kind", "is \"guess\"", "\"choice\"");
}

TEST(ParsePredictions, ANumberHasAFactorOrATolerance) {
  ExpectRefused(With(kNumber, "factor = 2\n", ""),
                "p.toml:6: prediction[1].kind", "with neither",
                "tolerance = 10");
  ExpectRefused(With(kNumber, "factor = 2", "factor = 2\ntolerance = 1"),
                "p.toml:6: prediction[1].kind", "with both", "factor = 2");
  ExpectRefused(With(kNumber, "factor = 2", "factor = 1"),
                "p.toml:8: prediction[1].factor", "not above 1", "twice");
  ExpectRefused(With(kNumber, "factor = 2", "tolerance = -1"),
                "p.toml:8: prediction[1].tolerance", "below 0", "exact");
  EXPECT_EQ(ParsePredictions(With(kNumber, "factor = 2", "tolerance = 0"),
                             "p.toml", 1)
                .predictions.size(),
            1U);
}

TEST(ParsePredictions, AnAnswerIsOneOfTheChoices) {
  ExpectRefused(With(kChoice, "answer = \"no\"", "answer = \"maybe\""),
                "p.toml:8: prediction[1].answer", "is no choice", "letter");
  ExpectRefused(With(kChoice, "[\"yes\", \"no\"]", "[\"no\"]"),
                "p.toml:7: prediction[1].choices", "one choice", "another");
  ExpectRefused(kChoice + "factor = 2\n", "p.toml:11: prediction[1].factor",
                "is not a field", "");
}

TEST(ParsePredictions, RefusesASourceThatIsNone) {
  for (const char* from : {"bench:lines/endl", "test:Task1", "lines/endl#x",
                           "test:A.B / lines", "test:A.B#"}) {
    ExpectRefused(With(kChoice, "test:Task2Lines.TenALine", from),
                  "p.toml:9: prediction[1].from", from, "bench:CASE/ROW#FIELD");
  }
}

TEST(ParsePredictions, RefusesAnEmptyWhy) {
  ExpectRefused(With(kChoice, "It is rare.", ""),
                "p.toml:10: prediction[1].why", "is empty", "write a value");
}

TEST(LoadPredictions, AFileThatIsNotThereHasNone) {
  const ScratchFolder folder;
  Exercise exercise;
  exercise.folder = "exercises/01_02";
  const PredictionsResult result = LoadPredictions(folder.path(), exercise);
  EXPECT_TRUE(result.predictions.empty());
  EXPECT_TRUE(result.problems.empty());
}

}  // namespace
}  // namespace workbook
