// SPDX-License-Identifier: Apache-2.0

// Predictions as people and programs read them.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PREDICTION_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_PREDICTION_VIEW_H_

#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/workbook/prediction_measured.h"
#include "tools/workbook/prediction_state.h"

namespace workbook::cli {

// The question and its choices; `number` of `count` asked now.
std::string ShowQuestion(const Prediction& prediction, std::size_t number,
                         std::size_t count);

// What the learner said; "" where there is no answer.
std::string ShowSaid(const PredictionState& state);

// What was measured, how good the answer was, and why it is so.
// REQUIRES: measured.text is not empty.
std::string ShowMeasured(const PredictionState& state,
                         const MeasuredAnswer& measured,
                         const Terminal& terminal);

// Why the answer is not shown yet.
std::string ShowHidden(const PredictionState& state,
                       const MeasuredAnswer& measured,
                       const std::string& exercise);

// What to type for the hidden answers of a task that is not green.
std::string ShowWhenRevealed(const std::string& exercise, int task);

// {"exercise", "predictions": [{"id", "task", "before", "question", "kind",
// "unit", "choices", "factor", "tolerance", "from", "first_answer", "answer",
// "revealed", "measured", "measured_by", "right", "error_factor", "why"}]}
std::string PredictionsJson(const Exercise& exercise,
                            const std::vector<PredictionState>& states,
                            const Measurements& measurements);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PREDICTION_VIEW_H_
