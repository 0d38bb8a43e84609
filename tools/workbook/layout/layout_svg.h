// SPDX-License-Identifier: Apache-2.0

// A layout as a picture: a row for each cache line of 64 bytes, each part with
// its number and, where it fits, its name; holes are hatched. A table below
// says the rest.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_SVG_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_SVG_H_

#include <string>
#include <vector>

#include "tools/workbook/layout/record_layout.h"

namespace workbook::cli {

// A whole SVG document, one record below the other. Rows that one large part
// fills are told in words instead of drawn.
std::string LayoutSvg(const std::vector<Record>& records);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_SVG_H_
