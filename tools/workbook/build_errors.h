// SPDX-License-Identifier: Apache-2.0

// What did not compile at the last check, kept for `hint` in
// .workbook/build_errors/NN_MM.json.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BUILD_ERRORS_H_
#define WORKBOOK_TOOLS_WORKBOOK_BUILD_ERRORS_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tools/problem/problem.h"
#include "tools/workbook/exercise_report.h"

namespace workbook::cli {

struct BuildError {
  std::string place;  // "exercises/01_02/pool.h:8"; "" where none is known
  std::string message;
  bool told = false;  // by `hint`

  bool operator==(const BuildError&) const = default;
};

// By the number of the task that does not build.
using BuildErrors = std::map<int, BuildError>;

// Returns what is kept of `exercise`.
// Thread safety: any thread, for all functions here.
// On failure: empty; a damaged file counts as none.
BuildErrors LoadBuildErrors(const std::filesystem::path& state_folder,
                            const std::string& exercise);

// Keeps the errors of `report` in the place of those before. One that is as it
// was stays told; a task that was not tried keeps what it had.
// Cost: one read; a write only where something has changed.
// On failure: says why; the old file is untouched.
std::optional<Problem> KeepBuildErrors(
    const std::filesystem::path& state_folder, const ExerciseReport& report);

// Keeps that the error of `task` was told.
// On failure: as KeepBuildErrors.
std::optional<Problem> MarkBuildErrorTold(
    const std::filesystem::path& state_folder, const std::string& exercise,
    int task);

// What such an error usually means, and what to do; a sentence or two.
std::string MeaningOfBuildError(const BuildError& error);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BUILD_ERRORS_H_
