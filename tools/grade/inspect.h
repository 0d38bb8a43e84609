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
  bool is_mistake = false;         // of the language: no compiler takes it
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

// The submission's part of a test's text, as `g++ -E -dD` wrote it: the very
// text that is compiled. Rejects a macro that a student's file (a path that
// begins with `student_folder`) defines or undefines where it is a keyword or
// one of GoogleTest's; names of the student that belong to GoogleTest or the
// probe, or begin assembler; a library's header inside of braces; and what
// CheckNamespaces refuses. Flags names that reach around the language. The
// files of `may_count` may use the probe's scopes.
Findings InspectHeaders(const std::string& preprocessed,
                        const std::string& student_folder,
                        const std::set<std::string>& may_count = {});

// What was compiled, without macros: assembler and pragmas of a student's file,
// whatever made them.
Findings InspectCompiled(const std::string& preprocessed,
                         const std::string& student_folder);

struct ForbiddenNames {
  std::set<std::string> linked;  // what the libraries and the judge export
  std::string student_folder;    // where a student's text comes from
  std::set<std::string> judges;  // names in C++ of GoogleTest, probe and judge
};

// What a file is handed out with, and so may use.
struct HandedOut {
  bool probe = false;
  bool benchmark = false;
};

// The object of a student's .cc file. Rejects definitions, weak ones too, of
// names that the test's libraries export (main, malloc, clock_gettime, a
// function of libstdc++), of hooks of the sanitizers, of operator new, and of
// what is in std and not for a type of the program's own; uses of the probe or
// GoogleTest, and of allocators that are not counted; sections that run before
// main; data in a section of code. Instances of a library's templates are in
// every object and accepted. Flags each name, a weak one too, that is used and
// that UseOf does not know to be honest, and static memory over 1 MiB.
Findings InspectObject(const ObjectFile& object,
                       const ForbiddenNames& forbidden,
                       const HandedOut& handed_out = {});

// The same for a test compiled over a student's header; of what is defined,
// only what a student's text defines, or a variable of a forbidden name. The
// test's own uses are flagged too: they are those of the reference's test.
Findings InspectTestObject(const ObjectFile& object,
                           const ForbiddenNames& forbidden);

// The bytes of an object: rejects the instructions by which a program speaks to
// valgrind, flags a path in /proc, however its letters were put there.
Findings InspectBytes(const std::string& bytes);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_INSPECT_H_
