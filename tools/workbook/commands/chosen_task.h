// SPDX-License-Identifier: Apache-2.0

// "[NN_MM] [task]" of a command line.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_CHOSEN_TASK_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_CHOSEN_TASK_H_

#include <string>
#include <vector>

#include "tools/workbook/session.h"

namespace workbook::cli {

struct ChosenTask {
  const Exercise* exercise = nullptr;  // nullptr: `problem` says why
  int task = 0;                        // 0 where no word names one
  Problem problem{};
};

// Reads `words`, which may be an exercise, a task, or an exercise and a task;
// a task alone is one of the current exercise.
// On failure: the Problem of an exercise or task that does not exist. It says
// what to type for `command`, such as "check".
ChosenTask ChooseTask(const Session& session,
                      const std::vector<std::string>& words,
                      const std::string& command);

// Returns the task edited last while it is not green; else the first that was
// not green when last checked, core tasks first; the last one where all were.
int OpenTask(const Session& session, const Exercise& exercise);

// Reads "3"; 0 for what is not a number.
int TaskNumber(const std::string& word);

// Makes the Problem of a task that `exercise` does not have.
Problem NoSuchTask(const Exercise& exercise, const std::string& word,
                   const std::string& command);

// Says which tasks may be compared with the reference before the exercise is
// solved: "Task 2 is green: ./workbook diff 01_02 2. ", or "" where none is.
std::string OfferGreenTask(const Session& session, const Exercise& exercise,
                           const std::string& command);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_CHOSEN_TASK_H_
