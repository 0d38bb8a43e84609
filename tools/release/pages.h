// SPDX-License-Identifier: Apache-2.0

// What the copy's pages must say otherwise than the course's.
#ifndef WORKBOOK_TOOLS_RELEASE_PAGES_H_
#define WORKBOOK_TOOLS_RELEASE_PAGES_H_

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"

namespace workbook::release {

// Whether `line` begins or ends a block of code, also in an item of a list:
// "3. ```cpp".
bool IsFence(std::string_view line);

// `text` of the Markdown file `page` (its path from the root) with links to
// files of the course that are not in the copy made plain words, and without
// pictures that are not there. Links to elsewhere, to "#parts", and those in
// code stay.
// Cost: one pass, and `is_there` for each link.
std::string WithoutDeadLinks(
    std::string_view text, const std::filesystem::path& page,
    const std::function<bool(const std::filesystem::path&)>& is_there);

// Returns `text` without the comments that say where a page's code, tables and
// figures come from: a copy has not all of these files, and may not name them.
// Those in code blocks stay.
// Cost: one pass.
std::string WithoutInclusions(std::string_view text);

// The rows of README's table, in the place of the line "@EXERCISES@".
std::string WithExercises(std::string text,
                          const std::vector<const Exercise*>& exercises);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_PAGES_H_
