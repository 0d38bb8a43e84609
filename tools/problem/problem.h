// SPDX-License-Identifier: Apache-2.0

// An error as people are told it: what happened, where, and what to do next.
#ifndef WORKBOOK_TOOLS_PROBLEM_PROBLEM_H_
#define WORKBOOK_TOOLS_PROBLEM_PROBLEM_H_

#include <string>

#include "tools/problem/exit_code.h"

namespace workbook {

struct Problem {
  std::string what;   // one sentence, no full stop needed
  std::string where;  // a file, file:line or program; may be empty
  std::string next;   // what to type or change; may be empty
  ExitCode exit_code = kExitEnvironment;  // of a command that it ends

  // Returns "where: what. Fix: next." in one line.
  // Thread safety: any thread, for all functions here.
  std::string Text() const;

  // Returns `what`, and below it a line for each of the other two.
  std::string Paragraph() const;
};

// Makes the problem of a line of a file, or of the whole file for line 0.
// `field` is that of a manifest, "tasks[2].files", or empty.
Problem ProblemIn(const std::string& file, int line, const std::string& field,
                  const std::string& what, const std::string& next);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROBLEM_PROBLEM_H_
