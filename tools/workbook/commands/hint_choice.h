// SPDX-License-Identifier: Apache-2.0

// Which block of hints a learner needs.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_HINT_CHOICE_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_HINT_CHOICE_H_

#include <optional>
#include <string>

#include "tools/course/hints.h"
#include "tools/workbook/found_races.h"
#include "tools/workbook/session.h"

namespace workbook::cli {

struct HintChoice {
  const HintBlock* block = nullptr;  // one of the HintsResult; or none
  // No heading names the red test: the block is about the whole task.
  bool is_of_the_task = false;
  // Of a task whose tests are green: what `check --tsan` found. The block is
  // then about threads; where none is, there is no block.
  std::optional<FoundRace> race{};
};

// Returns the block for the function that did not compile at the last check;
// else for the race that was found; else for the first red test.
// Cost: reads the learner's sources where the task did not build.
HintChoice ChooseHint(const Session& session, const Exercise& exercise,
                      int task, const HintsResult& hints);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_HINT_CHOICE_H_
