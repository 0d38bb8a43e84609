// SPDX-License-Identifier: Apache-2.0

// The predictions of an exercise and what the learner did with them.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PREDICTION_STATE_H_
#define WORKBOOK_TOOLS_WORKBOOK_PREDICTION_STATE_H_

#include <string>
#include <vector>

#include "tools/course/predictions.h"
#include "tools/workbook/exercise_report.h"
#include "tools/workbook/prediction_answers.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct PredictionState {
  Prediction prediction;
  KeptPrediction kept;
  bool is_green = false;  // its task, when last checked

  // Whether there is an answer that the prediction, as it is worded now, can
  // take.
  bool IsAnswered() const;
};

// Returns the predictions of `exercise` in the order of its file, those that
// can't be read left out.
// Cost: reads predictions.toml and .workbook/predictions.
// On failure: fewer of them. `notices` says why, where the caller asks.
std::vector<PredictionState> LoadPredictionStates(
    const Session& session, const Exercise& exercise,
    std::vector<std::string>* notices = nullptr);

// Takes out of `report` each count that would answer a prediction of its task
// which the learner has neither answered nor given up: of the test that
// measures it, what has the measured value, or the name of a choice.
// Cost: reads predictions.toml, .workbook/predictions, and what was measured
// where a prediction is open.
void HideOpenCounts(const Session& session, const Exercise& exercise,
                    ExerciseReport& report);

// "2 predictions of task 1 can be revealed: ./workbook predict 03_01 1" and a
// line end, for the first green task that has such, and the numbers of further
// ones; then the same of those that the learner has not answered, which are
// still open. "" where no measured prediction of a green task is hidden.
// Cost: reads what was measured only where a green task hides a prediction.
std::string ShowOpenPredictions(const Session& session,
                                const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PREDICTION_STATE_H_
