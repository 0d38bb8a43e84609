// SPDX-License-Identifier: Apache-2.0

// The two forms of hints.md, read.
#ifndef WORKBOOK_TOOLS_COURSE_HINT_READERS_H_
#define WORKBOOK_TOOLS_COURSE_HINT_READERS_H_

#include <string>
#include <string_view>

#include "tools/course/hints.h"

namespace workbook {

inline constexpr std::string_view kTaskHeading = "## Task ";

// Reads the number that `text` begins with; 0 where it begins with none, and
// for one of more than three digits. `end` is set behind it.
int LeadingNumber(std::string_view text, std::size_t& end);

// Read the blocks of `text` into `result`, with what is wrong with them.
// Thread safety: any thread, for all functions here.
void ReadHintBlocks(const std::string& text, const std::string& file,
                    int task_count, HintsResult& result);
void ReadOldHints(const std::string& text, const std::string& file,
                  int task_count, HintsResult& result);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_HINT_READERS_H_
