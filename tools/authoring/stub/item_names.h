// SPDX-License-Identifier: Apache-2.0

// What a declaration declares: its name, and where a function's body begins.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_ITEM_NAMES_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_ITEM_NAMES_H_

#include <string>
#include <string_view>

#include "tools/authoring/stub/source_items.h"

namespace workbook {

// Removes `template <...>`, `[[...]]` and `requires` in front of a declaration,
// and white space at its ends.
// Cost: O(blanked). Thread safety: any thread, for all functions here.
std::string HeadWithoutTemplate(std::string_view blanked);

// Whether a class, struct or union begins here (and no function that returns
// one). REQUIRES: `head` is without template.
bool IsClassHead(std::string_view head);

// Whether `blanked`, a declaration or definition, is one of a function.
bool DeclaresFunction(std::string_view blanked);

// Returns the name of a namespace or class; empty for an unnamed one.
std::string ScopeName(std::string_view head);

// Sets kind, name, and a function's body of a declaration. `blanked` is its
// text, literals and comments blanked.
void NameItem(std::string_view blanked, SourceItem& item);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_ITEM_NAMES_H_
