// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/grading.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

int RunGrade(Session& session, const grade::GradeOptions& options) {
  const Problem failure = grade::GradeFolder(session.course(), options);
  if (failure.what.empty()) return kExitOk;
  return Report(failure);
}

}  // namespace workbook::cli
