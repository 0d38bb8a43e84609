// SPDX-License-Identifier: Apache-2.0

// What a file's name, or its first bytes, give away.
#ifndef WORKBOOK_TOOLS_RELEASE_NAME_CHECK_H_
#define WORKBOOK_TOOLS_RELEASE_NAME_CHECK_H_

#include <optional>
#include <string>
#include <string_view>

namespace workbook::release {

// Why no file of this path may be in a copy: "is named after solutions
// (mutants)"; nothing where it may. Upper and lower case are the same.
std::optional<std::string> ForbiddenName(std::string_view path);

// "a bundle of git", if the bytes begin like one, or like a pack, its index or
// a loose object that was unpacked.
std::optional<std::string> GitData(std::string_view bytes);

// "a compiled object (ELF)", if the bytes begin like one.
std::optional<std::string> CompiledFile(std::string_view bytes);

}  // namespace workbook::release

#endif  // WORKBOOK_TOOLS_RELEASE_NAME_CHECK_H_
