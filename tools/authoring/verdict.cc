// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace workbook {
namespace {

// The part of Todo's message that no test writes by itself.
constexpr std::string_view kTodoText = " is yours to write";

// ThreadSanitizer's, of a process that it ends.
constexpr int kExitOfThreadSanitizer = 66;
constexpr std::string_view kDataRace = "WARNING: ThreadSanitizer: data race";

// How much of the output a message quotes.
constexpr std::size_t kTailBytes = 2000;

std::string Tail(const TestRun& run) {
  const std::string all = run.process.output + run.process.errors;
  if (all.empty()) return {};
  const std::size_t start = all.size() - std::min(all.size(), kTailBytes);
  return "\nIts last output:\n" + all.substr(start);
}

std::string During(const TestRun& run) {
  return run.last_started.empty() ? std::string{}
                                  : " during " + run.last_started;
}

// The ends that neither a stub nor a mutant may have; empty if there is none.
std::string BadEnd(const std::string& subject, const TestRun& run,
                   const std::string& fix) {
  const ProcessResult& process = run.process;
  if (!process.Started()) {
    return fmt::format("{}: its test could not be started: {}. Build it first.",
                       subject, process.start_error);
  }
  if (process.timed_out) {
    return fmt::format("{}: hung{}; {}. Fix: {}{}", subject, During(run),
                       DescribeEnd(process), fix, Tail(run));
  }
  if (process.signal != 0) {
    return fmt::format("{}: crashed{} with {}. Fix: {}{}", subject, During(run),
                       DescribeEnd(process), fix, Tail(run));
  }
  if (!run.reported) {
    return fmt::format(
        "{}: left the test run early{} with {}, and {}. Fix: {}{}", subject,
        During(run), DescribeEnd(process), run.report_error, fix, Tail(run));
  }
  return {};
}

bool SaysTodo(const TestOutcome& test) {
  return std::any_of(test.failures.begin(), test.failures.end(),
                     [](const TestFailure& failure) {
                       return failure.message.find(kTodoText) !=
                              std::string::npos;
                     });
}

struct SuiteState {
  bool red = false;
  bool todo = false;
};

}  // namespace

Verdict JudgeStub(const std::string& subject, StubKind kind,
                  const TestRun& run) {
  const std::string bad_end = BadEnd(
      subject, run,
      "a stub must be red with exit code 1. No Todo in a noexcept function, a "
      "destructor or on a started thread, and waits in tests are bounded.");
  if (!bad_end.empty()) return {false, bad_end};
  if (run.tests.empty()) {
    return {false, fmt::format("{}: has no test. Fix: write at least one "
                               "TEST(TaskN..., ...) a task.",
                               subject)};
  }
  std::map<std::string, SuiteState> suites;
  for (const TestOutcome& test : run.tests) {
    // A suite whose tests are all disabled or skipped proves nothing, so it
    // stays in the list and counts as green.
    SuiteState& suite = suites[test.suite];
    suite.red = suite.red || test.Failed();
    suite.todo = suite.todo || (test.Failed() && SaysTodo(test));
  }
  for (const auto& [name, suite] : suites) {
    if (!suite.red) {
      return {false,
              fmt::format("{}: the suite {} is green over the stub, so it asks "
                          "nothing of the learner. Fix: give it a test that "
                          "needs the work, or merge it into another suite.",
                          subject, name)};
    }
    if (kind == StubKind::kBuild && !suite.todo) {
      return {false,
              fmt::format("{}: the suite {} is red, but no test of it shows "
                          "\"NN_MM task N: ... is yours to write\". Fix: call "
                          "Todo() in what it uses, and let no test catch "
                          "TodoError.",
                          subject, name)};
    }
  }
  if (!run.process.ExitedWith(1)) {
    return {false, fmt::format("{}: ended with {} instead of 1. Fix: leave the "
                               "exit code to GoogleTest's main.",
                               subject, DescribeEnd(run.process))};
  }
  const auto red =
      std::count_if(run.tests.begin(), run.tests.end(),
                    [](const auto& test) { return test.Failed(); });
  return {
      true,
      fmt::format("{}: {} of {} tests are red over the stub, in all {} suites",
                  subject, red, run.tests.size(), suites.size())};
}

Verdict JudgeMutant(const std::string& patch_path, const std::string& test,
                    const TestRun& run) {
  const std::string bad_end = BadEnd(
      patch_path, run,
      fmt::format("{} must see this mutant by an expectation that fails. "
                  "Check before it uses what the mutant broke, and bound "
                  "its waits.",
                  test));
  if (!bad_end.empty()) return {false, bad_end};
  const auto found = std::find_if(
      run.tests.begin(), run.tests.end(),
      [&](const auto& outcome) { return outcome.FullName() == test; });
  if (found == run.tests.end()) {
    return {false,
            fmt::format("{}:2: names {}, and there is no such test. Fix: "
                        "write the name as `Caught by: Suite.Test`.",
                        patch_path, test)};
  }
  if (!found->ran || found->skipped) {
    return {false, fmt::format("{}:2: {} did not run: it is disabled or skips "
                               "itself. Fix: name a test that runs.",
                               patch_path, test)};
  }
  if (!found->Failed()) {
    return {false, fmt::format("{}: survives: {} passes with it. Fix: make the "
                               "test see the fault, or name the one that does.",
                               patch_path, test)};
  }
  if (!run.process.ExitedWith(1)) {
    return {false,
            fmt::format("{}: {} failed, but the run ended with {} instead "
                        "of exit code 1. Fix: leave the exit code to "
                        "GoogleTest's main.",
                        patch_path, test, DescribeEnd(run.process))};
  }
  return {true, fmt::format("{}: caught by {}", patch_path, test)};
}

Verdict JudgeRace(const std::string& patch_path, const std::string& test,
                  const TestRun& run) {
  const bool reported =
      run.process.errors.find(kDataRace) != std::string::npos ||
      run.process.output.find(kDataRace) != std::string::npos;
  if (run.process.ExitedWith(kExitOfThreadSanitizer) && reported &&
      run.last_started == test) {
    return {true, fmt::format("{}: caught by ThreadSanitizer during {}",
                              patch_path, test)};
  }
  return {false,
          fmt::format("{}: survives: ThreadSanitizer reports no data race "
                      "during {}; the run ended with {}. Fix: let two threads "
                      "of that test reach the fault at once, or name the test "
                      "that does.{}",
                      patch_path, test, DescribeEnd(run.process), Tail(run))};
}

}  // namespace workbook
