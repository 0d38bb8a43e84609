// SPDX-License-Identifier: Apache-2.0

// Text that is not trusted, made fit for HTML and CSV.
#ifndef WORKBOOK_TOOLS_TEXT_ESCAPE_H_
#define WORKBOOK_TOOLS_TEXT_ESCAPE_H_

#include <string>
#include <string_view>

namespace workbook {

// For the text of an element and for a quoted attribute. Whatever is no
// printable ASCII, line ends and tabs apart, becomes a question mark:
// bidirectional marks and broken UTF-8 would reach a browser otherwise.
// Cost: one pass. Thread safety: any thread.
std::string EscapeHtml(std::string_view text);

// Replaces whatever is no printable ASCII, line ends apart, by question marks:
// for JSON and for terminals.
std::string PlainText(std::string_view text);

// One quoted cell, as in RFC 4180. A text that a spreadsheet would run as a
// formula (it begins with = + - @) gets an apostrophe before it; whatever is no
// printable ASCII becomes a question mark.
std::string CsvCell(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_TEXT_ESCAPE_H_
