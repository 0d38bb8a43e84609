// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_score.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

// 0.1 + 0.2 is within 0 of 0.3.
constexpr double kRounding = 1e-9;
constexpr double kMaxWhole = 1e15;

bool IsDigit(std::string_view text, std::size_t at) {
  return at < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[at])) != 0;
}

// "1,500": three digits follow, so that "1,5" is no fifteen.
bool IsSeparator(std::string_view text, std::size_t at) {
  constexpr std::string_view kSeparators = ",_' ";
  return at > 0 && IsDigit(text, at - 1) &&
         kSeparators.find(text[at]) != std::string_view::npos &&
         IsDigit(text, at + 1) && IsDigit(text, at + 2) &&
         IsDigit(text, at + 3) && !IsDigit(text, at + 4);
}

// Takes the number at the start of `text` off it, thousands separated or not.
std::optional<double> TakeNumber(std::string_view& text) {
  std::string plain;
  std::size_t at = text.starts_with('+') ? 1 : 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    const bool is_sign = c == '-' && plain.empty();
    if (IsDigit(text, at) || c == '.' || is_sign) {
      plain += c;
    } else if ((c == 'e' || c == 'E') && at > 0) {
      const bool has_sign =
          at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
      if (!IsDigit(text, at + (has_sign ? 2 : 1))) break;
      plain += 'e';
      if (has_sign && text[++at] == '-') plain += '-';
    } else if (!IsSeparator(text, at)) {
      break;
    }
  }
  double number = 0;
  const char* const end = plain.data() + plain.size();
  const auto read = std::from_chars(plain.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  text = TrimSpace(text.substr(at));
  return number;
}

bool IsUnit(const Prediction& prediction, std::string_view word) {
  constexpr std::size_t kShortest = 3;  // "m" is not for moves
  const std::string unit = Lower(prediction.unit);
  const std::string lower = Lower(word);
  return word.empty() || word == "B" || lower == "x" || lower == unit ||
         (word.size() >= kShortest && unit.starts_with(lower));
}

// What the words behind a number multiply it by.
std::optional<double> ScaleOf(const Prediction& prediction,
                              std::string_view words) {
  if (IsUnit(prediction, words)) return 1;
  struct Word {
    std::string_view text;
    double scale;
  };
  // The longer of two that begin alike comes first.
  static constexpr std::array<Word, 12> kWords{{{"thousand", 1e3},
                                                {"million", 1e6},
                                                {"billion", 1e9},
                                                {"Ki", 0x1p10},
                                                {"Mi", 0x1p20},
                                                {"Gi", 0x1p30},
                                                {"Ti", 0x1p40},
                                                {"k", 1e3},
                                                {"K", 1e3},
                                                {"M", 1e6},
                                                {"G", 1e9},
                                                {"T", 1e12}}};
  for (const Word& word : kWords) {
    if (words.starts_with(word.text) &&
        IsUnit(prediction, TrimSpace(words.substr(word.text.size())))) {
      return word.scale;
    }
  }
  return std::nullopt;
}

AnswerRead ReadNumber(const Prediction& prediction, std::string_view typed) {
  std::string_view rest = typed;
  const auto number = TakeNumber(rest);
  const auto scale = number ? ScaleOf(prediction, rest) : std::nullopt;
  if (!scale || !std::isfinite(*number * *scale)) {
    return {{},
            fmt::format("\"{}\" is no number that can be read. Fix: write {}.",
                        typed, ExpectedAnswer(prediction))};
  }
  if (prediction.factor && *number <= 0) {
    return {{},
            fmt::format("{} is not above 0, and a factor judges this answer. "
                        "Fix: write a number above 0.",
                        typed)};
  }
  return {fmt::format("{}", *number * *scale), ""};
}

AnswerRead ReadChoice(const Prediction& prediction, std::string_view typed) {
  const auto& choices = prediction.choices;
  for (const std::string& choice : choices) {
    if (Lower(choice) == Lower(typed)) return {choice, ""};
  }
  std::string_view letter = typed;
  if (letter.ends_with(')')) letter.remove_suffix(1);
  if (letter.size() == 1) {
    const std::string lower = Lower(letter);
    const int place = lower[0] - 'a';
    if (place >= 0 && place < static_cast<int>(choices.size())) {
      return {choices[static_cast<std::size_t>(place)], ""};
    }
  }
  return {{},
          fmt::format("\"{}\" is none of the choices. Fix: write {}.", typed,
                      ExpectedAnswer(prediction))};
}

