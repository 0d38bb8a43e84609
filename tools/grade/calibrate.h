// SPDX-License-Identifier: Apache-2.0

// What the reference needs: the measure of every submission.
#ifndef WORKBOOK_TOOLS_GRADE_CALIBRATE_H_
#define WORKBOOK_TOOLS_GRADE_CALIBRATE_H_

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tools/grade/judge.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

// Told after each task, and after the hidden tests: how many of how many. One
// call at a time.
using CalibrationProgress = std::function<void(std::size_t, std::size_t)>;

// Builds the reference as a submission is built, asks its tests which there
// are, and runs each twice: fills in the tests, costs and instructions of the
// plan's tasks. What differs between the two runs is not measured, nor are the
// instructions of a test that starts threads; a test that the reference skips
// is one for another build, and not asked for. Of each case it finds out how
// many histories fit case_time, of each test its canaries (canary.h), and of
// each hidden test what its assertions see (observation.h).
// REQUIRES: at least one worker, each with a slot and a scratch folder of its
// own and one cache of objects for all.
// Cost: a build, each test five times, callgrind twice a task; tests are
// compiled, and tasks run, on all workers.
// Thread safety: one thread, with the slots of the workers to itself.
// On failure: why the reference is no measure here; empty if all is well.
std::string Calibrate(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const std::vector<JudgeOptions>& workers,
                      const CalibrationProgress& progress = {});

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CALIBRATE_H_
