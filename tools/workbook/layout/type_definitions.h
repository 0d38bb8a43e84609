// SPDX-License-Identifier: Apache-2.0

// Where a file defines its types, by the look of its lines: enough to choose a
// file and to tell a template; the compiler says the rest.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_TYPE_DEFINITIONS_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_TYPE_DEFINITIONS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

// Lines (from 1) on which `text` begins a struct, class or union of this name;
// any name for "".
std::vector<int> DefinitionLines(std::string_view text,
                                 const std::string& name);

// Whether `text` gives a type this name: `using NAME = ...;`.
bool DefinesAlias(std::string_view text, const std::string& name);

// {31: "FixedSizePool"}: what `text` defines, by line.
std::map<int, std::string> DefinedNames(std::string_view text);

// Class templates that `text` defines: they have a layout only with arguments.
std::vector<std::string> TemplatesIn(std::string_view text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_TYPE_DEFINITIONS_H_
