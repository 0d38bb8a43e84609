// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/calibrate.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>
#include <vector>

#include "tools/exercise/thread_annotations.h"
#include "tools/grade/blame.h"
#include "tools/grade/canary.h"
#include "tools/grade/compile.h"
#include "tools/grade/observation.h"
#include "tools/grade/runner.h"
#include "tools/workers/workers.h"

namespace workbook::grade {
namespace {

// What two runs of the tests agreed on.
struct Steady {
  std::map<std::string, TestCost> costs;
  std::vector<std::string> one_thread;  // the tests that started no other
  std::map<std::string, std::vector<std::int64_t>> canaries;
  std::map<std::string, ExpectedTest> observations;  // of hidden tests
};

class Calibration {
 public:
  Calibration(Plan& plan, const std::map<std::string, std::string>& files,
              const std::vector<JudgeOptions>& workers,
              const CalibrationProgress& progress)
      : plan_(plan), files_(files), workers_(workers), progress_(progress) {}

  std::string Run() {
    CompileTests();
    if (std::string problem = BuildAll(); !problem.empty()) return problem;
    std::vector<std::string> problems(binaries_.size());
    ForEach(binaries_.size(), jobs(), [&](std::size_t i, int slot) {
      problems[i] = RunOne(i, Runner(plan_, worker(slot)));
      const MutexLock lock(mutex_);
      if (progress_) progress_(++done_, binaries_.size());
    });
    for (const std::string& problem : problems) {
      if (!problem.empty()) return problem;
    }
    if (std::string problem = SizeCases(); !problem.empty()) return problem;
    return plan_.hidden_sources.empty() ? "" : GiveOutHidden();
  }

 private:
  int jobs() const { return static_cast<int>(workers_.size()); }
  const JudgeOptions& worker(int slot) const {
    return workers_[static_cast<std::size_t>(slot)];
  }

  // Into the cache of objects, where BuildAll() finds them: compiling tests is
  // most of the time.
  void CompileTests() {
    const std::vector<std::string> sources = plan_.TestSources();
    ForEach(sources.size(), jobs(), [&](std::size_t i, int slot) {
      Compiler(plan_, files_, worker(slot)).WarmUp(sources[i]);
    });
  }

  std::string BuildAll() {
    Compiler compiler(plan_, files_, worker(0));
    compiler.CompileStems();
    for (PlannedTask& task : plan_.tasks) {
      const Build build = compiler.BuildTest(task.stem, task.files);
      if (!build.error.empty()) return build.error;
      task.usual_flags = build.flags;
      task.usual_calls.assign(build.called.begin(), build.called.end());
      binaries_.push_back(build.binary);
    }
    if (!plan_.hidden_sources.empty()) {
      const Build build = compiler.BuildTest("hidden", {});
      binaries_.push_back(build.binary);
      plan_.hidden_flags = build.flags;
      plan_.hidden_calls.assign(build.called.begin(), build.called.end());
      if (!build.error.empty()) return build.error;
    }
    for (PlannedTask& task : plan_.tasks) {
      for (PlannedCase& planned : task.cases) {
        const Build build = compiler.BuildCase(task, planned);
        if (!build.error.empty()) return build.error;
        cases_.push_back({&planned, build.binary});
      }
    }
    return "";
  }

  std::string SizeCases() {
    std::vector<std::string> problems(cases_.size());
    ForEach(cases_.size(), jobs(), [&](std::size_t i, int slot) {
      problems[i] = SizeCase(Runner(plan_, worker(slot)), cases_[i].second,
                             *cases_[i].first);
    });
    for (const std::string& problem : problems) {
      if (!problem.empty()) return problem;
    }
    return "";
  }

  // As many histories as take the reference case_time, which both kinds share.
  std::string SizeCase(const Runner& runner,
                       const std::filesystem::path& binary,
                       PlannedCase& planned) const {
    constexpr std::uint64_t kLeast = 128;
    constexpr std::uint64_t kLeastRandom = 16;
    planned.enumerated = planned.random = 1;
    if (const auto jails = runner.ProcessorTimeOf(binary, planned)) {
      const auto fitting = [&](auto count, std::uint64_t least) {
        return Fitting(runner, binary, *jails, planned, count, least);
      };
      const auto enumerated = fitting(&PlannedCase::enumerated, kLeast);
      planned.random = fitting(&PlannedCase::random, kLeastRandom);
      planned.enumerated = enumerated;
    }
    const TestVerdict verdict = runner.Case(binary, planned);
    if (verdict.state == TestState::kPassed) return "";
    return verdict.name + " " + Name(verdict.state) + ": " + verdict.message;
  }

  // Powers of two, so that most machines agree.
  std::uint64_t Fitting(const Runner& runner,
                        const std::filesystem::path& binary,
                        std::chrono::nanoseconds jails, PlannedCase planned,
                        std::uint64_t PlannedCase::*count,
                        std::uint64_t least) const {
    const auto share = workers_[0].case_time / 2;
    constexpr std::uint64_t kBound = std::uint64_t{1} << 20;
    planned.*count = least;
    for (; planned.*count < kBound; planned.*count *= 2) {
      const auto used = runner.ProcessorTimeOf(binary, planned);
      if (!used || 2 * (*used - jails) > share) break;
    }
    return planned.*count;
  }

