// SPDX-License-Identifier: Apache-2.0

// How a case ends, in the real jail: what the two programs say is one thing,
// how their jails ended another.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tools/grade/sample_grading.h"

namespace workbook::grade {
namespace {

class CaseRun : public Grading {
 protected:
  // Of Case.ring, where each Push begins with `statements`.
  static TestVerdict Run(const std::string& statements) {
    Submission submission = Read("hostile", "honest_reference");
    std::string& source = submission.files["ring.cc"];
    const std::string body = "void Ring::Push(int value) {";
    const std::size_t at = source.find(body);
    EXPECT_NE(at, std::string::npos);
    source.insert(at + body.size(), statements);
    source.insert(0, "#include <signal.h>\n#include <unistd.h>\n");
    const Result result = Grade(submission);
    const auto& tests = result.tasks[0].tests;
    const auto found = std::find_if(
        tests.begin(), tests.end(),
        [](const TestVerdict& test) { return test.name == "Case.ring"; });
    EXPECT_NE(found, tests.end()) << Describe(result);
    return found == tests.end() ? TestVerdict{} : *found;
  }
};

TEST_F(CaseRun, PassesWhatAnswersRight) {
  ASSERT_EQ(calibration(), "");
  EXPECT_EQ(Run("").state, TestState::kPassed);
}

// Its process is then ended, which is no answer of its own.
TEST_F(CaseRun, WithoutTheTimeForAllCallsIsOutOfTime) {
  ASSERT_EQ(calibration(), "");
  const TestVerdict verdict = Run("usleep(3000);");
  EXPECT_EQ(verdict.state, TestState::kTimedOut) << verdict.message;
}

TEST_F(CaseRun, FailsWhatEndsTheProgramThatAnswers) {
  ASSERT_EQ(calibration(), "");
  const TestVerdict verdict = Run("if (value == 20) kill(getppid(), SIGKILL);");
  EXPECT_EQ(verdict.state, TestState::kFailed) << verdict.message;
  EXPECT_EQ(verdict.message,
            "its process ended before it had answered all calls");
}

TEST_F(CaseRun, ShowsTheHistoryThatFails) {
  ASSERT_EQ(calibration(), "");
  const TestVerdict verdict = Run("if (value == 20) value = 21;");
  EXPECT_EQ(verdict.state, TestState::kFailed);
  EXPECT_NE(verdict.message.find("ring.Push(20);   // <-- here\nWRONG: "),
            std::string::npos)
      << verdict.message;
}

}  // namespace
}  // namespace workbook::grade
