// SPDX-License-Identifier: Apache-2.0

// What the learner has done, and how .workbook/progress says it: plain text, a
// fact a line, no path and nothing else of the machine, so that a copy serves
// on another one.
//   memory-workbook progress 1    (version: major, or major.minor)
//   current 01_02
//   task 01_02 1 green 14 14      (exercise, task, state, tests passed, of)
//   hint 01_02 2 1                (exercise, task, hints shown)
//   solved 01_02 2026-11-21T09:00:00Z    (its core tasks were green)
//   mastered 01_02 2026-11-22T09:00:00Z  (all were; since version 1.1)
//   red 01_02 1 Task1Pool.Grows   (exercise, task, the test that failed first)
//   block 01_02 1 Grows 2         (exercise, task, a block of hints, how many
//   of
//                                 it were shown; both since version 1.2)
// A minor version adds lines of new kinds, and words at the end of known ones:
// whoever does not know them keeps them. Anything else is a new major version,
// which older programs leave alone.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PROGRESS_TEXT_H_
#define WORKBOOK_TOOLS_WORKBOOK_PROGRESS_TEXT_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbook::cli {

// What this program writes.
inline constexpr int kProgressMajor = 1;
// The newest minor version that this program knows. It writes the oldest one
// that has all of its lines.
inline constexpr int kProgressMinor = 2;

struct TaskProgress {
  bool green = false;
  int passed = 0;
  int total = 0;

  bool operator==(const TaskProgress&) const = default;
};

struct Progress {
  using TaskKey = std::pair<std::string, int>;  // exercise, task
  using BlockKey = std::pair<TaskKey, std::string>;

  std::string current;  // the exercise worked on last; or ""
  std::map<TaskKey, TaskProgress> tasks;
  std::map<TaskKey, int> hints;                 // levels shown of a task
  std::map<TaskKey, std::string> red_tests;     // "Suite.Test"
  std::map<BlockKey, int> blocks;               // levels shown of a block
  std::map<std::string, std::string> solved;    // exercise to UTC time
  std::map<std::string, std::string> mastered;  // the same

  // What a newer minor version said, written again as it was read. `minor` is
  // the file's.
  int minor = 0;
  std::vector<std::string> unknown_lines;
  std::map<std::string, std::string> unknown_words;  // after "task 01_02 1"

  bool operator==(const Progress&) const = default;

  int GreenTasks(const std::string& exercise) const;

  // Counts the levels of hints that were shown of a task.
  int HintsShown(const TaskKey& task) const;
};

struct ProgressText {
  Progress progress;
  int damaged_lines = 0;  // left out; all others were read
  int major = kProgressMajor;

  // Nothing was read then: the words may mean something else.
  bool TooNew() const { return major > kProgressMajor; }
};

// Thread safety: any thread. On failure: damaged_lines; nothing is thrown.
ProgressText ParseProgress(std::string_view text);
std::string FormatProgress(const Progress& progress);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PROGRESS_TEXT_H_
