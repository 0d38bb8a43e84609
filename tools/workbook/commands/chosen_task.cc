// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/chosen_task.h"

#include <charconv>
#include <system_error>

#include "fmt/format.h"
#include "tools/workbook/commands/last_edited.h"

namespace workbook::cli {

int TaskNumber(const std::string& word) {
  int number = 0;
  const char* end = word.data() + word.size();
  const auto result = std::from_chars(word.data(), end, number);
  return result.ec == std::errc() && result.ptr == end ? number : 0;
}

Problem NoSuchTask(const Exercise& exercise, const std::string& word,
                   const std::string& command) {
  return {.what = fmt::format("{} has no task {}", exercise.id, word),
          .where = exercise.manifest.string(),
          .next = fmt::format("Its tasks are 1 to {}: ./workbook {} {} 1",
                              exercise.tasks.size(), command, exercise.id),
          .exit_code = kExitUsage};
}

ChosenTask ChooseTask(const Session& session,
                      const std::vector<std::string>& words,
                      const std::string& command) {
  std::string id;
  std::string task;
  if (words.size() == 1 && TaskNumber(words[0]) != 0) {
    task = words[0];
  } else if (!words.empty()) {
    id = words[0];
    if (words.size() > 1) task = words[1];
  }
  const ChosenExercise found = Choose(session, id);
  if (found.exercise == nullptr) return {.problem = found.problem};
  if (task.empty()) return {.exercise = found.exercise};
  const int number = TaskNumber(task);
  if (number < 1 || number > static_cast<int>(found.exercise->tasks.size())) {
    return {.problem = NoSuchTask(*found.exercise, task, command)};
  }
  return {.exercise = found.exercise, .task = number};
}

int OpenTask(const Session& session, const Exercise& exercise) {
  const int at = LastEditedTask(session, exercise);
  if (at != 0 && !session.IsGreen(exercise, at)) return at;
  for (const Level level : {Level::kCore, Level::kDeep}) {
    for (const Task& task : exercise.tasks) {
      if (task.level == level && !session.IsGreen(exercise, task.number)) {
        return task.number;
      }
    }
  }
  return static_cast<int>(exercise.tasks.size());
}

std::string OfferGreenTask(const Session& session, const Exercise& exercise,
                           const std::string& command) {
  for (const Task& task : exercise.tasks) {
    if (!session.IsGreen(exercise, task.number)) continue;
    return fmt::format("Task {} is green: ./workbook {} {} {}. ", task.number,
                       command, exercise.id, task.number);
  }
  return {};
}

}  // namespace workbook::cli
