// SPDX-License-Identifier: Apache-2.0

// The files that a graded class becomes.
#ifndef WORKBOOK_TOOLS_GRADE_CLASS_EXPORTS_H_
#define WORKBOOK_TOOLS_GRADE_CLASS_EXPORTS_H_

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/grade/canvas.h"
#include "tools/grade/mark_rules.h"
#include "tools/grade/overview.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// A file that is written in parts and appears whole: until Finish, which syncs
// it, what was there before stays. On failure each function throws
// std::system_error.
class GrowingFile {
 public:
  explicit GrowingFile(const std::filesystem::path& path);
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  ~GrowingFile();  // without Finish, nothing is left of it

  void Add(const std::string& text);
  void Finish();

 private:
  std::filesystem::path path_;
  std::filesystem::path part_;
  int file_ = -1;
  off_t bytes_ = 0;
};

// result.json, junit.xml, class.html, and a page and a Gradescope file a
// student. Each file is the old one or the new one, never a part.
// Thread safety: none. On failure: throws std::system_error (a full disk).
class ClassExports {
 public:
  // REQUIRES: `out` is there; the plan and the rules outlive it.
  ClassExports(const std::filesystem::path& out, const Plan& plan,
               const MarkRules& rules);

  // REQUIRES: in the order of the submissions.
  // Cost: two files; memory for the sums of the class and for a StudentMark.
  void Add(const Result& result);
  void Finish();

  const std::vector<StudentMark>& marks() const { return marks_; }

 private:
  const std::filesystem::path out_;
  const MarkRules& rules_;
  GrowingFile results_;
  GrowingFile junit_;
  Overview overview_;
  std::vector<StudentMark> marks_;
};

// Returns the level that the marks in `out` were given for, "core" or "all";
// "all" where nothing was exported, or before there were levels.
// Cost: the first line of result.json. Thread safety: any thread.
std::string ExportedLevel(const std::filesystem::path& out);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CLASS_EXPORTS_H_
