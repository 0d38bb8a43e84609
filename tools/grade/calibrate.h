// What the reference needs: the measure of every submission.
#ifndef WORKBOOK_TOOLS_GRADE_CALIBRATE_H_
#define WORKBOOK_TOOLS_GRADE_CALIBRATE_H_

#include <map>
#include <string>

#include "tools/grade/judge.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

// Builds the reference as a submission is built, asks its tests which there
// are, and runs each twice: fills in the tests, costs and instructions of the
// plan's tasks. What differs between the two runs is not measured, nor are the
// instructions of a test that starts threads; a test that the reference skips
// is one for another build, and not asked for.
// Cost: a build, each test twice, callgrind twice a task.
// Thread safety: one thread, with the slot of `options` to itself.
// On failure: why the reference is no measure here; empty if all is well.
std::string Calibrate(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const JudgeOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CALIBRATE_H_
