// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/last_edited.h"

#include <algorithm>
#include <filesystem>
#include <optional>
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

bool HasEdits(const Session& session, const Exercise& exercise,
              const Task& task) {
  return std::any_of(task.files.begin(), task.files.end(),
                     [&](const std::string& name) {
                       return IsEdited(session, exercise, name);
                     });
}

// Whether a file is there and as it came; false where that is not known.
bool IsStub(const Session& session, const Exercise& exercise,
            const std::string& name) {
  const PristineFile stub = ReadPristine(session.root(), exercise, name);
  return stub.text &&
         ReadTextFile(session.root() / exercise.folder / name) == *stub.text;
}

}  // namespace

const Exercise* ExerciseAtHand(const Session& session) {
  const auto last_look = session.LastLook();
  const Exercise* newest = nullptr;
  fs::file_time_type newest_time =
      last_look.value_or(fs::file_time_type::max());
  for (const Exercise& exercise : session.course().exercises) {
    for (const LearnersFile& file : NewestFirst(session, exercise)) {
      if (file.written <= newest_time) break;
      if (!IsEdited(session, exercise, file.name)) continue;
      newest = &exercise;
      newest_time = file.written;
      break;
    }
  }
  if (newest != nullptr) return newest;
  const Exercise* const last =
      session.course().Find(session.progress().current);
  if (last == nullptr || !session.IsSolved(last->id)) return nullptr;
  const bool is_open = std::any_of(
      last->tasks.begin(), last->tasks.end(), [&](const Task& task) {
        return session.progress().tasks.contains({last->id, task.number}) &&
               !session.IsGreen(*last, task.number) &&
               HasEdits(session, *last, task);
      });
  return is_open ? last : nullptr;
}

std::set<int> UntouchedDeepTasks(const Session& session,
                                 const Exercise& exercise) {
  std::set<int> untouched;
  for (const Task& task : exercise.tasks) {
    if (task.level != Level::kDeep || session.IsGreen(exercise, task.number)) {
      continue;
    }
    if (std::all_of(task.files.begin(), task.files.end(),
                    [&](const std::string& name) {
                      return IsStub(session, exercise, name);
                    })) {
      untouched.insert(task.number);
    }
  }
  return untouched;
}

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
    if (HasEdits(session, exercise, task)) edited.insert(task.number);
  }
  return edited;
}

}  // namespace workbook::cli
