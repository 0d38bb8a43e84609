// SPDX-License-Identifier: Apache-2.0

// What grading costs against the compiler, the linker, the tests and callgrind
// alone.
#ifndef WORKBOOK_TOOLS_GRADE_BARE_H_
#define WORKBOOK_TOOLS_GRADE_BARE_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/grade/batch.h"
#include "tools/grade/marks.h"
#include "tools/grade/plan.h"

namespace workbook::grade {

struct BareComparison {
  std::size_t submissions = 0;
  double graded_seconds = 0;
  double bare_seconds = 0;
  // Of this process and of all that it has started: what else the machine does
  // changes these little.
  double graded_processor_seconds = 0;
  double bare_processor_seconds = 0;
  std::string error;  // a bare command that failed; empty if all went well

  double Ratio() const { return graded_seconds / bare_seconds; }
  double ProcessorRatio() const {
    return graded_processor_seconds / bare_processor_seconds;
  }
};

// Grades the submissions with options.jobs workers and runs the bare commands
// for them with as many, by turns: as many submissions as there are workers one
// way, then the same the other way, so that what else the machine does meets
// both. Bare are the same g++ and flags for each source, each test compiled
// once for all submissions with the same headers, one link a task, the binary
// once for all its tests and once under callgrind. Without a jail, the
// inspection, a process a test, a ledger. The first submission is done before
// the clock starts, by both.
// REQUIRES: submissions that build and differ: equal ones are graded once; at
// least one.
// Cost: twice the grading. Runs code that is not trusted outside the jail: for
// submissions of your own.
BareComparison CompareWithBare(const Plan& plan, const MarkRules& rules,
                               const std::vector<std::filesystem::path>& paths,
                               const BatchOptions& options);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_BARE_H_
