// SPDX-License-Identifier: Apache-2.0

// The reference's figures, kept from one run to the next.
#ifndef WORKBOOK_TOOLS_GRADE_PLAN_CACHE_H_
#define WORKBOOK_TOOLS_GRADE_PLAN_CACHE_H_

#include <filesystem>
#include <map>
#include <string>

#include "tools/grade/plan.h"

namespace workbook::grade {

// What Calibrate finds depends on this and on nothing else: a hash of the plan
// before it, of the reference, of what counts (callgrind) and of what the
// machine does at run time: the C and C++ libraries, which choose code by the
// processor's features. REQUIRES: nothing was calibrated into the plan.
// Cost: reads the plan's folder and two libraries; starts valgrind once.
std::string CalibrationKey(const Plan& plan,
                           const std::map<std::string, std::string>& reference);

// Fills in what Calibrate would. False, and the plan as it was, where the file
// has nothing for this key: it is of another time, cut off, or not there.
bool ReadCalibration(const std::filesystem::path& file, const std::string& key,
                     Plan& plan);

// On failure: nothing is kept, and the next run calibrates again.
void KeepCalibration(const std::filesystem::path& file, const std::string& key,
                     const Plan& plan);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_PLAN_CACHE_H_
