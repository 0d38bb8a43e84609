// SPDX-License-Identifier: Apache-2.0

// What an instructor reads of a class.
#ifndef WORKBOOK_TOOLS_GRADE_OVERVIEW_H_
#define WORKBOOK_TOOLS_GRADE_OVERVIEW_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// What is kept of one test over all submissions that compile.
struct TestPasses {
  int passed = 0;
  int asked = 0;
  bool hidden = false;
};

// One page, whole in itself: every flag with what to look at, those that say
// most first; the distribution of marks as a drawing and as a table, each
// task's mean, the tests that most fail, and who needs most instructions
// against the reference. No scripts: links within
// the page are all that there is to operate.
// Cost: linear in the tests of a result; memory for sums, and for the flags.
// Thread safety: none.
class Overview {
 public:
  // REQUIRES: the plan outlives it.
  explicit Overview(const Plan& plan);

  void Add(const Result& result);
  std::string Html() const;

 private:
  static constexpr std::size_t kBins = 10;
  // Of flags.h, and one more for what is not graded.
  static constexpr std::size_t kFlagKinds = 6;
  struct TaskSum {
    double percent = 0;
    int full = 0;
  };
  struct Row {
    double ratio;
    std::string student;
    int task;
    std::int64_t instructions;
  };

  void AddMark(const Result& result);
  void AddTests(const Result& result);
  void AddInstructions(const Result& result);
  void AddFlags(const Result& result);
  std::string FlagsHtml() const;
  std::string DistributionHtml() const;
  std::string TasksHtml() const;
  std::string HardestHtml() const;
  std::string SlowestHtml() const;

  const Plan& plan_;
  int submissions_ = 0;
  int marked_ = 0;
  double percent_ = 0;  // sum over those that have a mark
  std::array<int, kBins> bins_{};
  std::vector<TaskSum> tasks_;
  std::map<std::string, TestPasses> tests_;    // by name
  std::vector<Row> slowest_;                   // the most first
  std::array<std::string, kFlagKinds> flags_;  // rows of the tables
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OVERVIEW_H_
