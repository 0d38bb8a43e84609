#include "tools/workbook/prediction_state.h"

#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
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

std::string ShowOpenPredictions(const std::vector<PredictionState>& states,
                                const std::string& exercise) {
  int count = 0;
  std::set<int> tasks;
  for (const PredictionState& state : states) {
    if (!state.is_green || state.kept.is_revealed) continue;
    ++count;
    tasks.insert(state.prediction.task);
  }
  if (count == 0) return {};
  return fmt::format(
      "{} {} of {} {} can be revealed: ./workbook predict {} {}\n", count,
      count == 1 ? "prediction" : "predictions",
      tasks.size() == 1 ? "task" : "tasks", fmt::join(tasks, ", "), exercise,
      *tasks.begin());
}

}  // namespace workbook::cli
