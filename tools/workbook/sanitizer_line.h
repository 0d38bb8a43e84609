// SPDX-License-Identifier: Apache-2.0

// One line of what a sanitizer prints.
#ifndef WORKBOOK_TOOLS_WORKBOOK_SANITIZER_LINE_H_
#define WORKBOOK_TOOLS_WORKBOOK_SANITIZER_LINE_H_

#include <optional>
#include <string>
#include <string_view>

#include "tools/workbook/sanitizer_report.h"

namespace workbook::cli {

// "    #0 0x55 in Make() exercises/01_02/pool.h:5", with or without an address;
// the file as it stands there. nullopt for another line, or without a place.
std::optional<SanitizerFrame> ReadFrame(std::string_view line);

// "AddressSanitizer", where its report begins in this line; else "".
std::string_view ToolOf(std::string_view line);

// What such a first line says, in a learner's words; its own where we have
// none.
std::string CauseOf(std::string_view line);

// What the stack below this line shows: "freed", "reads", ...; "-" where it
// shows no place to fix; "" for a line that is no heading.
std::string_view RoleOf(std::string_view line);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_SANITIZER_LINE_H_
