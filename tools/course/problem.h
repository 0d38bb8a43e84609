// What is wrong with a course, in the words that an author fixes it by.
#ifndef WORKBOOK_TOOLS_COURSE_PROBLEM_H_
#define WORKBOOK_TOOLS_COURSE_PROBLEM_H_

#include <string>

namespace workbook {

struct Problem {
  std::string file;   // relative to the course's root
  int line = 0;       // 0 where no line is meant: the file is missing
  std::string field;  // "tasks[2].files"; empty outside of manifests
  std::string what;   // the fault
  std::string fix;    // what to do about it

  // "file:line: field: what. Fix: fix." in one line.
  std::string Text() const;
};

// Makes the problem of a line of a file, or of the whole file for line 0.
inline Problem ProblemIn(const std::string& file, int line,
                         const std::string& field, const std::string& what,
                         const std::string& fix) {
  return {file, line, field, what, fix};
}

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_PROBLEM_H_