  // The hidden tests are the last.
  std::string RunOne(std::size_t i, const Runner& runner) {
    if (i < plan_.tasks.size()) {
      return RunTask(runner, binaries_[i], plan_.tasks[i]);
    }
    hidden_ = runner.List(binaries_[i]);
    Steady steady;
    std::string problem = RunTwice(runner, binaries_[i], hidden_, steady);
    hidden_canaries_ = std::move(steady.canaries);
    hidden_observations_ = std::move(steady.observations);
    return problem;
  }

  std::string RunTask(const Runner& runner, const std::filesystem::path& binary,
                      PlannedTask& task) const {
    task.tests = runner.List(binary);
    if (task.tests.empty()) return task.stem + "_test lists no test";
    Steady steady;
    if (std::string problem = RunTwice(runner, binary, task.tests, steady);
        !problem.empty()) {
      return problem;
    }
    if (task.tests.empty()) return task.stem + "_test has no test to run here";
    task.costs = std::move(steady.costs);
    task.canaries = std::move(steady.canaries);
    if (workers_[0].measure) {
      CountTwice(runner, binary, steady.one_thread, task);
    }
    return "";
  }

  // Each run counts every test of the task: starting callgrind takes longer
  // than most tests do under it.
  static void CountTwice(const Runner& runner,
                         const std::filesystem::path& binary,
                         const std::vector<std::string>& tests,
                         PlannedTask& task) {
    const auto first = runner.InstructionsOfEach(binary, tests);
    const auto second = runner.InstructionsOfEach(binary, tests);
    task.counted_tests.clear();
    task.instructions = 0;
    for (const auto& [test, instructions] : first) {
      const auto again = second.find(test);
      if (again == second.end() || again->second != instructions) continue;
      task.counted_tests.push_back(test);
      task.instructions += instructions;
    }
  }

  std::string GiveOutHidden() {
    for (PlannedTask& task : plan_.tasks) {
      task.hidden_tests.clear();
      task.observations.clear();
    }
    for (const std::string& test : hidden_) {
      const auto task = std::find_if(
          plan_.tasks.begin(), plan_.tasks.end(),
          [&](const PlannedTask& one) { return one.number == TaskOf(test); });
      if (task == plan_.tasks.end()) {
        return "hidden test " + test +
               " belongs to no task: its suite must begin with TaskN";
      }
      task->hidden_tests.push_back(test);
      const auto canaries = hidden_canaries_.find(test);
      if (canaries != hidden_canaries_.end()) task->canaries.insert(*canaries);
      const auto observations = hidden_observations_.find(test);
      if (observations != hidden_observations_.end()) {
        task->observations.insert(*observations);
      }
    }
    return "";
  }

  // Takes out of `tests` what is skipped.
  static std::string RunTwice(const Runner& runner,
                              const std::filesystem::path& binary,
                              std::vector<std::string>& tests, Steady& steady) {
    std::vector<std::string> ran;
    for (const std::string& name : tests) {
      const TestVerdict first = runner.Test(binary, name);
      if (first.state == TestState::kSkipped) continue;
      const TestVerdict second = runner.Test(binary, name);
      for (const TestVerdict& verdict : {first, second}) {
        if (verdict.state == TestState::kPassed) continue;
        return name + " " + Name(verdict.state) + ": " + verdict.message;
      }
      if (first.cost == second.cost) steady.costs[name] = first.cost;
      if (first.assertions == second.assertions) {
        const auto canaries = FindCanaries(runner, binary, first);
        if (!canaries.empty()) steady.canaries[name] = canaries;
      }
      if (std::string problem = AgreeOn(first, second, steady);
          !problem.empty()) {
        return problem;
      }
      if (first.threads == 0 && second.threads == 0) {
        steady.one_thread.push_back(name);
      }
      ran.push_back(name);
    }
    tests = std::move(ran);
    return "";
  }

  // Visible tests tell no observations.
  static std::string AgreeOn(const TestVerdict& first,
                             const TestVerdict& second, Steady& steady) {
    if (first.observed.empty() && second.observed.empty()) return "";
    const Decoded one = Decode(first.observed);
    const Decoded other = Decode(second.observed);
    for (const Decoded& decoded : {one, other}) {
      if (decoded.error.empty()) continue;
      return first.name +
             ": what its assertions saw can't be read: " + decoded.error;
    }
    steady.observations[first.name] =
        Agree(one.observations, other.observations);
    return "";
  }

  Plan& plan_;
  const std::map<std::string, std::string>& files_;
  const std::vector<JudgeOptions>& workers_;
  const CalibrationProgress& progress_;
  std::vector<std::filesystem::path> binaries_;  // of tasks, then of the hidden
  std::vector<std::pair<PlannedCase*, std::filesystem::path>> cases_;
  std::vector<std::string> hidden_;
  std::map<std::string, std::vector<std::int64_t>> hidden_canaries_;
  std::map<std::string, ExpectedTest> hidden_observations_;
  Mutex mutex_;
  std::size_t done_ GUARDED_BY(mutex_) = 0;  // of the binaries
};

}  // namespace

std::string Calibrate(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const std::vector<JudgeOptions>& workers,
                      const CalibrationProgress& progress) {
  return Calibration(plan, files, workers, progress).Run();
}

}  // namespace workbook::grade
