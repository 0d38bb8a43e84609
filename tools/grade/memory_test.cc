// SPDX-License-Identifier: Apache-2.0

// What grading costs the grader itself, as the kernel counted it.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tools/grade/batch.h"
#include "tools/grade/class_exports.h"
#include "tools/grade/gradebook.h"
#include "tools/grade/sample_batch.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kTests = 60;  // a whole exercise

Result ResultOfAWholeExercise(const Job& job) {
  Result result = OneTestResult(job, true);
  std::vector<TestVerdict>& tests = result.tasks[0].tests;
  tests.clear();
  for (int i = 0; i < kTests; ++i) {
    TestVerdict test;
    test.name = "Task1Ring.BehavesAsItsNameSays" + std::to_string(i);
    test.state = i % 10 == 0 ? TestState::kFailed : TestState::kPassed;
    if (i % 10 == 0) test.message = std::string(300, 'x');
    tests.push_back(test);
  }
  return result;
}

// As `./workbook grade` does it; returns how many marks there are.
int GradeAndExport(const fs::path& folder, const Plan& plan,
                   const std::vector<fs::path>& paths,
                   const BatchOptions& options) {
  const MarkRules rules;
  Ledger ledger(folder / "events.jsonl");
  Gradebook book(folder, paths.size());
  GradeEach(
      plan, rules, paths, ledger, options,
      [&book](std::size_t i, const Result& result) { book.Put(i, result); });
  ClassExports exports(folder, plan, rules);
  for (std::size_t i = 0; i < book.size(); ++i) exports.Add(book.At(i));
  exports.Finish();
  return static_cast<int>(exports.marks().size());
}

// The peak resident set, in KiB, of a process that grades so many.
long PeakKib(const fs::path& folder, int submissions) {
  const Plan plan = OneTaskPlan(folder);
  std::vector<fs::path> paths;
  for (int i = 0; i < submissions; ++i) {
    // 100 kB each: what is kept of a submission must not hold its files.
    paths.push_back(HandIn(
        folder, std::to_string(1000 + i),
        "int n = " + std::to_string(i) + ";\n" + std::string(100'000, ' ')));
  }
  const pid_t child = fork();
  if (child == 0) {
    BatchOptions options;
    options.jobs = 2;
    options.judge = [](const Plan&, const Job& job, int) {
      return ResultOfAWholeExercise(job);
    };
    _exit(GradeAndExport(folder, plan, paths, options) == submissions ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  EXPECT_EQ(wait4(child, &status, 0, &usage), child);
  EXPECT_EQ(status, 0);
  return usage.ru_maxrss;
}

TEST(Memory, IsFlatFrom10To1000Submissions) {
  const ScratchFolder ten;
  const ScratchFolder thousand;
  const long small_kib = PeakKib(ten.path(), 10);
  const long large_kib = PeakKib(thousand.path(), 1000);
  RecordProperty("peak_kib_of_10", static_cast<int>(small_kib));
  RecordProperty("peak_kib_of_1000", static_cast<int>(large_kib));
  // 990 submissions more: 99 MB of files, and results of 60 tests, 12 kB each.
  // What their paths, keys, places and marks cost is two KiB for each.
  EXPECT_LT(large_kib - small_kib, 990 * 5 / 2);
}

}  // namespace
}  // namespace workbook::grade
