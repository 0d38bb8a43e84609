// SPDX-License-Identifier: Apache-2.0

// Which exercise and task the learner is at, by his own files.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_LAST_EDITED_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_LAST_EDITED_H_

#include <set>

#include "tools/workbook/session.h"

namespace workbook::cli {

// Returns the number of the task whose file was edited last: of the files that
// differ from their stub the newest. 0 where none of them does.
// Cost: the time of each file of the exercise; a stub is made for each file
// that is newer than the one edited last.
int LastEditedTask(const Session& session, const Exercise& exercise);

// Returns the exercise in which the learner works: that of the file edited
// last, where that was after the last look; else the one worked on last, where
// it is solved and a task of it is edited and was not green when last checked.
// nullptr where neither says so: then the way through the course decides.
// Cost: as LastEditedTask, for the files written after the last look.
const Exercise* ExerciseAtHand(const Session& session);

// Returns the deep tasks that are not green and of which every file is its
// stub: there is nothing to test yet.
// Cost: a stub for each file of the deep tasks.
std::set<int> UntouchedDeepTasks(const Session& session,
                                 const Exercise& exercise);

// Returns the tasks that were never tested and of which a file differs from its
// stub: a learner who writes three of them between two checks hears of three.
// Cost: a stub for each file of the tasks that were never tested.
std::set<int> EditedUntestedTasks(const Session& session,
                                  const Exercise& exercise);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_LAST_EDITED_H_
