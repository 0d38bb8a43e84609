// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/stability.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

class StabilityTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"anna", "ben"}) {
      paths_.push_back(HandIn(folder_.path(), name, "int a;\n"));
    }
    options_.jobs = 3;
    options_.judge = [this](const Plan&, const Job& job, int) {
      // Ben's fails once in a while.
      const bool fails = job.student == "ben" && ++judged_ % 10 == 0;
      return OneTestResult(job, !fails);
    };
  }

  ScratchFolder folder_;
  Plan plan_ = OneTaskPlan(folder_.path());
  MarkRules rules_;
  std::vector<fs::path> paths_;
  BatchOptions options_;
  std::atomic<int> judged_{0};
};

TEST_F(StabilityTest, CountsEveryMarkAndNamesTheTestThatWavers) {
  const auto found = GradeRepeatedly(plan_, rules_, paths_, 200, options_);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].marks, (std::map<std::string, int>{{"10.00", 200}}));
  EXPECT_EQ(found[1].marks,
            (std::map<std::string, int>{{"0.00", 20}, {"10.00", 180}}));
  EXPECT_EQ(found[1].unsteady, std::vector<std::string>{"Task1.A"});
  EXPECT_NE(Text(found).find("1 mark: 10.00 x 200"), std::string::npos);
  EXPECT_NE(Text(found).find("2 marks: 0.00 x 20 10.00 x 180"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook::grade
