// What grading costs the grader itself, as the kernel counted it.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tools/grade/batch.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

constexpr int kTests = 60;  // a whole exercise

Result Verdict(const Job& job) {
  Result result;
  result.student = job.student;
  result.exercise = "09_09";
  result.key = job.key;
  result.state = "graded";
  TaskResult task;
  task.number = 1;
  for (int i = 0; i < kTests; ++i) {
    TestVerdict test;
    test.name = "Task1Ring.BehavesAsItsNameSays" + std::to_string(i);
    test.state = i % 10 == 0 ? TestState::kFailed : TestState::kPassed;
    if (i % 10 == 0) test.message = std::string(300, 'x');
    task.tests.push_back(test);
  }
  result.tasks = {task};
  return result;
}

// The peak resident set, in KiB, of a process that grades so many.
long PeakKib(const fs::path& folder, int submissions) {
  Plan plan;
  plan.exercise = "09_09";
  plan.trusted = folder / "trusted";
  fs::create_directories(plan.trusted);
  PlannedTask task;
  task.number = 1;
  task.files = {"ring.cc"};
  plan.tasks = {task};
  std::vector<fs::path> paths;
  for (int i = 0; i < submissions; ++i) {
    paths.push_back(folder / "in" / std::to_string(1000 + i));
    fs::create_directories(paths.back());
    // 100 kB each: what is kept of a submission must not hold its files.
    std::ofstream(paths.back() / "ring.cc") << "int n = " << i << ";\n"
                                            << std::string(100'000, ' ');
  }
  const pid_t child = fork();
  if (child == 0) {
    BatchOptions options;
    options.jobs = 2;
    options.judge = [](const Plan&, const Job& job, int) {
      return Verdict(job);
    };
    Ledger ledger(folder / "events.jsonl");
    const auto results = GradeAll(plan, {}, paths, ledger, options);
    _exit(static_cast<int>(results.size()) == submissions ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  EXPECT_EQ(wait4(child, &status, 0, &usage), child);
  EXPECT_EQ(status, 0);
  return usage.ru_maxrss;
}

TEST(Memory, GrowsByTheResultsAloneFrom10To1000Submissions) {
  const ScratchFolder ten;
  const ScratchFolder thousand;
  const long small_kib = PeakKib(ten.path(), 10);
  const long large_kib = PeakKib(thousand.path(), 1000);
  RecordProperty("peak_kib_of_10", static_cast<int>(small_kib));
  RecordProperty("peak_kib_of_1000", static_cast<int>(large_kib));
  // 1000 submissions have 100 MB of files; a result has 60 tests, and is held
  // by the ledger and by the gradebook.
  EXPECT_LT(large_kib - small_kib, 48 * 1024);
}

}  // namespace
}  // namespace workbook::grade
