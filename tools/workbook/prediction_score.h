// SPDX-License-Identifier: Apache-2.0

// Reads what a learner predicts, and says how good it was.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PREDICTION_SCORE_H_
#define WORKBOOK_TOOLS_WORKBOOK_PREDICTION_SCORE_H_

#include <optional>
#include <string>
#include <string_view>

#include "tools/course/predictions.h"

namespace workbook::cli {

// An answer is off by this factor at most: where it or the measured value is 0,
// no quotient says how far.
inline constexpr double kMaxErrorFactor = 1e6;

struct AnswerRead {
  std::optional<std::string> text;  // as it is kept; none for nonsense
  std::string reason;               // why it is none, and what to write
};

// Reads an answer. Numbers: "1500", "1,500", "2e9", "20 GB", "4 KiB", "3
// million", with or without the unit. Choices: the letter or the words.
// Thread safety: any thread, for all functions here.
// On failure: `reason`; nothing is thrown.
AnswerRead ReadAnswer(const Prediction& prediction, std::string_view typed);

// Returns the number that the whole of `text` is, such as a measured value.
std::optional<double> NumberIn(std::string_view text);

struct PredictionScore {
  bool is_right = false;
  double error_factor = 1;  // of a number: 1 is exact, 2 half or twice
};

// Compares an answer with the measured one. A number is right within its factor
// or tolerance.
// On failure: nullopt, where one of the two is no number, or no choice of the
// prediction, as after an update that words it differently.
std::optional<PredictionScore> ScoreAnswer(const Prediction& prediction,
                                           std::string_view answer,
                                           std::string_view measured);

// "a number of bytes, such as 1500, 2e9 or 3 MB" or "a letter, a to c".
std::string ExpectedAnswer(const Prediction& prediction);

// "262,140", "1.46"; three digits of what is no whole number.
std::string ShowNumber(double number);

// An answer as people read it: "262,140 bytes", or the words of a choice.
std::string ShowAnswerText(const Prediction& prediction,
                           std::string_view answer);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PREDICTION_SCORE_H_
