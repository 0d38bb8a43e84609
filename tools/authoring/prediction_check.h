// SPDX-License-Identifier: Apache-2.0

// Whether each prediction asks for something that the exercise measures.
#ifndef WORKBOOK_TOOLS_AUTHORING_PREDICTION_CHECK_H_
#define WORKBOOK_TOOLS_AUTHORING_PREDICTION_CHECK_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/authoring/check.h"
#include "tools/course/exercise.h"

namespace workbook {

// Checks that predictions.toml can be read and warns of its answers, that the
// README names the command that asks, that each task has a prediction, and that
// the tests that answer are there.
// Thread safety: any thread, for all functions here.
// On failure: problems; nothing is thrown.
Check CheckPredictions(const std::filesystem::path& root,
                       const Exercise& exercise);

// Checks that the benchmark has the rows that answer. `rows` is what it lists:
// CASE/role:implementation, a line each. A prediction may name a case, or a row
// as CASE/implementation.
Check CheckPredictionRows(const std::filesystem::path& root,
                          const Exercise& exercise,
                          const std::vector<std::string>& rows);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_PREDICTION_CHECK_H_
