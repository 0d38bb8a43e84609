// An error as people are told it: what happened, where, and what to do next.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PROBLEM_H_
#define WORKBOOK_TOOLS_WORKBOOK_PROBLEM_H_

#include <string>

#include "tools/workbook/exit_code.h"

namespace workbook::cli {

struct Problem {
  std::string what;   // one sentence, no full stop needed
  std::string where;  // a file, file:line or program; may be empty
  std::string next;   // what to type or change
  ExitCode exit_code = kExitEnvironment;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PROBLEM_H_
