// SPDX-License-Identifier: Apache-2.0

// Submissions that toss a coin in each process, as the second look sees them:
// thousands of them, with seeded coins and without a jail.
#include "tools/grade/canary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace workbook::grade {
namespace {

constexpr int kSubmissions = 4000;

// The sample's: three visible tests and a hidden one.
Plan FourTests() {
  Plan plan;
  PlannedTask task;
  task.number = 1;
  task.tests = {"Task1.A", "Task1.B", "Task1.C"};
  task.hidden_tests = {"Task1Hidden.D"};
  for (const char* name : {"Task1.A", "Task1.B", "Task1.C", "Task1Hidden.D"}) {
    task.canaries[name] = {1, 2};
  }
  plan.tasks = {task};
  return plan;
}

// One submission: right where the coin falls heads, else `tails`.
class Coin {
 public:
  Coin(std::uint64_t seed, TestState tails) : random_(seed), tails_(tails) {}

  TestVerdict Toss(const std::string& name, std::int64_t canary) {
    TestVerdict verdict;
    verdict.name = name;
    verdict.assertions = 2;
    if ((random_() & 1) == 0) {
      verdict.state = tails_;
      verdict.failures = tails_ == TestState::kFailed ? 2 : 0;
    } else {
      verdict.state = canary == 0 ? TestState::kPassed : TestState::kFailed;
      verdict.failures = canary == 0 ? 0 : 1;
    }
    return verdict;
  }

 private:
  std::mt19937_64 random_;
  TestState tails_;
};

struct Outcome {
  bool fell_tails = false;  // in the first look
  bool is_flagged = false;
  bool has_passed = false;  // some test, in the end
};

bool IsPassed(const TestVerdict& test) {
  return test.state == TestState::kPassed;
}

Outcome LookAt(std::uint64_t seed, TestState tails) {
  const Plan plan = FourTests();
  Coin coin(seed, tails);
  const std::string key = "key";
  SecondLook second(
      plan,
      [&coin](const std::filesystem::path&, const std::string& name,
              std::int64_t canary) { return coin.Toss(name, canary); },
      key);
  second.SetBinary(0, "visible");
  second.SetHiddenBinary("hidden");
  Result result;
  TaskResult& task = result.tasks.emplace_back();
  task.number = 1;
  for (const std::string& name : plan.tasks[0].tests) {
    task.tests.push_back(coin.Toss(name, 0));
  }
  task.tests.push_back(coin.Toss(plan.tasks[0].hidden_tests[0], 0));
  task.tests.back().hidden = true;
  Outcome outcome;
  outcome.fell_tails =
      !std::all_of(task.tests.begin(), task.tests.end(), IsPassed);
  second.At(result);
  outcome.is_flagged = !result.flags.empty();
  outcome.has_passed =
      std::any_of(task.tests.begin(), task.tests.end(), IsPassed);
  return outcome;
}

struct Count {
  int unflagged = 0;  // fell tails, and no flag says so
  int undue = 0;      // fell tails, and a test stayed passed
  int unseen = 0;     // both
};

Count CountAll(TestState tails) {
  Count count;
  for (int seed = 0; seed < kSubmissions; ++seed) {
    const Outcome outcome = LookAt(static_cast<std::uint64_t>(seed), tails);
    if (!outcome.fell_tails) continue;
    if (!outcome.is_flagged) ++count.unflagged;
    if (outcome.has_passed) ++count.undue;
    if (outcome.has_passed && !outcome.is_flagged) ++count.unseen;
  }
  return count;
}

TEST(SecondLook, ACoinThatFellTailsEarnsNothingAndIsFlagged) {
  for (const TestState tails : {TestState::kCrashed, TestState::kFailed}) {
    const Count count = CountAll(tails);
    EXPECT_EQ(count.unflagged, 0) << Name(tails);
    EXPECT_EQ(count.undue, 0) << Name(tails);
  }
}

// Out of time costs a whole limit, so few runs ask for a flag: where all four
// tests slept, they sleep four times more in one of sixteen.
TEST(SecondLook, ACoinThatSleptEarnsNothingUnseen) {
  const Count count = CountAll(TestState::kTimedOut);
  EXPECT_EQ(count.unseen, 0);
  EXPECT_LT(count.undue, kSubmissions / 1000);
  EXPECT_LT(count.unflagged, kSubmissions / 100);
}

// Every red test stays what it was, and nothing is flagged, however often.
TEST(SecondLook, WhatIsRedInEachRunHasOneState) {
  const Plan plan = FourTests();
  int runs = 0;
  const std::string key = "key";
  SecondLook second(
      plan,
      [&runs](const std::filesystem::path&, const std::string& name,
              std::int64_t canary) {
        ++runs;
        TestVerdict verdict;
        verdict.name = name;
        verdict.assertions = 2;
        const bool passes = name == "Task1.A" && canary == 0;
        verdict.state = passes ? TestState::kPassed : TestState::kFailed;
        verdict.failures = passes ? 0 : 1;
        return verdict;
      },
      key);
  second.SetBinary(0, "visible");
  Result result;
  TaskResult& task = result.tasks.emplace_back();
  for (const auto& [name, state] : {std::pair{"Task1.A", TestState::kPassed},
                                    std::pair{"Task1.B", TestState::kFailed}}) {
    TestVerdict& test = task.tests.emplace_back();
    test.name = name;
    test.state = state;
    test.assertions = 2;
  }
  second.At(result);
  EXPECT_TRUE(result.flags.empty());
  EXPECT_EQ(task.tests[0].state, TestState::kPassed);
  EXPECT_EQ(task.tests[1].state, TestState::kFailed);
  // A canary, four of what passed, sixteen of what did not.
  EXPECT_EQ(runs, 1 + 4 + 16);
}

// The program of the hidden tests is there, and this one was not run in it.
TEST(SecondLook, AHiddenTestThatDidNotRunHasNoSecondState) {
  const Plan plan = FourTests();
  const std::string key = "key";
  SecondLook second(
      plan,
      [](const std::filesystem::path&, const std::string& name, std::int64_t) {
        TestVerdict verdict;
        verdict.name = name;
        verdict.state = TestState::kPassed;
        return verdict;
      },
      key);
  second.SetHiddenBinary("hidden");
  Result result;
  TestVerdict& test = result.tasks.emplace_back().tests.emplace_back();
  test.name = "Task1Hidden.D";
  test.hidden = true;
  second.At(result);
  EXPECT_TRUE(result.flags.empty());
  EXPECT_EQ(test.state, TestState::kNoVerdict);
}

}  // namespace
}  // namespace workbook::grade
