// SPDX-License-Identifier: Apache-2.0

// How far a batch is, and how long it will still take.
#ifndef WORKBOOK_TOOLS_GRADE_PROGRESS_H_
#define WORKBOOK_TOOLS_GRADE_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <string>

namespace workbook::grade {

// "[#####.....] 5 of 10 submissions, 2 min left". What the ledger knew costs
// nothing, so only graded ones say how long one takes; without any, no time.
std::string RenderProgress(std::size_t done, std::size_t all,
                           std::size_t graded, std::chrono::seconds elapsed);

// Tells stderr: one line that is overwritten on a terminal; else a line at each
// tenth of the way, so that a log stays short.
// Thread safety: one call at a time.
class Progress {
 public:
  Progress();
  void operator()(std::size_t done, std::size_t all, std::size_t graded);

 private:
  bool terminal_;
  std::size_t tenths_ = 0;
  // Not the wall clock: that may be set while we grade.
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_PROGRESS_H_
