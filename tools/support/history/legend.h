// SPDX-License-Identifier: Apache-2.0

// How the picture of a case is read.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_LEGEND_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_LEGEND_H_

namespace workbook::history {

inline constexpr char kLegend[] =
    "    heap 2       the second piece that your code allocated and still has\n"
    "    [a LENT]     a block that is in use; a free is one that came back\n"
    "    ->a          an address: it leads to a\n"
    "    member=->a   a member of your object, where it has changed\n"
    "    1,2          two numbers of four bytes\n"
    "    ?            memory that was never written\n"
    "    *            bytes that are neither an address nor small numbers\n";

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_LEGEND_H_
