// SPDX-License-Identifier: Apache-2.0

// What every command starts from: the checkout, its course, the learner's
// progress and the screen.
#ifndef WORKBOOK_TOOLS_WORKBOOK_SESSION_H_
#define WORKBOOK_TOOLS_WORKBOOK_SESSION_H_

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "tools/course/course.h"
#include "tools/problem/problem.h"
#include "tools/workbook/progress.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

class Session {
 public:
  // `root` holds WORKSPACE and exercises/.
  Session(std::filesystem::path root, Course course, Terminal terminal);

  const std::filesystem::path& root() const { return root_; }
  const Terminal& terminal() const { return terminal_; }
  const Course& course() const { return course_; }
  const Progress& progress() const { return progress_; }
  std::filesystem::path state_folder() const { return root_ / ".workbook"; }

  // The exercise that a command without NN_MM means: the one at hand; else the
  // one worked on last while it is unsolved, else the first unsolved one of the
  // way, else the last. REQUIRES: the course is not empty.
  const Exercise& Current() const;

  // Sets the exercise in which the learner works by his own files; nullptr
  // where they do not say. REQUIRES: it is one of course().
  void set_at_hand(const Exercise* exercise) { at_hand_ = exercise; }

  // Says in a line why Current() is another exercise than the one worked on
  // last; "" where it is that one, or where there is none.
  std::string TellSwitch() const;

  // When a command last told the learner where he is: what he writes later
  // says where he is now. nullopt before the first time.
  std::optional<std::filesystem::file_time_type> LastLook() const;

  // Remembers that this was at `time`, on disk; as Remember, below.
  void MarkLook(std::filesystem::file_time_type time) const;

  // The first unsolved exercise after `exercise`, then from the beginning;
  // nullptr when all are solved.
  const Exercise* NextUnsolved(const Exercise& exercise) const;

  // Whether all core tasks were green once.
  bool IsSolved(const std::string& id) const;

  // Whether all tasks were green once, or each was when last checked: a
  // progress file from before there were levels does not say so itself.
  bool IsMastered(const Exercise& exercise) const;

  // Whether a task was green when last checked.
  bool IsGreen(const Exercise& exercise, int task) const;

  // Whether the reference of a task, or of the whole exercise for 0, spoils
  // nothing: the task was green when last checked, or the exercise is solved.
  bool MayCompare(const Exercise& exercise, int task) const;

  // Counts the tasks of a level that were green when last checked.
  int GreenTasks(const Exercise& exercise, Level level) const;

  // Counts the deep tasks that are left; none once the exercise is mastered.
  int DeepTasksLeft(const Exercise& exercise) const;

  // "4 of 5 core tasks"
  std::string CoreText(const Exercise& exercise) const;

  // Changes the progress, in memory and on disk; a disk that refuses is told,
  // and does not stop the command.
  void Remember(const std::function<void(Progress&)>& change);

 private:
  std::filesystem::path root_;
  Course course_;
  Terminal terminal_;
  ProgressFile file_;
  Progress progress_;
  const Exercise* at_hand_ = nullptr;
};

// The exercise that `id` names ("" for the current one, and a switch to it is
// told on stderr), or the Problem of an unknown one.
struct ChosenExercise {
  const Exercise* exercise = nullptr;
  Problem problem;
};
ChosenExercise Choose(const Session& session, const std::string& id);

// Whether this copy of the course has the exercise's reference; one that was
// made for a class has none.
bool HasReference(const std::filesystem::path& root, const Exercise& exercise);

// The folder that holds the course: WORKBOOK_ROOT, else the nearest one above
// the current folder with a WORKSPACE and exercises/.
std::optional<std::filesystem::path> FindRoot();

// "2026-11-21T09:00:00Z"
std::string UtcNow();

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_SESSION_H_
