// Why a release stops, as people are told it.
#ifndef WORKBOOK_TOOLS_RELEASE_PROBLEM_H_
#define WORKBOOK_TOOLS_RELEASE_PROBLEM_H_

#include <string>

namespace workbook::release {

struct ReleaseProblem {
  std::string what;       // one sentence without a full stop
  std::string where;      // a file, file:line or program
  std::string next;       // what to type or change
  bool is_usage = false;  // an exercise that there is none of
};

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_PROBLEM_H_
