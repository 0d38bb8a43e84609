// SPDX-License-Identifier: Apache-2.0

// How a task stands whose test did not build.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BUILD_VERDICT_H_
#define WORKBOOK_TOOLS_WORKBOOK_BUILD_VERDICT_H_

#include "tools/bazel_client/build_events.h"
#include "tools/workbook/evidence.h"
#include "tools/workbook/exercise_report.h"

namespace workbook::cli {

// Sets the state, the sentence and the place of `task`: the first error of the
// compiler or the linker in the learner's own files. Where that file is another
// task's, this one waits for it.
// Cost: reads what the failed actions of `target` said.
void TellBuildFailure(const Evidence& evidence, const BazelTarget& target,
                      TaskReport& task);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BUILD_VERDICT_H_
