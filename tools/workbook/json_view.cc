// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/json_view.h"

#include "nlohmann/json.hpp"
#include "tools/workbook/calibration.h"
#include "tools/workbook/gains.h"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kIndent = 2;

// A test's message may hold any byte.
std::string Dump(const Json& json) {
  return json.dump(kIndent, ' ', /*ensure_ascii=*/false,
                   Json::error_handler_t::replace);
}

Json CaseJson(const Case& found) {
  Json steps = Json::array();
  for (const CaseStep& step : found.steps) {
    steps.push_back({{"line", step.line}, {"picture", step.picture}});
  }
  return {{"verdict", found.verdict}, {"steps", steps}};
}

Json TaskJson(const TaskReport& task, const Task& spec) {
  Json json = {{"task", task.number},
               {"title", task.title},
               {"level", LevelName(spec.level)},
               {"minutes", spec.minutes},
               {"state", StateName(task.state)},
               {"passed", task.passed},
               {"total", task.total},
               {"test", task.test},
               {"message", task.sentence},
               {"file", task.file},
               {"line", task.line},
               {"details", task.details},
               {"contract", task.contract},
               {"contract_place", task.contract_place},
               {"page", task.page},
               {"page_line", task.page_line}};
  json["red_tests"] = Json::array();
  for (const RedTest& test : task.red_tests) {
    json["red_tests"].push_back({{"name", test.name},
                                 {"file", test.file},
                                 {"line", test.line},
                                 {"to_write", test.to_write}});
  }
  json["gains"] = Json::array();
  for (const Gain& gain : FindGains(task.recorded)) {
    if (!task.Green()) break;
    json["gains"].push_back(
        {{"name", gain.name}, {"before", gain.before}, {"after", gain.after}});
  }
  json["case"] = task.found_case ? CaseJson(*task.found_case) : Json(nullptr);
  if (task.waits_for != 0) json["waits_for"] = task.waits_for;
  if (task.cause != 0) json["cause"] = task.cause;
  json["remembered"] = task.remembered;
  json["starts_threads"] = task.starts_threads;
  return json;
}

Json CalibrationJson(const Session& session, const Exercise& exercise) {
  const Calibration sum =
      CalibrationOf(exercise, LoadPredictionStates(session, exercise));
  if (sum.IsEmpty()) return nullptr;
  return {{"choices", sum.choices},
          {"choices_right", sum.choices_right},
          {"numbers", sum.numbers},
          {"numbers_right", sum.numbers_right},
          {"median_error",
           sum.numbers > 0 ? Json(sum.median_error) : Json(nullptr)}};
}

Json ExerciseJson(const Session& session, const Exercise& exercise) {
  const Progress& progress = session.progress();
  Json tasks = Json::array();
  for (const Task& task : exercise.tasks) {
    const Progress::TaskKey key{exercise.id, task.number};
    const auto found = progress.tasks.find(key);
    const TaskProgress record =
        found == progress.tasks.end() ? TaskProgress{} : found->second;
    tasks.push_back({{"task", task.number},
                     {"title", task.title},
                     {"level", LevelName(task.level)},
                     {"minutes", task.minutes},
                     {"green", record.green},
                     {"passed", record.passed},
                     {"total", record.total},
                     {"hints_shown", progress.HintsShown(key)}});
  }
  return {{"id", exercise.id},
          {"title", exercise.title},
          {"chapter", exercise.chapter},
          {"minutes", exercise.CoreMinutes()},
          {"deep_minutes", exercise.DeepMinutes()},
          {"page", exercise.page.string()},
          {"solved", session.IsSolved(exercise.id)},
          {"mastered", session.IsMastered(exercise)},
          {"green_tasks", progress.GreenTasks(exercise.id)},
          {"calibration", CalibrationJson(session, exercise)},
          {"tasks", tasks}};
}

}  // namespace

std::string ReportJson(const ExerciseReport& report, const Exercise& exercise,
                       int exit_code) {
  Json tasks = Json::array();
  for (const TaskReport& task : report.tasks) {
    const auto index = static_cast<size_t>(task.number - 1);
    tasks.push_back(TaskJson(task, exercise.tasks[index]));
  }
  return Dump({{"exercise", exercise.id},
               {"exit_code", exit_code},
               {"green_tasks", report.GreenTasks()},
               {"solved", report.Solved()},
               {"mastered", report.Mastered()},
               {"tasks", tasks}});
}

std::string CourseJson(const Session& session) {
  Json exercises = Json::array();
  for (const Exercise& exercise : session.course().exercises) {
    exercises.push_back(ExerciseJson(session, exercise));
  }
  return Dump({{"current", session.Current().id}, {"exercises", exercises}});
}

}  // namespace workbook::cli
