// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_score.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {
namespace {

Prediction Number(std::optional<double> factor, std::optional<double> tolerance,
                  const std::string& unit = "moves") {
  Prediction prediction;
  prediction.kind = PredictionKind::kNumber;
  prediction.unit = unit;
  prediction.factor = factor;
  prediction.tolerance = tolerance;
  return prediction;
}

Prediction Choice() {
  Prediction prediction;
  prediction.kind = PredictionKind::kChoice;
  prediction.choices = {"Go since 1.18", "b", "one and a half"};
  prediction.answer = "b";
  return prediction;
}

TEST(ReadAnswer, TakesNumbersAsPeopleWriteThem) {
  const Prediction bytes = Number(2, {}, "bytes");
  const std::vector<std::pair<std::string, double>> typed = {
      {"1500", 1500},      {" 1,500 ", 1500},
      {"20 000 000", 2e7}, {"1_000'000", 1e6},
      {"1.5", 1.5},        {"+3", 3},
      {"2e9", 2e9},        {"2E+9", 2e9},
      {"5e-1", 0.5},       {"20 GB", 2e10},
      {"20G", 2e10},       {"4 KiB", 4096},
      {"1 Mi", 1048576},   {"3 million bytes", 3e6},
      {"12 Bytes", 12},    {"12 byte", 12},
      {"12 B", 12},        {"8x", 8}};
  for (const auto& [text, value] : typed) {
    const AnswerRead read = ReadAnswer(bytes, text);
    ASSERT_TRUE(read.text.has_value()) << text << ": " << read.reason;
    EXPECT_EQ(NumberIn(*read.text), value) << text;
    EXPECT_EQ(read.reason, "");
  }
  EXPECT_EQ(NumberIn(*ReadAnswer(Number(2, {}), "3 M").text), 3e6)
      << "a prefix, though the unit begins with it";
  EXPECT_EQ(NumberIn(*ReadAnswer(Number({}, 1), "-3").text), -3);
}

TEST(ReadAnswer, SaysWhyNonsenseIsNone) {
  for (const std::string text :
       {"many", "1,5", "1.2.3", "-", "12 apples", "e5", "1e", "nan", "inf",
        "1e999", "1 2", "0x10", "."}) {
    const AnswerRead read = ReadAnswer(Number({}, 1), text);
    EXPECT_FALSE(read.text.has_value()) << text << " is " << *read.text;
    EXPECT_NE(read.reason.find("\"" + text + "\""), std::string::npos);
    EXPECT_NE(read.reason.find("Fix: "), std::string::npos) << read.reason;
  }
  for (const char* text : {"0", "-3"}) {
    const AnswerRead read = ReadAnswer(Number(2, {}), text);
    EXPECT_FALSE(read.text.has_value()) << "a factor cannot judge " << text;
    EXPECT_NE(read.reason.find("above 0"), std::string::npos);
  }
  EXPECT_TRUE(ReadAnswer(Number({}, 0), "0").text.has_value());
}

TEST(ReadAnswer, TakesAChoiceByItsLetterOrItsWords) {
  EXPECT_EQ(ReadAnswer(Choice(), "a").text, "Go since 1.18");
  EXPECT_EQ(ReadAnswer(Choice(), "C)").text, "one and a half");
  EXPECT_EQ(ReadAnswer(Choice(), " go SINCE 1.18").text, "Go since 1.18");
  EXPECT_EQ(ReadAnswer(Choice(), "b").text, "b") << "the words come first";
  for (const std::string text : {"d", "1", "Go", "?"}) {
    const AnswerRead read = ReadAnswer(Choice(), text);
    EXPECT_FALSE(read.text.has_value()) << text;
    EXPECT_NE(read.reason.find("a to c"), std::string::npos) << read.reason;
  }
}

bool IsRight(const Prediction& prediction, const std::string& answer,
             const std::string& measured) {
  return ScoreAnswer(prediction, answer, measured).value().is_right;
}

TEST(ScoreAnswer, ANumberIsRightWithinItsFactor) {
  EXPECT_TRUE(IsRight(Number(2, {}), "50", "100"));
  EXPECT_TRUE(IsRight(Number(2, {}), "200", "100"));
  EXPECT_FALSE(IsRight(Number(2, {}), "49", "100"));
  EXPECT_FALSE(IsRight(Number(2, {}), "201", "100"));
  EXPECT_TRUE(IsRight(Number(1.1, {}), "110", "100")) << "not by a rounding";
  EXPECT_DOUBLE_EQ(ScoreAnswer(Number(2, {}), "25", "100").value().error_factor,
                   4);
  EXPECT_DOUBLE_EQ(
      ScoreAnswer(Number(2, {}), "400", "100").value().error_factor, 4);
}

TEST(ScoreAnswer, ANumberIsRightWithinItsTolerance) {
  EXPECT_TRUE(IsRight(Number({}, 10), "90", "100"));
  EXPECT_FALSE(IsRight(Number({}, 10), "111", "100"));
  EXPECT_TRUE(IsRight(Number({}, 0), "0", "0"));
  EXPECT_FALSE(IsRight(Number({}, 0), "1", "0"));
  EXPECT_EQ(ScoreAnswer(Number({}, 0), "0", "0").value().error_factor, 1);
  EXPECT_EQ(ScoreAnswer(Number({}, 0), "1", "0").value().error_factor,
            kMaxErrorFactor)
      << "no quotient says how far";
}

TEST(ScoreAnswer, AChoiceIsRightByItsWords) {
  EXPECT_TRUE(IsRight(Choice(), "b", "b"));
  EXPECT_FALSE(IsRight(Choice(), "one and a half", "b"));
}

TEST(ScoreAnswer, HasNoScoreForWhatTheQuestionNoLongerKnows) {
  EXPECT_FALSE(ScoreAnswer(Choice(), "one and a third", "b").has_value());
  EXPECT_FALSE(ScoreAnswer(Number(2, {}), "b", "100").has_value());
  EXPECT_FALSE(ScoreAnswer(Number(2, {}), "100", "").has_value());
}

TEST(ShowAnswerText, SaysOneInTheSingular) {
  Prediction prediction = Number({}, 0);
  for (const auto& [unit, one] :
       {std::pair{"allocations", "1 allocation"},
        std::pair{"bytes a text", "1 byte a text"},
        std::pair{"false alarms", "1 false alarm"},
        std::pair{"times as long", "1 times as long"},
        std::pair{"classes", "1 class"}, std::pair{"ns", "1 ns"},
        std::pair{"per cent", "1 per cent"}, std::pair{"", "1"}}) {
    prediction.unit = unit;
    EXPECT_EQ(ShowAnswerText(prediction, "1"), one);
  }
  prediction.unit = "allocations";
  EXPECT_EQ(ShowAnswerText(prediction, "2"), "2 allocations");
}

TEST(ExpectedAnswer, GivesExamplesThatTheUnitAllows) {
  Prediction prediction = Number({}, 1);
  prediction.unit = "per cent";
  EXPECT_EQ(ExpectedAnswer(prediction),
            "a number (per cent), such as 5, 37.5 or 80");
  prediction.unit = "bytes";
  EXPECT_EQ(ExpectedAnswer(prediction),
            "a number (bytes), such as 1500, 2e9 or 3 M");
}

TEST(ShowNumber, SeparatesThousandsAndRounds) {
  EXPECT_EQ(ShowNumber(0), "0");
  EXPECT_EQ(ShowNumber(999), "999");
  EXPECT_EQ(ShowNumber(1000), "1,000");
  EXPECT_EQ(ShowNumber(19999800000), "19,999,800,000");
  EXPECT_EQ(ShowNumber(-1234567), "-1,234,567");
  EXPECT_EQ(ShowNumber(1.4567), "1.46");
  EXPECT_EQ(ShowNumber(23456.7), "23,457");
}

}  // namespace
}  // namespace workbook::cli
