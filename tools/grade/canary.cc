// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/canary.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "tools/sha256/sha256.h"

namespace workbook::grade {
namespace {

// Few, because each is a jail: a forger who changes every result is seen by
// any, and then all of his tests have one.
constexpr std::size_t kVisibleCanaries = 2;
constexpr std::size_t kHiddenCanaries = 1;
// Of what passed beside a red test: a coin shows itself with odds of 15 in 16.
constexpr int kRunsBesideReds = 4;
// Of the red tests together: a coin that felled all of a task has to fall alike
// sixteen times more, or is seen.
constexpr int kRunsOfReds = 16;
constexpr int kRunsInDoubt = 8;
// Of a submission that tosses coins: of 60 tests, some pass eight times more.
constexpr int kRunsOfTheUnsteady = 40;
// A test that waits costs its whole time limit.
constexpr std::size_t kTimedOutAgain = 4;

std::uint64_t FirstDigits(const std::string& digits) {
  return std::stoull(digits.substr(0, 16), nullptr, 16);
}

// Some tests fail in a way that says nothing about the others.
bool IsRed(TestState state) {
  return state != TestState::kPassed && state != TestState::kSkipped &&
         state != TestState::kInfrastructure;
}

bool HasRed(const Result& result) {
  return std::any_of(
      result.tasks.begin(), result.tasks.end(), [](const TaskResult& task) {
        return std::any_of(
            task.tests.begin(), task.tests.end(),
            [](const TestVerdict& test) { return IsRed(test.state); });
      });
}

void AddFlag(const std::string& flag, Result& result) {
  if (std::find(result.flags.begin(), result.flags.end(), flag) ==
      result.flags.end()) {
    result.flags.push_back(flag);
  }
}

}  // namespace

std::vector<std::int64_t> FindCanaries(const Runner& runner,
                                       const std::filesystem::path& binary,
                                       const TestVerdict& passed) {
  if (passed.assertions <= 0) return {};
  const auto count = static_cast<std::uint64_t>(passed.assertions);
  const std::uint64_t drawn = 1 + FirstDigits(Sha256(passed.name)) % count;
  std::vector<std::int64_t> found;
  for (const std::uint64_t canary : std::set{std::uint64_t{1}, drawn, count}) {
    const auto number = static_cast<std::int64_t>(canary);
    const TestVerdict verdict = runner.Test(binary, passed.name, number);
    if (verdict.state == TestState::kFailed && verdict.failures == 1) {
      found.push_back(number);
    }
  }
  return found;
}

std::uint64_t SecondLook::Draw(const std::string& name) const {
  return FirstDigits(Sha256(key_ + name));
}

std::filesystem::path SecondLook::BinaryOf(const Place& place) const {
  const PlannedTask& task = plan_.tasks[place.task];
  const bool hidden = place.verdict->hidden;
  const auto& tests = hidden ? task.hidden_tests : task.tests;
  if (std::find(tests.begin(), tests.end(), place.verdict->name) ==
      tests.end()) {
    return {};
  }
  return hidden ? hidden_ : binaries_[place.task];
}

void SecondLook::SortAsDrawn(std::vector<Place>& places) const {
  std::sort(places.begin(), places.end(),
            [this](const Place& a, const Place& b) {
              return Draw(a.verdict->name) < Draw(b.verdict->name);
            });
}

std::vector<SecondLook::Place> SecondLook::Passed(Result& result,
                                                  std::size_t task,
                                                  bool hidden) {
  std::vector<Place> places;
  for (TestVerdict& test : result.tasks[task].tests) {
    const Place place{task, &test};
    if (test.state == TestState::kPassed && test.hidden == hidden &&
        !BinaryOf(place).empty()) {
      places.push_back(place);
    }
  }
  SortAsDrawn(places);
  return places;
}

TestVerdict SecondLook::Run(const Place& place, std::int64_t canary) {
  TestVerdict verdict = run_(BinaryOf(place), place.verdict->name, canary);
  if (verdict.state == TestState::kInfrastructure) {
    place.verdict->state = verdict.state;
    place.verdict->message = verdict.message;
  }
  return verdict;
}

// Passed with a false expectation, twice: the second time with the one that
// comes first, which no run can miss. A test that fails in between as it is has
// two states, and is no forgery.
bool SecondLook::IsForged(const Place& place) {
  const auto& canaries = plan_.tasks[place.task].canaries;
  const auto found = canaries.find(place.verdict->name);
  if (found == canaries.end() || found->second.empty()) return false;
  const std::vector<std::int64_t>& numbers = found->second;
  std::int64_t number =
      numbers[Draw(place.verdict->name + " number") % numbers.size()];
  if (number > place.verdict->assertions) number = numbers.front();
  const TestVerdict first = Run(place, number);
  if (first.state != TestState::kPassed) {
    const bool failed = first.state == TestState::kFailed;
    if (!failed || first.failures != 1) in_doubt_ = true;
    return false;
  }
  in_doubt_ = true;
  if (Run(place, 0).state != TestState::kPassed) return false;
  return Run(place, numbers.front()).state == TestState::kPassed;
}

void SecondLook::Distrust(Result& result, const Place& place) {
  AddFlag("task " + std::to_string(result.tasks[place.task].number) +
              " is forged: " + place.verdict->name +
              " is reported as passed when its expectation is false",
          result);
  for (TestVerdict& test : result.tasks[place.task].tests) {
    test.state = TestState::kNoVerdict;
    test.message =
        "not believed: a test of this task was reported as passed when it had "
        "to fail";
  }
}

void SecondLook::FlyCanaries(Result& result, std::size_t task, bool hidden,
                             std::size_t count) {
  const auto& canaries = plan_.tasks[task].canaries;
  for (const Place& place : Passed(result, task, hidden)) {
    if (count == 0) return;
    if (!canaries.contains(place.verdict->name)) continue;
    --count;
    if (!IsForged(place)) continue;
    forged_ = true;
    Distrust(result, place);
    return;
  }
}

void SecondLook::AddMixed(const TestVerdict& again, TestVerdict& verdict,
                          Result& result) {
  AddFlag("two states of one test: " + verdict.name + " is " +
              Name(verdict.state) + " and " + Name(again.state) +
              " in runs of the same program",
          result);
  ++mixed_;
  if (verdict.state != TestState::kPassed) return;
  const bool hidden = verdict.hidden;
  verdict = again;
  verdict.hidden = hidden;
  verdict.message = "passed in one run, and in another: " + again.message;
}

void SecondLook::RunAgain(Result& result, int times) {
  for (std::size_t task = 0; task < result.tasks.size(); ++task) {
    for (const bool hidden : {false, true}) {
      for (const Place& place : Passed(result, task, hidden)) {
        for (int i = 0; i < times; ++i) {
          const TestVerdict again = Run(place, 0);
          if (again.state == TestState::kPassed) continue;
          if (again.state == TestState::kInfrastructure) break;
          in_doubt_ = true;
          AddMixed(again, *place.verdict, result);
          break;
        }
      }
    }
  }
}

std::vector<SecondLook::Place> SecondLook::Red(Result& result, bool timed_out) {
  std::vector<Place> places;
  for (std::size_t task = 0; task < result.tasks.size(); ++task) {
    for (TestVerdict& test : result.tasks[task].tests) {
      const Place place{task, &test};
      // A hidden test without a verdict need not have run.
      const bool ran = !test.hidden || test.state != TestState::kNoVerdict;
      if (ran && IsRed(test.state) && !BinaryOf(place).empty() &&
          (test.state == TestState::kTimedOut) == timed_out) {
        places.push_back(place);
      }
    }
  }
  SortAsDrawn(places);
  return places;
}

// It stays what it is: only the flag is asked for.
bool SecondLook::PassesNow(const Place& place, Result& result) {
  const TestVerdict again = run_(BinaryOf(place), place.verdict->name, 0);
  if (again.state != TestState::kPassed) return false;
  in_doubt_ = true;
  AddMixed(again, *place.verdict, result);
  return true;
}

// In turns, so that one red test has all of the runs. Each that is seen to pass
// counts: with two of them, all tests are run forty times.
void SecondLook::RunRedAgain(Result& result) {
  std::vector<Place> places = Red(result, false);
  std::size_t next = 0;
  for (int i = 0; i < kRunsOfReds && !places.empty() && mixed_ < 2; ++i) {
    next %= places.size();
    if (PassesNow(places[next], result)) {
      places.erase(places.begin() + static_cast<std::ptrdiff_t>(next));
    } else {
      ++next;
    }
  }
}

// Few, as each has all of its time. So what passed says more.
void SecondLook::RunTimedOutAgain(Result& result) {
  std::vector<Place> places = Red(result, true);
  if (!places.empty()) in_doubt_ = true;
  places.resize(std::min(places.size(), kTimedOutAgain));
  for (const Place& place : places) {
    if (PassesNow(place, result)) return;
  }
}

void SecondLook::At(Result& result) {
  for (std::size_t task = 0; task < result.tasks.size(); ++task) {
    FlyCanaries(result, task, false, kVisibleCanaries);
    FlyCanaries(result, task, true, kHiddenCanaries);
  }
  if (forged_) {
    for (std::size_t task = 0; task < result.tasks.size(); ++task) {
      FlyCanaries(result, task, false, plan_.tasks[task].tests.size());
      FlyCanaries(result, task, true, plan_.tasks[task].hidden_tests.size());
    }
  }
  if (HasRed(result) && !forged_) {
    RunAgain(result, kRunsBesideReds);
    RunRedAgain(result);
    // A coin need not have fallen both ways yet.
    if (mixed_ == 0) RunTimedOutAgain(result);
  }
  if (in_doubt_) RunAgain(result, kRunsInDoubt);
  if (mixed_ > 1) RunAgain(result, kRunsOfTheUnsteady);
  if (mixed_ > 0) DistrustCases(result);
}

// A coin that fell well for a whole case has not computed its answers.
void SecondLook::DistrustCases(Result& result) {
  for (TaskResult& task : result.tasks) {
    for (TestVerdict& test : task.tests) {
      if (!test.IsCase() || test.state != TestState::kPassed) continue;
      test.state = TestState::kFailed;
      test.message = "passed, but other tests have two states";
    }
  }
}

}  // namespace workbook::grade
