// SPDX-License-Identifier: Apache-2.0

// Guesses which known name was meant.
#ifndef WORKBOOK_TOOLS_COURSE_NEAREST_H_
#define WORKBOOK_TOOLS_COURSE_NEAREST_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// The candidate that takes the fewest edits to reach from `name`, or "" if even
// that one takes more than a third of its letters (`free_edits` are always
// allowed).
std::string Nearest(std::string_view name,
                    const std::vector<std::string>& candidates,
                    std::size_t free_edits = 2);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_NEAREST_H_
