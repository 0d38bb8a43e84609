// SPDX-License-Identifier: Apache-2.0

// When a ratio of two rows may be claimed. A row does the same work as the
// reference where its loop touches the same bytes, makes the same calls (one
// for one, or a batch for a batch) and gets to them at the same depth: inlined,
// by a call, by a pointer, by a virtual function or in a process. What an
// implementation does inside is its own affair: that is what is compared.
//
// - In a case with a target, the baseline does the same work as the reference.
// - In a case with a target, and wherever the reference is more than
//   kClaimFactor times as fast as a row, the row does the same work, or
//   says in does_not_show what must not be concluded from it.
// - Where the reference of such a target keeps more than the baseline does, a
//   peer beside them does the same work and keeps the same.
// - Where the reference of any of these is reached by a call or a pointer, the
//   case names its functions, which boundary.h looks for in the sources.
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_FAIRNESS_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_FAIRNESS_H_

#include <string>
#include <vector>

#include "tools/bench/publish/forms.h"
#include "tools/problem/problem.h"

namespace workbook {

// A row that is slower by less claims little, and may be unlike.
inline constexpr double kClaimFactor = 3;

struct ComparedRow {
  std::string role;
  std::string implementation;
  double claimed = 0;  // the reference, times as fast; 0: not measured
};

// In what two forms are not the same work: "touches", "calls", "through".
std::vector<std::string> DifferencesInWork(const Form& a, const Form& b);

// Judges the rows of one case, of which one is the reference. `form` is that of
// `forms` for `case_name`.
std::vector<Problem> CheckFairness(const Forms& forms, const CaseForm& form,
                                   const std::string& case_name,
                                   const std::vector<ComparedRow>& rows,
                                   bool has_target);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_FAIRNESS_H_
