// SPDX-License-Identifier: Apache-2.0

// In which tasks the last `check --tsan` found a data race, kept for `hint` in
// .workbook/races/NN_MM.json.
#ifndef WORKBOOK_TOOLS_WORKBOOK_FOUND_RACES_H_
#define WORKBOOK_TOOLS_WORKBOOK_FOUND_RACES_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "tools/problem/problem.h"
#include "tools/workbook/exercise_report.h"

namespace workbook::cli {

struct FoundRace {
  std::string place;     // "exercises/03_03/text.h:42"; "" where none is known
  std::string sentence;  // what ThreadSanitizer found

  bool operator==(const FoundRace&) const = default;
};

// By the number of the task.
using FoundRaces = std::map<int, FoundRace>;

// Returns what is kept of `exercise`.
// Thread safety: any thread, for all functions here.
// On failure: empty; a damaged file counts as none.
FoundRaces LoadFoundRaces(const std::filesystem::path& state_folder,
                          const std::string& exercise);

// Keeps the races of `report`, a run with ThreadSanitizer, and forgets those of
// tasks that are green in it. Any other task keeps what it had.
// Cost: one read; a write only where something has changed.
// On failure: says why; the old file is untouched.
std::optional<Problem> KeepFoundRaces(const std::filesystem::path& state_folder,
                                      const ExerciseReport& report);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_FOUND_RACES_H_
