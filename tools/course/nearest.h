// Guesses which known name was meant.
#ifndef WORKBOOK_TOOLS_COURSE_NEAREST_H_
#define WORKBOOK_TOOLS_COURSE_NEAREST_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// The candidate that takes the fewest edits to reach from `name`, or "" if even
// that one takes more than a third of its letters (at least 2 edits are free).
std::string Nearest(std::string_view name,
                    const std::vector<std::string>& candidates);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_NEAREST_H_
