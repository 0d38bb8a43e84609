// SPDX-License-Identifier: Apache-2.0

// When submissions were handed in, and how many days late that is.
#ifndef WORKBOOK_TOOLS_GRADE_LATE_H_
#define WORKBOOK_TOOLS_GRADE_LATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "tools/grade/mark_rules.h"

namespace workbook::grade {

struct HandInTimes {
  std::map<std::string, std::int64_t> seconds;  // by student
  std::string error;                            // "line 3: ...", or empty
};

// A CSV of two columns with the header `student,handed_in`; times are as in
// 2026-12-01T23:59:59+01:00 or ...Z. A student's last line counts. Times of
// files are not used: copying a folder changes them. On failure: `error` names
// the first line that is not as it should be.
HandInTimes ReadHandInTimes(const std::string& csv);

// The days of `student` that are charged: begun days after rules.due_seconds,
// less the free ones and the student's extension. The student of an archive is
// its name up to the first '.', as for the roster. None where no time is known.
// REQUIRES: rules.due_seconds is there.
std::optional<int> ChargedDays(const MarkRules& rules, const HandInTimes& times,
                               const std::string& student);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_LATE_H_
