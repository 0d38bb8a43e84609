// SPDX-License-Identifier: Apache-2.0

// Looks through the pages of a finished copy for links that lead nowhere,
// knowing nothing of how the copy was made.
#ifndef WORKBOOK_TOOLS_RELEASE_DEAD_LINKS_H_
#define WORKBOOK_TOOLS_RELEASE_DEAD_LINKS_H_

#include <filesystem>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook::release {

// Returns a problem for each relative link of a Markdown file in `folder` whose
// file or folder is not there: inline links, pictures, "[name]: target" and the
// src and href of HTML. Code is left out.
// Cost: a read of each page.
// Thread safety: any thread.
// On failure: what std::filesystem throws.
std::vector<Problem> DeadLinks(const std::filesystem::path& folder);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_DEAD_LINKS_H_
