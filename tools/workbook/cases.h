// SPDX-License-Identifier: Apache-2.0

// Cases: the shortest history of calls in which a learner's type fails, found
// by the program of its description (tools/support/history).
#ifndef WORKBOOK_TOOLS_WORKBOOK_CASES_H_
#define WORKBOOK_TOOLS_WORKBOOK_CASES_H_

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"
#include "tools/workbook/case_members.h"
#include "tools/workbook/exercise_report.h"
#include "tools/workbook/found_case.h"

namespace workbook::cli {

struct CaseSearch {
  std::optional<Problem> problem;
  std::optional<Case> found;
  std::string todo;  // what is not written yet, where that ended the search
};

// Names the descriptions of a task, in the order of its files: those of which
// exercises/NN_MM/cases/NAME_case.cc exists below `root`.
// Thread safety: any thread, for all functions here.
std::vector<std::string> CaseNames(const std::filesystem::path& root,
                                   const Exercise& exercise, const Task& task);

// Builds and runs the descriptions of a task until one finds a case, and names
// the members of the object that it draws.
// Cost: a run of Bazel, up to ten seconds a description, and one run of g++.
// On failure: `problem`; the first error of the compiler is check's to tell.
CaseSearch FindCase(const std::filesystem::path& root, const Exercise& exercise,
                    const Task& task);

// Looks for a case of the task `only`, or of the next one for 0, where that is
// red, crashed or timed out; the report then holds it. A search that fails is
// told by `case`: here it would hide what the tests say.
void AddCase(const std::filesystem::path& root, const Exercise& exercise,
             int only, ExerciseReport& report);

// The first case that a learner sees explains its picture: from then on
// .workbook/case_seen is there.
void ExplainOnce(const std::filesystem::path& root, Case& found);

// Reads what NAME_case --raw printed. Nothing where that is no case.
std::optional<Case> ReadCase(std::string_view raw);

// Writes names for the offsets of the drawn object's words, where `members` has
// them.
void NameMembers(const std::vector<CaseMember>& members, Case& found);

// Returns the program, its last line marked, the verdict, the pictures of the
// last two steps, and how they are read where the case says so.
std::string ShowCaseInShort(const Case& found);

// Returns step `index` of the player: the program with that line marked, and
// its picture. REQUIRES: index < steps.size().
std::string ShowCaseStep(const Case& found, std::size_t index);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_CASES_H_
