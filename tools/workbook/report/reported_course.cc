// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/report/reported_course.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "tools/text/text_file.h"
#include "tools/workbook/figures.h"
#include "tools/workbook/prediction_state.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

std::vector<ReportedTask> GainsOf(const Session& session,
                                  const Exercise& exercise) {
  const auto kept =
      GainsByTask(LoadRecorded(session.state_folder(), exercise.id));
  std::vector<ReportedTask> tasks;
  for (const Task& task : exercise.tasks) {
    const auto found = kept.find(task.number);
    if (found == kept.end()) continue;
    tasks.push_back({task.number, task.title, found->second});
  }
  return tasks;
}

Forms FormsOf(const Session& session, const Exercise& exercise) {
  const fs::path file = exercise.folder / "bench.toml";
  return ReadForms(ReadTextFile(session.root() / file).value_or(""),
                   file.string());
}

ReportedExercise ExerciseOf(const Session& session, const Exercise& exercise,
                            std::vector<std::string>& damaged) {
  const fs::path state = session.state_folder();
  const KeptFigures times = LoadFigures(state, exercise.id);
  const KeptFigures exact = LoadFigures(state, exercise.id, FigureKind::kExact);
  for (const KeptFigures* kept : {&times, &exact}) {
    damaged.insert(damaged.end(), kept->damaged.begin(), kept->damaged.end());
  }
  return {.id = exercise.id,
          .title = exercise.title,
          .core = {session.GreenTasks(exercise, Level::kCore),
                   exercise.TasksOf(Level::kCore)},
          .deep = {session.GreenTasks(exercise, Level::kDeep),
                   exercise.TasksOf(Level::kDeep)},
          .is_solved = session.IsSolved(exercise.id),
          .is_mastered = session.IsMastered(exercise),
          .gains = GainsOf(session, exercise),
          .calibration =
              CalibrationOf(exercise, LoadPredictionStates(session, exercise)),
          .figures = ReadFigures(times.measurements, exact.measurements,
                                 FormsOf(session, exercise))};
}

std::vector<std::string> FoldersOfGone(const Session& session) {
  std::vector<std::string> gone;
  std::error_code ignored;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(session.state_folder() / "figures", ignored)) {
    if (!entry.is_directory(ignored)) continue;
    if (session.course().Find(entry.path().filename().string()) == nullptr) {
      gone.push_back(entry.path().string());
    }
  }
  std::sort(gone.begin(), gone.end());
  return gone;
}

}  // namespace

ReportedCourse CollectReport(const Session& session,
                             const std::vector<std::string>& ids) {
  ReportedCourse course;
  for (const Exercise& exercise : session.course().exercises) {
    const bool is_wanted = ids.empty() || std::find(ids.begin(), ids.end(),
                                                    exercise.id) != ids.end();
    if (!is_wanted) continue;
    course.exercises.push_back(ExerciseOf(session, exercise, course.damaged));
  }
  if (ids.empty()) course.gone = FoldersOfGone(session);
  return course;
}

}  // namespace workbook::cli
