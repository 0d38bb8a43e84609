// SPDX-License-Identifier: Apache-2.0

// Canvas's gradebook, read and written back with one column filled in.
#ifndef WORKBOOK_TOOLS_GRADE_CANVAS_H_
#define WORKBOOK_TOOLS_GRADE_CANVAS_H_

#include <string>
#include <vector>

namespace workbook::grade {

struct StudentMark {
  std::string student;  // the name of the folder or archive
  bool is_marked = false;
  double points = 0;
  double max_points = 0;
};

struct CanvasResult {
  std::string csv;
  std::string error;                   // empty if all is well
  std::vector<std::string> unmatched;  // students that no submission names
};

// Canvas's own export with one column more: the points under
// `assignment` ("Workbook 3 (12345)"), two decimals. A submission belongs to
// the student whose ID, SIS User ID or SIS Login ID it is named by. A student
// without one keeps an empty cell. Where the column is in the export, it is
// filled in there. On failure: `error` names the line of a damaged export.
CanvasResult CanvasCsv(const std::string& canvas_export,
                       const std::string& assignment,
                       const std::vector<StudentMark>& marks);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CANVAS_H_
