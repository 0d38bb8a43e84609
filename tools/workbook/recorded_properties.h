// SPDX-License-Identifier: Apache-2.0

// What tests recorded with RecordProperty, kept for each exercise in
// .workbook/recorded/NN_MM.json: Bazel's reports do not last.
#ifndef WORKBOOK_TOOLS_WORKBOOK_RECORDED_PROPERTIES_H_
#define WORKBOOK_TOOLS_WORKBOOK_RECORDED_PROPERTIES_H_

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "tools/workbook/write_file.h"

namespace workbook::cli {

// "Suite.Test#name" to its value.
using RecordedProperties = std::map<std::string, std::string>;

// Returns what is kept of `exercise`.
// Thread safety: any thread, for all functions here.
// On failure: empty; a damaged file counts as none, and the next check writes
// it anew.
RecordedProperties LoadRecorded(const std::filesystem::path& state_folder,
                                const std::string& exercise);

// Adds `recorded` to what is kept; a newer value replaces an older one.
// Cost: one read; a write with two syncs, only where something has changed.
// On failure: says why; the old file is untouched.
std::optional<Problem> KeepRecorded(const std::filesystem::path& state_folder,
                                    const std::string& exercise,
                                    const RecordedProperties& recorded);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_RECORDED_PROPERTIES_H_
