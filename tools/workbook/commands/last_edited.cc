// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/last_edited.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "tools/text/text_file.h"
#include "tools/workbook/commands/pristine.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct LearnersFile {
  fs::file_time_type written;
  int task = 0;
  std::string name;
};

std::vector<LearnersFile> NewestFirst(const Session& session,
                                      const Exercise& exercise) {
  std::vector<LearnersFile> files;
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : task.files) {
      std::error_code error;
      const auto written =
          fs::last_write_time(session.root() / exercise.folder / name, error);
      if (!error) files.push_back({written, task.number, name});
    }
  }
  std::stable_sort(files.begin(), files.end(),
                   [](const LearnersFile& a, const LearnersFile& b) {
                     return a.written > b.written;
                   });
  return files;
}

// Whether the learner has changed a file.
bool IsEdited(const Session& session, const Exercise& exercise,
              const std::string& name) {
  const PristineFile stub = ReadPristine(session.root(), exercise, name);
  return stub.text &&
         ReadTextFile(session.root() / exercise.folder / name) != *stub.text;
}

}  // namespace

int LastEditedTask(const Session& session, const Exercise& exercise) {
  for (const LearnersFile& file : NewestFirst(session, exercise)) {
    if (IsEdited(session, exercise, file.name)) return file.task;
  }
  return 0;
}

std::set<int> EditedUntestedTasks(const Session& session,
                                  const Exercise& exercise) {
  std::set<int> edited;
  for (const Task& task : exercise.tasks) {
    if (session.progress().tasks.contains({exercise.id, task.number})) continue;
    if (std::any_of(task.files.begin(), task.files.end(),
                    [&](const std::string& name) {
                      return IsEdited(session, exercise, name);
                    })) {
      edited.insert(task.number);
    }
  }
  return edited;
}

}  // namespace workbook::cli
