// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_state.h"

#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/prediction_measured.h"
#include "tools/workbook/prediction_score.h"

namespace workbook::cli {

bool PredictionState::IsAnswered() const {
  return !kept.last.empty() &&
         ReadAnswer(prediction, kept.last).text.has_value();
}

std::vector<PredictionState> LoadPredictionStates(
    const Session& session, const Exercise& exercise,
    std::vector<std::string>* notices) {
  PredictionsResult read = LoadPredictions(session.root(), exercise);
  std::string notice;
  const PredictionLog log =
      PredictionAnswers(session.state_folder()).Load(notice);
  if (notices != nullptr) {
    for (const auto& problem : read.problems) {
      notices->push_back(problem.Text());
    }
    if (!notice.empty()) notices->push_back(notice);
  }
  std::vector<PredictionState> states;
  for (Prediction& prediction : read.predictions) {
    PredictionState state;
    const auto kept = log.kept.find({exercise.id, prediction.id});
    if (kept != log.kept.end()) state.kept = kept->second;
    const auto& tasks = session.progress().tasks;
    const auto task = tasks.find({exercise.id, prediction.task});
    state.is_green = task != tasks.end() && task->second.green;
    state.prediction = std::move(prediction);
    states.push_back(std::move(state));
  }
  return states;
}

std::string ShowOpenPredictions(const Session& session,
                                const Exercise& exercise) {
  std::vector<PredictionState> states = LoadPredictionStates(session, exercise);
  std::erase_if(states, [](const PredictionState& state) {
    return !state.is_green || state.kept.is_revealed;
  });
  if (states.empty()) return {};
  const Measurements measurements =
      LoadMeasurements(session.state_folder(), exercise.id);
  std::map<int, int> hidden;  // by the number of the task
  for (const PredictionState& state : states) {
    if (FindMeasured(state.prediction, measurements).text.empty()) continue;
    ++hidden[state.prediction.task];
  }
  if (hidden.empty()) return {};
  const auto [task, count] = *hidden.begin();
  std::vector<int> further;
  for (auto each = std::next(hidden.begin()); each != hidden.end(); ++each) {
    further.push_back(each->first);
  }
  return fmt::format(
      "{} {} of task {} can be revealed: ./workbook predict {} {}{}\n", count,
      count == 1 ? "prediction" : "predictions", task, exercise.id, task,
      further.empty() ? ""
                      : fmt::format("; then of {} {}",
                                    further.size() == 1 ? "task" : "tasks",
                                    fmt::join(further, ", ")));
}

}  // namespace workbook::cli
