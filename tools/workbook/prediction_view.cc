// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_view.h"

#include <cmath>
#include <optional>

#include "fmt/format.h"
#include "nlohmann/json.hpp"
#include "tools/workbook/prediction_score.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

bool IsChoice(const Prediction& prediction) {
  return prediction.kind == PredictionKind::kChoice;
}

// "within a factor of 3", "within 1".
std::string Allowed(const Prediction& prediction) {
  if (prediction.factor) {
    return fmt::format("within a factor of {:g}", *prediction.factor);
  }
  return fmt::format("within {:g}", prediction.tolerance.value_or(0));
}

// How far an answer is from a number: one sentence, in the measure that judges
// it, a factor or a distance.
std::string Distance(const Prediction& prediction, std::string_view answer,
                     std::string_view measured, const PredictionScore& score) {
  const double said = NumberIn(answer).value_or(0);
  const double value = NumberIn(measured).value_or(0);
  // What looks the same on the screen is the same.
  if (score.is_right && ShowNumber(said) == ShowNumber(value)) {
    return "Right, exactly.";
  }
  if (score.is_right) return "Right, " + Allowed(prediction) + ".";
  const char* const side = said < value ? "low" : "high";
  if (prediction.factor) {
    if (score.error_factor >= kMaxErrorFactor) {
      return fmt::format("Too {}, and not {}.", side, Allowed(prediction));
    }
    return fmt::format(
        "Too {} by a factor of {}; within a factor of {:g} it counts as right.",
        side, ShowNumber(score.error_factor), *prediction.factor);
  }
  const double tolerance = prediction.tolerance.value_or(0);
  return fmt::format(
      "Too {} by {}; {} is right.", side,
      ShowAnswerText(prediction, fmt::format("{}", std::abs(said - value))),
      tolerance == 0 ? "only the exact number"
                     : fmt::format("{:g} more or less", tolerance));
}

std::optional<PredictionScore> ScoreOf(const PredictionState& state,
                                       const std::string& measured) {
  if (!state.IsAnswered()) return std::nullopt;
  return ScoreAnswer(state.prediction, state.kept.last, measured);
}

// A number as a number, a choice as text; null for "".
Json AnswerJson(const std::string& text) {
  if (text.empty()) return nullptr;
  const auto number = NumberIn(text);
  return number ? Json(*number) : Json(text);
}

Json OrNull(const std::optional<double>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json StateJson(const PredictionState& state, const Measurements& measurements) {
  const Prediction& prediction = state.prediction;
  const MeasuredAnswer measured = FindMeasured(prediction, measurements);
  const std::string shown =
      state.kept.is_revealed
          ? (measured.text.empty() ? state.kept.measured : measured.text)
          : "";
  const auto score = ScoreOf(state, shown);
  const bool has_factor = score && !IsChoice(prediction);
  return {
      {"id", prediction.id},
      {"task", prediction.task},
      {"before", prediction.before},
      {"question", prediction.question},
      {"kind", IsChoice(prediction) ? "choice" : "number"},
      {"unit", prediction.unit},
      {"choices", prediction.choices},
      {"factor", OrNull(prediction.factor)},
      {"tolerance", OrNull(prediction.tolerance)},
      {"from", prediction.from},
      {"first_answer", AnswerJson(state.kept.first.value_or(""))},
      {"answer", AnswerJson(state.kept.last)},
      {"revealed", state.kept.is_revealed},
      {"measured", AnswerJson(shown)},
      {"measured_by", measured.command},
      {"right", score ? Json(score->is_right) : Json(nullptr)},
      {"error_factor", has_factor ? Json(score->error_factor) : Json(nullptr)},
      {"why", state.kept.is_revealed ? prediction.why : ""}};
}

}  // namespace

std::string ShowQuestion(const Prediction& prediction, std::size_t number,
                         std::size_t count) {
  std::string text = fmt::format("Task {}, {} of {}: {}\n", prediction.task,
                                 number, count, prediction.question);
  char letter = 'a';
  for (const std::string& choice : prediction.choices) {
    text += fmt::format("    {})  {}\n", letter++, choice);
  }
  return text;
}

std::string ShowSaid(const PredictionState& state) {
  if (!state.IsAnswered()) return {};
  const auto day = state.kept.last_at.substr(0, 10);
  return fmt::format("  you said  {}{}\n",
                     ShowAnswerText(state.prediction, state.kept.last),
                     day.empty() ? "" : " (" + day + ")");
}

std::string ShowMeasured(const PredictionState& state,
                         const MeasuredAnswer& measured,
                         const Terminal& terminal) {
  const Prediction& prediction = state.prediction;
  std::string text =
      fmt::format("  {}  {}\n", IsChoice(prediction) ? "answer  " : "measured",
                  ShowAnswerText(prediction, measured.text));
  if (const auto score = ScoreOf(state, measured.text)) {
    const std::string sentence =
        IsChoice(prediction)
            ? (score->is_right ? "Right." : "Not this time.")
            : Distance(prediction, state.kept.last, measured.text, *score);
    text += fmt::format(
        "            {}\n",
        terminal.Paint(score->is_right ? Colour::kGreen : Colour::kYellow,
                       sentence));
  }
  return text + fmt::format("  why       {}\n", prediction.why);
}

std::string ShowHidden(const PredictionState& state,
                       const MeasuredAnswer& measured,
                       const std::string& exercise) {
  const int task = state.prediction.task;
  if (!state.is_green) {
    return fmt::format("  hidden    until task {} is green\n", task);
  }
  if (!state.IsAnswered()) {
    return fmt::format(
        "  hidden    until you answer: ./workbook predict {} {}\n", exercise,
        task);
  }
  return fmt::format("  measured  not yet; this command does it: {}\n",
                     measured.command);
}

std::string ShowWhenRevealed(const std::string& exercise, int task) {
  return fmt::format(
      "Hidden answers are shown once ./workbook check {} says that task {} is "
      "green,\nor now: ./workbook predict {} {} --give-up\n",
      exercise, task, exercise, task);
}

std::string PredictionsJson(const Exercise& exercise,
                            const std::vector<PredictionState>& states,
                            const Measurements& measurements) {
  Json predictions = Json::array();
  for (const PredictionState& state : states) {
    predictions.push_back(StateJson(state, measurements));
  }
  const Json json = {{"exercise", exercise.id}, {"predictions", predictions}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace workbook::cli
