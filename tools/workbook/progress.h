// What the learner has done, in .workbook/progress: plain text, a fact a line.
//   memory-workbook progress 1
//   current 01_02
//   task 01_02 1 green 14 14      (exercise, task, state, tests passed, of)
//   hint 01_02 2 1                (exercise, task, hints shown)
//   solved 01_02 2026-11-21T09:00:00Z
#ifndef WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_
#define WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tools/workbook/problem.h"

namespace workbook::cli {

struct TaskProgress {
  bool green = false;
  int passed = 0;
  int total = 0;

  bool operator==(const TaskProgress&) const = default;
};

struct Progress {
  using TaskKey = std::pair<std::string, int>;  // exercise, task

  std::string current;  // the exercise worked on last; or ""
  std::map<TaskKey, TaskProgress> tasks;
  std::map<TaskKey, int> hints;               // levels shown
  std::map<std::string, std::string> solved;  // exercise to UTC time

  bool operator==(const Progress&) const = default;

  int GreenTasks(const std::string& exercise) const;
};

struct ProgressText {
  Progress progress;
  int damaged_lines = 0;  // left out; all others were read
};

ProgressText ParseProgress(std::string_view text);
std::string FormatProgress(const Progress& progress);

// The file in a folder, shared by all who run the command at the same time.
class ProgressFile {
 public:
  // `folder` is .workbook; it need not exist.
  explicit ProgressFile(std::filesystem::path folder);

  // What the file says. A damaged file is moved aside, the readable lines are
  // kept, and `notice` says so; no file is no progress.
  Progress Load(std::string& notice) const;

  // Loads, lets `change` alter it and saves, all under a lock.
  // On failure: the old file stays, the Problem says why.
  std::optional<Problem> Update(
      const std::function<void(Progress&)>& change) const;

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PROGRESS_H_
