#include "tools/grade/calibrate.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "tools/grade/compile.h"
#include "tools/grade/runner.h"

namespace workbook::grade {
namespace {

// Task7Hidden.LosesNoTask belongs to task 7.
int TaskOf(const std::string& hidden_test) {
  constexpr std::size_t kPrefix = 4;
  if (!hidden_test.starts_with("Task")) return 0;
  return std::atoi(hidden_test.c_str() + kPrefix);
}

// What two runs of the tests agreed on.
struct Steady {
  std::map<std::string, TestCost> costs;
  std::vector<std::string> one_thread;  // the tests that started no other
};

class Calibration {
 public:
  Calibration(Plan& plan, const std::map<std::string, std::string>& files,
              const JudgeOptions& options)
      : plan_(plan),
        options_(options),
        compiler_(plan, files, options),
        runner_(plan, options) {}

  std::string Run() {
    compiler_.CompileStems();
    for (PlannedTask& task : plan_.tasks) {
      if (std::string problem = RunTask(task); !problem.empty()) return problem;
    }
    return plan_.hidden_sources.empty() ? "" : RunHidden();
  }

 private:
  std::string RunTask(PlannedTask& task) {
    const Build build = compiler_.BuildTest(task.stem, task.files);
    if (!build.error.empty()) return build.error;
    task.usual_flags = build.flags;
    task.tests = runner_.List(build.binary);
    if (task.tests.empty()) return task.stem + "_test lists no test";
    Steady steady;
    if (std::string problem = RunTwice(build.binary, task.tests, steady);
        !problem.empty()) {
      return problem;
    }
    if (task.tests.empty()) return task.stem + "_test has no test to run here";
    task.costs = std::move(steady.costs);
    if (options_.measure) CountTwice(build.binary, steady.one_thread, task);
    return "";
  }

  // Each run counts every test of the task: starting callgrind takes longer
  // than most tests do under it.
  void CountTwice(const std::filesystem::path& binary,
                  const std::vector<std::string>& tests, PlannedTask& task) {
    const auto first = runner_.InstructionsOfEach(binary, tests);
    const auto second = runner_.InstructionsOfEach(binary, tests);
    task.counted_tests.clear();
    task.instructions = 0;
    for (const auto& [test, instructions] : first) {
      const auto again = second.find(test);
      if (again == second.end() || again->second != instructions) continue;
      task.counted_tests.push_back(test);
      task.instructions += instructions;
    }
  }

  std::string RunHidden() {
    const Build build = compiler_.BuildTest("hidden", {});
    if (!build.error.empty()) return build.error;
    std::vector<std::string> tests = runner_.List(build.binary);
    Steady unused;
    if (std::string problem = RunTwice(build.binary, tests, unused);
        !problem.empty()) {
      return problem;
    }
    for (PlannedTask& task : plan_.tasks) task.hidden_tests.clear();
    for (const std::string& test : tests) {
      const auto task = std::find_if(
          plan_.tasks.begin(), plan_.tasks.end(),
          [&](const PlannedTask& one) { return one.number == TaskOf(test); });
      if (task == plan_.tasks.end()) {
        return "hidden test " + test +
               " belongs to no task: its suite must begin with TaskN";
      }
      task->hidden_tests.push_back(test);
    }
    return "";
  }

  // Takes out of `tests` what is skipped.
  std::string RunTwice(const std::filesystem::path& binary,
                       std::vector<std::string>& tests, Steady& steady) {
    std::vector<std::string> ran;
    for (const std::string& name : tests) {
      const TestVerdict first = runner_.Test(binary, name);
      if (first.state == TestState::kSkipped) continue;
      const TestVerdict second = runner_.Test(binary, name);
      for (const TestVerdict& verdict : {first, second}) {
        if (verdict.state == TestState::kPassed) continue;
        return name + " " + Name(verdict.state) + ": " + verdict.message;
      }
      if (first.cost == second.cost) steady.costs[name] = first.cost;
      if (first.threads == 0 && second.threads == 0) {
        steady.one_thread.push_back(name);
      }
      ran.push_back(name);
    }
    tests = std::move(ran);
    return "";
  }

  Plan& plan_;
  const JudgeOptions& options_;
  Compiler compiler_;
  const Runner runner_;
};

}  // namespace

std::string Calibrate(Plan& plan,
                      const std::map<std::string, std::string>& files,
                      const JudgeOptions& options) {
  return Calibration(plan, files, options).Run();
}

}  // namespace workbook::grade
