// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/judge.h"

#include <algorithm>

#include "tools/grade/addresses.h"
#include "tools/grade/canary.h"
#include "tools/grade/compile.h"
#include "tools/grade/figures.h"
#include "tools/grade/runner.h"
#include "tools/sha256/sha256.h"

namespace workbook::grade {
namespace {

void JudgeTask(const Runner& runner, const PlannedTask& task,
               const std::filesystem::path& binary, bool measure,
               TaskResult& result, SecondLook& second) {
  for (const std::string& name : task.tests) {
    result.tests.push_back(runner.Test(binary, name));
  }
  const bool all = std::all_of(
      result.tests.begin(), result.tests.end(),
      [](const TestVerdict& t) { return t.state == TestState::kPassed; });
  if (all && measure) {
    const InstructionCount count =
        runner.Instructions(binary, task.counted_tests);
    result.instructions = count.instructions;
    if (count.instructions == 0 && !task.counted_tests.empty()) second.Doubt();
    result.failed_when_counted = count.failed;
    if (count.infrastructure) {
      result.state = TaskState::kInfrastructure;
      result.message = "callgrind did not start or had no processor";
    }
  }
}

void JudgeHidden(const Plan& plan, const Runner& runner, const Build& build,
                 Result& result) {
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    for (const std::string& name : plan.tasks[i].hidden_tests) {
      TestVerdict verdict;
      verdict.name = name;
      if (result.tasks[i].state != TaskState::kGraded) {
        verdict.message = "not run: the task itself is not fit";
      } else if (build.stood_in.contains(plan.tasks[i].number)) {
        verdict.message =
            "the hidden tests of this task do not compile with these files";
      } else if (build.error.empty()) {
        verdict = runner.Test(build.binary, name);
      } else {
        verdict.message = "the hidden tests do not build with this submission";
      }
      if (build.infrastructure) verdict.state = TestState::kInfrastructure;
      verdict.hidden = true;
      result.tasks[i].tests.push_back(verdict);
    }
  }
}

// Hidden tests whose expectations are not in the submission's process.
void JudgeCases(const Runner& runner, const PlannedTask& task,
                Compiler& compiler, TaskResult& result) {
  for (const PlannedCase& planned : task.cases) {
    TestVerdict verdict;
    verdict.name = planned.TestName();
    if (result.state == TaskState::kGraded) {
      const Build build = compiler.BuildCase(task, planned);
      if (build.error.empty()) {
        verdict = runner.Case(build.binary, planned);
      } else {
        verdict.message =
            "its calls do not build with these files:\n" + build.error;
      }
      if (build.infrastructure) verdict.state = TestState::kInfrastructure;
    } else {
      verdict.message = "not run: the task itself is not fit";
    }
    verdict.hidden = true;
    result.tests.push_back(verdict);
  }
}

bool HasInfrastructureFailure(const Result& result) {
  return std::any_of(
      result.tasks.begin(), result.tasks.end(), [](const TaskResult& task) {
        return task.state == TaskState::kInfrastructure ||
               std::any_of(task.tests.begin(), task.tests.end(),
                           [](const TestVerdict& test) {
                             return test.state == TestState::kInfrastructure;
                           });
      });
}

// What a student has to know to understand a red test of another task.
void AddNote(const PlannedTask& task, const std::set<int>& stood_in,
             Result& result) {
  for (const int number : stood_in) {
    const std::string other = std::to_string(number);
    result.notes.push_back("Task " + std::to_string(task.number) +
                           " was tested with the files of task " + other +
                           " as they were handed out, because yours could not "
                           "be used. Tests that need your task " +
                           other + " fail. Fix: correct task " + other +
                           " first.");
  }
}

void AddFlags(const std::vector<std::string>& flags,
              const std::vector<std::string>& usual, Result& result) {
  for (const std::string& flag : flags) {
    if (std::find(usual.begin(), usual.end(), flag) != usual.end()) continue;
    if (std::find(result.flags.begin(), result.flags.end(), flag) ==
        result.flags.end()) {
      result.flags.push_back(flag);
    }
  }
}

// A function that the same test over the reference does not call stands in the
// way of one that the test means, or compares what the test compares.
void AddCalls(const std::set<std::string>& called,
              const std::vector<std::string>& usual, Result& result) {
  std::vector<std::string> flags;
  for (const std::string& name : called) {
    if (std::find(usual.begin(), usual.end(), name) == usual.end()) {
      flags.push_back("a test calls " + name +
                      ", which it does not call over the reference");
    }
  }
  AddFlags(flags, {}, result);
}

void AddObservations(Result& result) {
  for (const TaskResult& task : result.tasks) {
    for (const TestVerdict& test : task.tests) {
      for (const std::string& flag : test.observation_flags) {
        result.flags.push_back(flag);
      }
    }
  }
}

}  // namespace

Job MakeJob(const Plan& plan, const Submission& submission,
            const std::string& fingerprint) {
  Job job{submission.student, submission.files, ""};
  // Students' bytes need not be UTF-8, and two that differ must not become one
  // key: lengths and raw bytes, not JSON.
  std::string inputs = plan.exercise + fingerprint;
  for (const auto& [name, bytes] : submission.files) {
    inputs += '\0' + name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
  }
  job.key = Sha256(inputs);
  return job;
}

Result Judge(const Plan& plan, const Job& job, const JudgeOptions& options) {
  Result result;
  result.student = job.student;
  result.exercise = plan.exercise;
  result.key = job.key;
  result.seed = plan.seed;
  result.state = "graded";
  Compiler compiler(plan, job.files, options);
  const Runner runner(plan, options);
  SecondLook second(plan, runner, job.key);
  compiler.CompileStems();
  for (const PlannedTask& task : plan.tasks) {
    TaskResult& outcome = result.tasks.emplace_back();
    outcome.number = task.number;
    outcome.title = task.title;
    const Build build = compiler.BuildTest(task.stem, task.files);
    AddFlags(build.flags, task.usual_flags, result);
    AddCalls(build.called, task.usual_calls, result);
    AddNote(task, build.stood_in, result);
    if (build.error.empty()) {
      second.SetBinary(result.tasks.size() - 1, build.binary);
      JudgeTask(runner, task, build.binary, options.measure, outcome, second);
    } else {
      outcome.state = build.state;
      outcome.message = build.error;
    }
  }
  if (!plan.hidden_sources.empty()) {
    const Build hidden = compiler.BuildTest("hidden", {});
    if (hidden.error.empty()) second.SetHiddenBinary(hidden.binary);
    AddFlags(hidden.flags, plan.hidden_flags, result);
    AddCalls(hidden.called, plan.hidden_calls, result);
    JudgeHidden(plan, runner, hidden, result);
    AddObservations(result);
  }
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    JudgeCases(runner, plan.tasks[i], compiler, result.tasks[i]);
  }
  second.At(result);
  if (options.measure) AddFlags(ImpossibleFigures(plan, result), {}, result);
  if (HasInfrastructureFailure(result)) result.state = "infrastructure";
  for (TaskResult& task : result.tasks) {
    for (TestVerdict& test : task.tests) {
      test.message = NumberAddresses(test.message);
    }
  }
  return result;
}

Result JudgeWithRetries(const Plan& plan, const Job& job,
                        const JudgeFunction& judge, const JudgeOptions& options,
                        int attempts) {
  Result result;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    result = judge ? judge(plan, job, options.slot) : Judge(plan, job, options);
    if (result.state != "infrastructure") break;
  }
  return result;
}

}  // namespace workbook::grade
