// SPDX-License-Identifier: Apache-2.0

// A layout in lines, and as JSON.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TEXT_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TEXT_H_

#include <string>
#include <vector>

#include "tools/workbook/layout/record_layout.h"

namespace workbook::cli {

// "12", or "12.3" for a bit-field that begins at bit 3 of byte 12.
std::string BytesAndBits(int64_t bits);

// "8", or "3 bit" where it is no whole number of bytes.
std::string PartSize(const Part& part);

// "field" for a name, "hole" and "padding" for the rest.
std::string PartName(const Part& part);

// A head line, the parts with a rule at each cache line, and what can be said
// of them: unused bytes, line crossings, a smaller order.
std::string LayoutText(const Record& record);

// {"types": [{"name", "kind", "file", "line", "size_bytes", "alignment_bytes",
// "cache_lines", "unused_bits", "parts": [{"kind", "name", "type",
// "offset_bits", "size_bits"}], "smaller_order": {...} or null}]}
std::string LayoutJson(const std::vector<Record>& records);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_LAYOUT_TEXT_H_