double ErrorFactor(double answer, double measured) {
  if (std::abs(answer - measured) <= kRounding * std::abs(measured)) return 1;
  if (answer <= 0 || measured <= 0) return kMaxErrorFactor;
  return std::min(kMaxErrorFactor,
                  std::max(answer / measured, measured / answer));
}

// "allocation" of "allocations", "byte a text" of "bytes a text", "false alarm"
// of "false alarms": the first word that is a plural is said of one.
std::string UnitOfOne(const std::string& unit) {
  constexpr std::size_t kShortestPlural = 4;  // "ns" is none
  for (std::size_t begin = 0; begin < unit.size();) {
    const std::size_t end = std::min(unit.find(' ', begin), unit.size());
    const std::string_view word =
        std::string_view(unit).substr(begin, end - begin);
    const bool is_plural = word.size() >= kShortestPlural &&
                           word.ends_with('s') && !word.ends_with("ss");
    if (word == "times" && word != unit) return unit;  // "1 times as long"
    if (is_plural) {
      const std::size_t ending = word.ends_with("sses") ? 2 : 1;
      return unit.substr(0, end - ending) + unit.substr(end);
    }
    begin = end + 1;
  }
  return unit;
}

}  // namespace

AnswerRead ReadAnswer(const Prediction& prediction, std::string_view typed) {
  typed = TrimSpace(typed);
  return prediction.kind == PredictionKind::kChoice
             ? ReadChoice(prediction, typed)
             : ReadNumber(prediction, typed);
}

std::optional<double> NumberIn(std::string_view text) {
  text = TrimSpace(text);
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number;
}

std::optional<PredictionScore> ScoreAnswer(const Prediction& prediction,
                                           std::string_view answer,
                                           std::string_view measured) {
  if (prediction.kind == PredictionKind::kChoice) {
    const auto& choices = prediction.choices;
    for (const std::string_view text : {answer, measured}) {
      if (std::find(choices.begin(), choices.end(), text) == choices.end()) {
        return std::nullopt;
      }
    }
    return PredictionScore{.is_right = answer == measured};
  }
  const auto said = NumberIn(answer);
  const auto value = NumberIn(measured);
  if (!said || !value) return std::nullopt;
  PredictionScore score{.error_factor = ErrorFactor(*said, *value)};
  score.is_right =
      prediction.factor
          ? score.error_factor <= *prediction.factor * (1 + kRounding)
          : std::abs(*said - *value) <=
                prediction.tolerance.value_or(0) +
                    kRounding * std::max(1.0, std::abs(*value));
  return score;
}

std::string ExpectedAnswer(const Prediction& prediction) {
  if (prediction.kind == PredictionKind::kChoice) {
    return fmt::format(
        "a letter, a to {}",
        static_cast<char>('a' + static_cast<int>(prediction.choices.size()) -
                          1));
  }
  // No share is written as 2e9, and no number of millions as 3 M.
  const bool is_large = prediction.unit.empty() || prediction.unit == "bytes";
  return fmt::format(
      "a number{}, such as {}",
      prediction.unit.empty() ? "" : " (" + prediction.unit + ")",
      is_large ? "1500, 2e9 or 3 M" : "5, 37.5 or 80");
}

std::string ShowNumber(double number) {
  if (number != std::round(number) || std::abs(number) >= kMaxWhole) {
    // Four digits before the point say more than an exponent.
    return std::abs(number) >= 1000 && std::abs(number) < kMaxWhole
               ? ShowNumber(std::round(number))
               : fmt::format("{:.3g}", number);
  }
  std::string text = fmt::format("{:.0f}", number);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string ShowAnswerText(const Prediction& prediction,
                           std::string_view answer) {
  const auto number = NumberIn(answer);
  if (prediction.kind == PredictionKind::kChoice || !number) {
    return std::string(answer);
  }
  const std::string unit =
      *number == 1 ? UnitOfOne(prediction.unit) : prediction.unit;
  return ShowNumber(*number) + (unit.empty() ? "" : " " + unit);
}

}  // namespace workbook::cli
