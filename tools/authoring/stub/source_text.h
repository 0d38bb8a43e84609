// SPDX-License-Identifier: Apache-2.0

// C++ text made easy to scan: literals and comments blanked.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_TEXT_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// Replaces the characters of comments and of string and character literals by
// spaces. Line ends stay, so that lines and columns are those of `text`.
// Digit separators and raw strings are understood.
// Cost: O(text).
// Thread safety: any thread, for all functions here.
// On failure: none; a literal that does not end is blank to the end.
std::string BlankLiterals(std::string_view text);

// Joins lines with a line end behind each.
std::string JoinLines(const std::vector<std::string>& lines);

// Whether `c` may stand in an identifier.
bool IsWordCharacter(char c);

// Removes `<...>` behind identifiers: `A<B<C>>::D` becomes `A::D`. A `<` that
// nothing closes stays.
std::string WithoutTemplateArguments(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_SOURCE_TEXT_H_
