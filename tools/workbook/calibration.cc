// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

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

}  // namespace workbook::cli
