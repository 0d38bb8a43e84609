// SPDX-License-Identifier: Apache-2.0

// For tests: the program of a description.
#include "tools/support/history/sample_lender.h"

namespace workbook::history {

using SampleCase = LenderCase<Fault::kForgetsSecond>;

}  // namespace workbook::history

WORKBOOK_CASE(SampleCase, "tools/support/history/sample_lender.h", "")
