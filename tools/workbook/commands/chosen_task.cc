#include "tools/workbook/commands/chosen_task.h"

#include <charconv>

#include "fmt/format.h"

namespace workbook::cli {
namespace {

// "3" is 3, "01_02" is 0.
int TaskNumber(const std::string& word) {
  int number = 0;
  const char* end = word.data() + word.size();
  const auto result = std::from_chars(word.data(), end, number);
  return result.ptr == end ? number : 0;
}

Problem NoSuchTask(const Exercise& exercise, const std::string& word,
                   const std::string& command) {
  return {.what = fmt::format("{} has no task {}", exercise.id, word),
          .where = exercise.manifest.string(),
          .next = fmt::format("Its tasks are 1 to {}: ./workbook {} {} 1",
                              exercise.tasks.size(), command, exercise.id),
          .exit_code = kExitUsage};
}

}  // namespace

ChosenTask ChooseTask(const Session& session, std::vector<std::string> words,
                      const std::string& command) {
  std::string id;
  // `hint 3` is task 3 of the current exercise.
  if (!words.empty() && TaskNumber(words.front()) == 0) {
    id = words.front();
    words.erase(words.begin());
  }
  const ChosenExercise chosen = Choose(session, id);
  if (chosen.exercise == nullptr) return {.problem = chosen.problem};
  if (words.empty()) return {.exercise = chosen.exercise};
  const int task = TaskNumber(words.front());
  if (task < 1 || task > static_cast<int>(chosen.exercise->tasks.size())) {
    return {.problem = NoSuchTask(*chosen.exercise, words.front(), command)};
  }
  return {.exercise = chosen.exercise, .task = task};
}

int OpenTask(const Session& session, const Exercise& exercise) {
  const auto& tasks = session.progress().tasks;
  for (const Level level : {Level::kCore, Level::kDeep}) {
    for (const Task& task : exercise.tasks) {
      if (task.level != level) continue;
      const auto found = tasks.find({exercise.id, task.number});
      if (found == tasks.end() || !found->second.green) return task.number;
    }
  }
  return static_cast<int>(exercise.tasks.size());
}

}  // namespace workbook::cli
