// SPDX-License-Identifier: Apache-2.0

// A page's template, filled in.
#ifndef WORKBOOK_TOOLS_BOOK_LAYOUT_H_
#define WORKBOOK_TOOLS_BOOK_LAYOUT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace workbook::book {

// Returns the mustache template `layout` with `data` in it: objects are
// sections, arrays are lists, false leaves a section out. {{x}} is escaped for
// HTML, {{{x}}} is not. "" where this program was built without mustache.
// Cost: linear. Thread safety: any thread, for both.
std::string FillIn(const std::string& layout, const nlohmann::json& data);

// Whether this program was built with kainjow's mustache.
bool CanFillIn();

}  // namespace workbook::book

#endif  // WORKBOOK_TOOLS_BOOK_LAYOUT_H_
