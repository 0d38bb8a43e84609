// SPDX-License-Identifier: Apache-2.0

// Reads one exercise.toml by itself, without looking at any other file.
#ifndef WORKBOOK_TOOLS_COURSE_MANIFEST_H_
#define WORKBOOK_TOOLS_COURSE_MANIFEST_H_

#include <optional>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

struct ManifestResult {
  std::optional<Exercise> exercise;  // none if a field can't be used
  std::vector<Problem> problems;
};

// Reads the text of exercises/<folder_name>/exercise.toml.
// Thread safety: any thread.
// On failure: `problems`; nothing is thrown.
ManifestResult ParseManifest(const std::string& text,
                             const std::string& folder_name);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_MANIFEST_H_
