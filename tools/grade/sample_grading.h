// SPDX-License-Identifier: Apache-2.0

// Submissions of the sample exercise, graded in the real jail.
#ifndef WORKBOOK_TOOLS_GRADE_SAMPLE_GRADING_H_
#define WORKBOOK_TOOLS_GRADE_SAMPLE_GRADING_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/grade/judge.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

// A row of testdata/KIND/expected.tsv, which says what the columns are.
struct Expectation {
  std::string kind;  // "hostile" or "honest"
  std::string name, state, points, flag;
};

// All rows of one kind.
std::vector<Expectation> Expectations(const std::string& kind);

// For a failure's message: states, points, messages and flags.
std::string Describe(const Result& result);

// Expects the row's state, points and flag.
void Check(const Expectation& expected, const Result& result);

// Under /tmp: the jail's users cannot enter Bazel's own folders.
class Workshop {
 public:
  Workshop();
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop();
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

// The reference has been graded, once for all tests of the suite.
class Grading : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();

  // testdata/KIND/NAME, with the sample's file where it has none.
  static Submission Read(const std::string& kind, const std::string& name);
  static Result Grade(const Submission& submission);
  static const Plan& plan() { return *plan_; }
  static const std::string& calibration() { return calibration_; }

 private:
  static JudgeOptions Options();

  static inline Workshop* workshop_ = nullptr;
  static inline Plan* plan_ = nullptr;
  static inline std::string calibration_;  // what failed
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_SAMPLE_GRADING_H_
