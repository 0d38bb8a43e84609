// SPDX-License-Identifier: Apache-2.0

// Listings as a reader sees them: one alone, or two side by side.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_LISTING_VIEW_H_
#define WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_LISTING_VIEW_H_

#include <cstddef>
#include <filesystem>
#include <string>

#include "tools/workbook/assembly/disassembly.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {

// "38 instructions, 2 calls of allocators (operator delete 1, operator new 1)"
std::string CountText(const Listing& listing);

// One listing, lines as long as they are. Each source line stands above its
// instructions, read from `root` where it is a file of the checkout; a `*`
// marks each call of an allocator.
std::string ShowListing(const Listing& listing,
                        const std::filesystem::path& root,
                        const Terminal& terminal);

// Both, in two columns of `columns` together; what is longer is cut.
// REQUIRES: columns >= 80.
std::string ShowSideBySide(const Listing& yours, const Listing& reference,
                           const std::filesystem::path& root,
                           std::size_t columns, const Terminal& terminal);

// The width for two columns on `terminal`: its own between 80 and 160 columns;
// 160 where it has none.
std::size_t SideBySideColumns(const Terminal& terminal);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ASSEMBLY_LISTING_VIEW_H_
