#include "tools/grade/grading.h"
#include "tools/workbook/instructor/actions.h"

namespace workbook::cli {

int RunGrade(Session& session, const grade::GradeOptions& options) {
  const grade::GradeFailure failure =
      grade::GradeFolder(session.course(), options);
  if (failure.what.empty()) return kExitOk;
  return Report({.what = failure.what,
                 .where = failure.where,
                 .next = failure.next,
                 .exit_code = kExitEnvironment});
}

}  // namespace workbook::cli
