// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "fmt/format.h"
#include "tools/workbook/prediction_score.h"

namespace workbook::cli {
namespace {

// The middle one, or the geometric mean of the two in the middle: these are
// factors.
double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half]
                                : std::sqrt(values[half - 1] * values[half]);
}

// Two marks for a factor of two, so that a shorter bar is a better one.
std::string Bar(double error) {
  constexpr double kMaxMarks = 24;
  const double marks = std::min(kMaxMarks, std::round(2 * std::log2(error)));
  return std::string(static_cast<std::size_t>(std::max(0.0, marks)), '#');
}

std::string Share(int right, int count) {
  return count == 0 ? "-" : fmt::format("{} of {}", right, count);
}

}  // namespace

Calibration CalibrationOf(const Exercise& exercise,
                          const std::vector<PredictionState>& states) {
  Calibration sum{.exercise = exercise.id, .title = exercise.title};
  std::vector<double> errors;
  for (const PredictionState& state : states) {
    const KeptPrediction& kept = state.kept;
    if (!kept.is_revealed || !kept.first || kept.measured.empty()) continue;
    const auto score =
        ScoreAnswer(state.prediction, *kept.first, kept.measured);
    if (!score) continue;
    if (state.prediction.kind == PredictionKind::kChoice) {
      ++sum.choices;
      sum.choices_right += score->is_right ? 1 : 0;
    } else {
      ++sum.numbers;
      sum.numbers_right += score->is_right ? 1 : 0;
      errors.push_back(score->error_factor);
    }
  }
  sum.median_error = Median(std::move(errors));
  return sum;
}

std::vector<Calibration> CalibrationsOf(const Session& session) {
  std::vector<Calibration> calibrations;
  for (const Exercise& exercise : session.course().exercises) {
    Calibration one =
        CalibrationOf(exercise, LoadPredictionStates(session, exercise));
    if (!one.IsEmpty()) calibrations.push_back(std::move(one));
  }
  return calibrations;
}

std::string ShowCalibrations(const std::vector<Calibration>& calibrations) {
  if (calibrations.empty()) return {};
  std::string text =
      "Your predictions (first answers; a shorter bar is a better one):\n"
      "         choices   numbers   median factor\n"
      "         right     right     of error\n";
  for (const Calibration& one : calibrations) {
    const bool has_numbers = one.numbers > 0;
    std::string line =
        fmt::format("  {}  {:<8}  {:<8}  {:<8} {}", one.exercise,
                    Share(one.choices_right, one.choices),
                    Share(one.numbers_right, one.numbers),
                    has_numbers ? ShowNumber(one.median_error) : "-",
                    has_numbers ? Bar(one.median_error) : "");
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace workbook::cli
