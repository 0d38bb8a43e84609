// SPDX-License-Identifier: Apache-2.0

// Looks at a submission's results a second time: canaries, and tests that are
// in doubt.
//
// A canary is a run of a test with one assertion turned (canary_sites.h): the
// program, its arguments and its descriptors are those of any run. It must be
// reported as failed. Where it is reported as passed, results are forged, and
// none of that task is believed.
#ifndef WORKBOOK_TOOLS_GRADE_CANARY_H_
#define WORKBOOK_TOOLS_GRADE_CANARY_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tools/grade/plan.h"
#include "tools/grade/result.h"
#include "tools/grade/runner.h"

namespace workbook::grade {

// Of the assertions that a passed test of the reference evaluated, by their
// order: the first, the last and one that the name draws, where turning them
// makes the reference report that one failure.
// Cost: three runs of the test at most.
std::vector<std::int64_t> FindCanaries(const Runner& runner,
                                       const std::filesystem::path& binary,
                                       const TestVerdict& passed);

// As Runner::Test.
using RunTest =
    std::function<TestVerdict(const std::filesystem::path& binary,
                              const std::string& name, std::int64_t canary)>;

// Thread safety: one thread.
class SecondLook {
 public:
  // `key` draws the canaries: the same job has the same ones. Its hash covers
  // the hidden tests, so that no student can know it.
  // REQUIRES: all outlive it.
  SecondLook(const Plan& plan, const Runner& runner, const std::string& key)
      : SecondLook(
            plan,
            [&runner](const std::filesystem::path& binary,
                      const std::string& name, std::int64_t canary) {
              return runner.Test(binary, name, canary);
            },
            key) {}
  SecondLook(const Plan& plan, RunTest run, const std::string& key)
      : plan_(plan),
        run_(std::move(run)),
        key_(key),
        binaries_(plan.tasks.size()) {}

  // What the visible tests of the plan's task `i`, and all hidden ones, ran in.
  void SetBinary(std::size_t i, std::filesystem::path binary) {
    binaries_[i] = std::move(binary);
  }
  void SetHiddenBinary(std::filesystem::path binary) {
    hidden_ = std::move(binary);
  }

  // Callgrind saw a test end otherwise.
  void Doubt() { in_doubt_ = true; }

  // A few canaries for each task. A submission with a test that did not pass
  // has each passed one run four times more, and those that did not pass
  // sixteen times together. One that showed two states, ran out of time, or
  // ended a canary otherwise than by a failure, has each passed test run eight
  // times more; one with two tests of two states, forty times. What did not
  // pass each time has not passed. Two states are flagged, whichever came
  // first.
  // Cost: three canaries a task. With a red test, four runs of each passed test
  // and sixteen of red ones; of those out of time, one each and at most four.
  void At(Result& result);

 private:
  static void DistrustCases(Result& result);
  struct Place {
    std::size_t task;
    TestVerdict* verdict;
  };
  // Both in an order that is drawn.
  std::vector<Place> Passed(Result& result, std::size_t task, bool hidden);
  std::vector<Place> Red(Result& result, bool timed_out);
  // Of a test that the judge knows as one of a binary that was built.
  std::filesystem::path BinaryOf(const Place& place) const;
  void SortAsDrawn(std::vector<Place>& places) const;
  std::uint64_t Draw(const std::string& name) const;
  TestVerdict Run(const Place& place, std::int64_t canary);
  void FlyCanaries(Result& result, std::size_t task, bool hidden,
                   std::size_t count);
  bool IsForged(const Place& place);
  static void Distrust(Result& result, const Place& place);
  void RunAgain(Result& result, int times);
  void RunRedAgain(Result& result);
  void RunTimedOutAgain(Result& result);
  bool PassesNow(const Place& place, Result& result);
  void AddMixed(const TestVerdict& again, TestVerdict& verdict, Result& result);

  const Plan& plan_;
  const RunTest run_;
  const std::string& key_;
  std::vector<std::filesystem::path> binaries_;
  std::filesystem::path hidden_;
  bool in_doubt_ = false;
  int mixed_ = 0;  // tests with two states
  bool forged_ = false;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CANARY_H_
