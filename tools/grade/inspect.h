// Looks at a submission's source, preprocessed source and objects for what
// attacks the grader rather than solves the exercise.
#ifndef WORKBOOK_TOOLS_GRADE_INSPECT_H_
#define WORKBOOK_TOOLS_GRADE_INSPECT_H_

#include <set>
#include <string>
#include <vector>

namespace workbook::grade {

struct Findings {
  std::string rejected;            // why it is not graded; empty if it may be
  std::string file;                // whose fault that is, where it was found
  std::vector<std::string> flags;  // what a person should look at
};

// One source file as handed in: directives that would hide where text comes
// from, assembler that defines symbols or takes files in, paths out of the
// course.
Findings InspectSource(const std::string& name, const std::string& text);

// The output of `g++ -E -dD` of a file that includes GoogleTest and then the
// student's header. Rejects a macro that a student's file (a path that begins
// with `student_folder`) defines or undefines where it is a keyword, already a
// macro, or a word of `test_source`; and words of the student that belong to
// GoogleTest or the probe.
Findings InspectPreprocessed(const std::string& preprocessed,
                             const std::string& student_folder,
                             const std::string& test_source);

// The output of `nm` of the object of a student's .cc file. Rejects definitions
// outside C++ namespaces of his own (main, malloc, clock_gettime, sanitizer
// hooks, operator new, testing::, std::) and uses of the probe or GoogleTest;
// flags calls that pass by what is measured.
Findings InspectObject(const std::string& nm_output);

// The same for a test compiled over a student's header: only what `test_source`
// itself does not define.
Findings InspectTestObject(const std::string& nm_output,
                           const std::string& test_source);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_INSPECT_H_
