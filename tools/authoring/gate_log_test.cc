// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/gate_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace workbook {
namespace {

class GateLogTest : public testing::Test {
 protected:
  GateLogTest() {
    options_.print = [this](const std::string& line) {
      lines_.push_back(line);
    };
    options_.tick = std::chrono::milliseconds(10);
  }

  // The place of the first line with these parts; the number of lines if none.
  std::size_t LineWith(const std::string& start, const std::string& end) const {
    const auto found = std::find_if(
        lines_.begin(), lines_.end(), [&](const std::string& line) {
          return line.find(start) != std::string::npos && line.ends_with(end);
        });
    return static_cast<std::size_t>(found - lines_.begin());
  }

  VerifyOptions options_;
  std::vector<std::string> lines_;
};

TEST_F(GateLogTest, EndsWithTheTimeOfEachStep) {
  GateLog log(options_);
  log.Step("exercise folders");
  log.Step("sanitizers");
  log.Pass();
  log.Finish();
  const std::size_t head = LineWith("Time of each step", ":");
  ASSERT_LT(head + 4, lines_.size());
  EXPECT_TRUE(lines_[head + 1].ends_with(" s  exercise folders"));
  EXPECT_TRUE(lines_[head + 2].ends_with(" s  sanitizers"));
  EXPECT_TRUE(lines_[head + 3].ends_with(" s  all"));
  EXPECT_EQ(lines_.back(), "1 passed, 0 failed");
}

TEST_F(GateLogTest, TheTimeOfAStepIsItsOwn) {
  GateLog log(options_);
  log.Step("long");
  log.Run("sleep", {"sleep", "0.2"}, {});
  log.Step("short");
  log.Finish();
  const auto seconds = [&](const std::string& step) {
    return std::stod(lines_.at(LineWith(" s  ", " s  " + step)));
  };
  EXPECT_GE(seconds("long"), 0.2);
  EXPECT_LT(seconds("short"), seconds("long"));
  EXPECT_NEAR(seconds("all"), seconds("long") + seconds("short"), 0.11);
}

TEST_F(GateLogTest, SaysThatAProgramIsStillAtIt) {
  GateLog log(options_);
  testing::internal::CaptureStderr();
  const ProcessResult run = log.Run("Counting", {"sleep", "0.2"}, {});
  const std::string told = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(run.ExitedWith(0));
  EXPECT_NE(told.find("      Counting ... 0 s\n"), std::string::npos) << told;
}

}  // namespace
}  // namespace workbook
