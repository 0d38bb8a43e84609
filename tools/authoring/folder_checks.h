// SPDX-License-Identifier: Apache-2.0

// What the gate can see of an exercise in the file system alone.
#ifndef WORKBOOK_TOOLS_AUTHORING_FOLDER_CHECKS_H_
#define WORKBOOK_TOOLS_AUTHORING_FOLDER_CHECKS_H_

#include <filesystem>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// Each takes the root of the course and one exercise of it, and returns one
// check. Thread safety: any thread. On failure: problems; nothing is thrown.

// README.md has a section "## Task N" for every task, the book has the page,
// and the solution has its NOTES.md.
Check CheckTexts(const std::filesystem::path& root, const Exercise& exercise);

// Every test source has tests, and its suites are named after its task.
Check CheckTestNames(const std::filesystem::path& root,
                     const Exercise& exercise);

// The exercise and its solution hold the same sources, and each of them belongs
// to a task. A file that a learner may have added is a note, or a fault if
// `strict`.
Check CheckSources(const std::filesystem::path& root, const Exercise& exercise,
                   bool strict);

// Each task has at least two mutants, whose heads name tests that exist and
// whose file names say which component they belong to.
Check CheckMutants(const std::filesystem::path& root, const Exercise& exercise);

// Each task's reference holds a stub, and the exercise's files are the
// generated ones. A file that differs is a note, or a fault if `strict`: a
// learner's edit is no fault of the course, whose proofs run on generated
// stubs.
Check CheckStubs(const std::filesystem::path& root, const Exercise& exercise,
                 bool strict);

// Whether any of the learner's files differs from its generated stub.
bool IsEdited(const std::filesystem::path& root, const Exercise& exercise);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_FOLDER_CHECKS_H_
