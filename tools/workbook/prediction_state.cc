// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_state.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
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

namespace {

// Whether a recorded count, "Suite.Test#before_peak_bytes", answers the
// prediction.
bool Answers(std::string_view key, const std::string& value,
             const Prediction& prediction, const std::string& measured) {
  const size_t hash = key.find('#');
  if (hash == std::string_view::npos) return false;
  const bool is_measured_there =
      std::any_of(prediction.sources.begin(), prediction.sources.end(),
                  [&](const PredictionSource& source) {
                    return source.kind == PredictionSource::Kind::kTest &&
                           source.name == key.substr(0, hash);
                  });
  if (!is_measured_there) return false;
  const std::string_view name = key.substr(hash + 1);
  for (const std::string_view side : {"before_", "after_"}) {
    if (!name.starts_with(side)) continue;
    // A choice between two loops is made by the counts of both.
    return value == measured ||
           (!prediction.choices.empty() &&
            name.substr(side.size()).starts_with(prediction.id));
  }
  return false;
}

}  // namespace

void HideOpenCounts(const Session& session, const Exercise& exercise,
                    ExerciseReport& report) {
  std::vector<PredictionState> states = LoadPredictionStates(session, exercise);
  std::erase_if(states, [](const PredictionState& state) {
    return state.IsAnswered() || state.kept.is_revealed;
  });
  if (states.empty()) return;
  const Measurements measurements =
      LoadMeasurements(session.state_folder(), exercise.id);
  for (TaskReport& task : report.tasks) {
    for (const PredictionState& state : states) {
      if (state.prediction.task != task.number) continue;
      const std::string measured =
          FindMeasured(state.prediction, measurements).text;
      if (std::erase_if(task.recorded, [&](const auto& entry) {
            return Answers(entry.first, entry.second, state.prediction,
                           measured);
          }) > 0) {
        task.hides_counts = true;
      }
    }
  }
}

namespace {

// What is said of one prediction, and of several.
struct OpenWords {
  std::string_view one;
  std::string_view several;
};

// "2 predictions of task 1 WORDS./workbook predict 03_01 1; then of task 3";
// `counts` are by the number of the task, `more` stands behind the command. ""
// where there is none.
std::string TellOpen(const std::string& exercise,
                     const std::map<int, int>& counts, const OpenWords& words,
                     const std::string& more) {
  if (counts.empty()) return {};
  const auto [task, count] = *counts.begin();
  std::vector<int> further;
  for (auto each = std::next(counts.begin()); each != counts.end(); ++each) {
    further.push_back(each->first);
  }
  return fmt::format(
      "{} {} of task {} {}./workbook predict {} {}{}{}\n", count,
      count == 1 ? "prediction" : "predictions", task,
      count == 1 ? words.one : words.several, exercise, task, more,
      further.empty() ? ""
                      : fmt::format("; then of {} {}",
                                    further.size() == 1 ? "task" : "tasks",
                                    fmt::join(further, ", ")));
}

// " (1 more after ./workbook bench 03_03)": of the same task, by the command
// that measures them.
std::string TellUnmeasured(const std::map<std::string, int>& counts) {
  std::string text;
  for (const auto& [command, count] : counts) {
    text += fmt::format(" ({} more after {})", count, command);
  }
  return text;
}

}  // namespace

std::string ShowOpenPredictions(const Session& session,
                                const Exercise& exercise) {
  std::vector<PredictionState> states = LoadPredictionStates(session, exercise);
  std::erase_if(states, [](const PredictionState& state) {
    return !state.is_green || state.kept.is_revealed;
  });
  if (states.empty()) return {};
  const Measurements measurements =
      LoadMeasurements(session.state_folder(), exercise.id);
  std::map<int, int> answered;  // by the number of the task
  std::map<int, int> open;
  std::map<int, std::map<std::string, int>> unmeasured;  // answered; by command
  for (const PredictionState& state : states) {
    const int task = state.prediction.task;
    const MeasuredAnswer found = FindMeasured(state.prediction, measurements);
    if (!found.text.empty()) {
      ++(state.IsAnswered() ? answered : open)[task];
    } else if (state.IsAnswered()) {
      ++unmeasured[task][found.command];
    }
  }
  const std::string more =
      answered.empty() ? ""
                       : TellUnmeasured(unmeasured[answered.begin()->first]);
  return TellOpen(exercise.id, answered,
                  {"can be revealed: ", "can be revealed: "}, more) +
         TellOpen(exercise.id, open,
                  {"is still open. Answer it, then see what was measured: ",
                   "are still open. Answer them, then see what was measured: "},
                  "");
}

}  // namespace workbook::cli
