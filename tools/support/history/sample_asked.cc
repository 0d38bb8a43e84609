// SPDX-License-Identifier: Apache-2.0

// For tests: a description that is asked from outside.
#include "tools/support/history/sample_lender.h"

namespace workbook::history {

using SampleCase = LenderCase<Fault::kNone>;

}  // namespace workbook::history

WORKBOOK_CASE(SampleCase, "tools/support/history/sample_lender.h", "")
