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

// Those of `tests` whose instructions are the same twice, and how many that is.
std::vector<std::string> SteadyTests(const Runner& runner,
                                     const std::filesystem::path& binary,
                                     const std::vector<std::string>& tests,
                                     std::int64_t& instructions) {
  instructions = runner.Instructions(binary, tests);
  if (instructions > 0 && instructions == runner.Instructions(binary, tests)) {
    return tests;
  }
  // Some of them start threads: one by one.
  std::vector<std::string> steady;
  for (const std::string& test : tests) {
    const std::int64_t first = runner.Instructions(binary, {test});
    if (first > 0 && first == runner.Instructions(binary, {test})) {
      steady.push_back(test);
    }
  }
  instructions = runner.Instructions(binary, steady);
  return steady;
}

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
    task.costs.clear();
    if (std::string problem = RunTwice(build.binary, task.tests, &task.costs);
        !problem.empty()) {
      return problem;
    }
    if (task.tests.empty()) return task.stem + "_test has no test to run here";
    if (!options_.measure) return "";
    std::vector<std::string> measured;
    for (const auto& [name, cost] : task.costs) measured.push_back(name);
    task.counted_tests =
        SteadyTests(runner_, build.binary, measured, task.instructions);
    return "";
  }

  std::string RunHidden() {
    const Build build = compiler_.BuildTest("hidden", {});
    if (!build.error.empty()) return build.error;
    std::vector<std::string> tests = runner_.List(build.binary);
    if (std::string problem = RunTwice(build.binary, tests, nullptr);
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

  // Takes out of `tests` what is skipped; `costs` gets what is the same twice.
  std::string RunTwice(const std::filesystem::path& binary,
                       std::vector<std::string>& tests,
                       std::map<std::string, TestCost>* costs) {
    std::vector<std::string> ran;
    for (const std::string& name : tests) {
      const TestVerdict first = runner_.Test(binary, name);
      if (first.state == TestState::kSkipped) continue;
      const TestVerdict second = runner_.Test(binary, name);
      for (const TestVerdict& verdict : {first, second}) {
        if (verdict.state == TestState::kPassed) continue;
        return name + " " + Name(verdict.state) + ": " + verdict.message;
      }
      if (costs != nullptr && first.cost == second.cost) {
        (*costs)[name] = first.cost;
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
