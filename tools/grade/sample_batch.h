// SPDX-License-Identifier: Apache-2.0

// What tests of whole batches are made of: a plan of one task with one test,
// and submissions of one file.
#ifndef WORKBOOK_TOOLS_GRADE_SAMPLE_BATCH_H_
#define WORKBOOK_TOOLS_GRADE_SAMPLE_BATCH_H_

#include <filesystem>
#include <string>

#include "tools/grade/judge.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// Of 09_09: task 1 is ring.cc, and its test Task1.A. Makes folder/trusted.
Plan OneTaskPlan(const std::filesystem::path& folder);

// Writes folder/in/STUDENT/ring.cc and returns the student's folder.
std::filesystem::path HandIn(const std::filesystem::path& folder,
                             const std::string& student,
                             const std::string& bytes);

// The verdict of a judge that costs nothing.
Result OneTestResult(const Job& job, bool passes);

// By the bytes alone: about half of the submissions pass.
Result ResultByLength(const Job& job);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_SAMPLE_BATCH_H_
