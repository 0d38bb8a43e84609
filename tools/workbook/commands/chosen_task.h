// Which task of which exercise a command is asked about: [NN_MM] [task].
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

// Reads the words behind `command`: "01_02 3", "01_02", "3" or none. Without an
// exercise, the current one is meant.
// On failure: the Problem of an unknown exercise or task.
ChosenTask ChooseTask(const Session& session, std::vector<std::string> words,
                      const std::string& command);

// Returns the first task that was not green when last checked, core tasks
// first; the last one where all were.
int OpenTask(const Session& session, const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_CHOSEN_TASK_H_
