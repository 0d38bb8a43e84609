// SPDX-License-Identifier: Apache-2.0

// One benchmark case in full.
#ifndef WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_TABLE_H_
#define WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_TABLE_H_

#include <string>

#include "tools/workbook/report/kept_figures.h"
#include "tools/workbook/report/ratio_scale.h"

namespace workbook::cli {

// The rows as a table, counts first; the verdicts; what the rows share and
// which one is unlike the others. `anchor` is the id of the table.
// Thread safety: any thread.
std::string CaseTable(const ReportedCase& reported, const RatioScale& scale,
                      const std::string& anchor);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_REPORT_CASE_TABLE_H_
