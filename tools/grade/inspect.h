// SPDX-License-Identifier: Apache-2.0

// Looks at a submission's source, preprocessed source and objects for what
// attacks the grader rather than solves the exercise.
#ifndef WORKBOOK_TOOLS_GRADE_INSPECT_H_
#define WORKBOOK_TOOLS_GRADE_INSPECT_H_

#include <set>
#include <string>
#include <vector>

#include "tools/grade/object_file.h"

namespace workbook::grade {

struct Findings {
  std::string rejected;            // why it is not graded; empty if it may be
  std::string file;                // whose fault that is, where it was found
  std::vector<std::string> flags;  // what a person should look at
};

// A pragma that changes what another file's words mean, or hides a warning
// about it: why it is not accepted, or nothing. `text` is the pragma, or all
// words that it can be made of.
std::string RefusePragma(const std::string& text);

// One source file as handed in, by its tokens: directives that would hide where
// text comes from, paths out of the course, attributes that run code early. No
// word of a comment counts, no string but where it says what a pragma, an
// attribute or a path is, and nothing in `#if 0`.
Findings InspectSource(const std::string& name, const std::string& text);

// The output of `g++ -E -dD` of a file that includes GoogleTest and then the
// student's header. Rejects a macro that a student's file (a path that begins
// with `student_folder`) defines or undefines where it is a keyword, already a
// macro, or a name of `test_source`; and names of the student that belong to
// GoogleTest or the probe, or begin assembler.
Findings InspectPreprocessed(const std::string& preprocessed,
                             const std::string& student_folder,
                             const std::string& test_source);

// What was compiled, without macros: assembler and pragmas of a student's file,
// whatever made them.
Findings InspectCompiled(const std::string& preprocessed,
                         const std::string& student_folder);

struct ForbiddenNames {
  std::set<std::string> linked;  // what the libraries and the judge export
  std::string student_folder;    // where a student's text comes from
};

// The object of a student's .cc file. Rejects definitions, weak ones too, of
// names that the test's libraries export (main, malloc, clock_gettime, a
// function of libstdc++), of hooks of the sanitizers, of operator new, and of
// what is in std and not for a type of the program's own; uses of the probe or
// GoogleTest; sections that run before main. Instances of a library's templates
// are in every object and accepted. Flags calls that pass by what is measured.
Findings InspectObject(const ObjectFile& object,
                       const ForbiddenNames& forbidden);

// The same for a test compiled over a student's header: only what a student's
// text defines, or a variable of a forbidden name.
Findings InspectTestObject(const ObjectFile& object,
                           const ForbiddenNames& forbidden);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_INSPECT_H_
