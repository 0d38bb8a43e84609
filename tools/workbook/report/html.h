// SPDX-License-Identifier: Apache-2.0

// Words and figures as HTML.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_H_

#include <optional>
#include <string>
#include <string_view>

#include "tools/bench/comparison/row_figures.h"

namespace workbook::cli {

// Escapes `text`; its "->" become arrows.
// Thread safety: any thread, for all functions here.
std::string Html(std::string_view text);

// Escapes the name of a case; a line may end behind each of its slashes.
std::string CaseNameHtml(std::string_view name);

// "715,894", "0.0009766"; a dash for nothing.
std::string CountHtml(std::optional<double> count);

// "114,286 → 0" with the second count marked as less or more; one count where
// both are equal.
std::string ChangeHtml(std::optional<double> before,
                       std::optional<double> after);

// How many digits the interval of a ratio allows: two or three.
int DigitsOf(const RowFigures& figures);

// "20", in the digits that the interval allows; a dash without a ratio.
std::string RatioText(const RowFigures& figures);

// "20.2 (19.1 to 21.4)", or a dash without a ratio.
std::string IntervalText(const RowFigures& figures);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_HTML_H_
