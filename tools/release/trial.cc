// SPDX-License-Identifier: Apache-2.0

#include "tools/release/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "tools/authoring/verdict.h"
#include "tools/bazel_client/runfiles.h"
#include "tools/process/test_run.h"
#include "tools/release/contents.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kErrorLines = 8;
constexpr std::chrono::seconds kTestTime{60};

std::vector<Problem> DoesNotBuild(const BazelRun& run) {
  if (run.trouble) return {*run.trouble};
  std::string why;
  for (const std::string& line : ErrorLines(run.errors, kErrorLines)) {
    why += "\n  " + line;
  }
  const std::string ended = run.ExitedWith(1) ? "" : ": " + DescribeEnd(run);
  return {
      {"the copy does not build" + ended + why, "bazel build //...",
       std::string("A file that is missing belongs into ") + kContentsFile +
           "; what needs a reference belongs out of the copy's BUILD files."}};
}

// A test's data lie where Bazel would start it.
TestRun RunStub(const fs::path& program, const TrialOptions& options) {
  TestRunOptions run;
  run.timeout = kTestTime;
  run.environment = {{"TEST_TMPDIR", options.scratch.string()}};
  const fs::path all = program.string() + ".runfiles";
  const fs::path runfiles = all / WorkspaceIn(all);
  std::error_code ignored;
  if (fs::is_directory(runfiles, ignored)) {
    run.working_directory = runfiles.string();
  }
  return RunTests(program.string(), run);
}

bool HasRedTest(const TestRun& run, const Task& task) {
  const std::string prefix = fmt::format("Task{}", task.number);
  return std::any_of(run.tests.begin(), run.tests.end(),
                     [&](const TestOutcome& test) {
                       const std::size_t at = test.suite.find(prefix);
                       if (at == std::string::npos || !test.Failed()) {
                         return false;
                       }
                       const std::size_t end = at + prefix.size();
                       return end == test.suite.size() ||
                              test.suite[end] < '0' || test.suite[end] > '9';
                     });
}

void JudgeExercise(const Exercise& exercise, const BuildEvents& events,
                   const TrialOptions& options,
                   std::vector<Problem>& problems) {
  const std::string next =
      "./workbook verify " + exercise.id + " says the same in the course.";
  const StubKind kind =
      exercise.kind == Kind::kBuild ? StubKind::kBuild : StubKind::kImprove;
  std::map<std::string, TestRun> runs;
  for (const Task& task : exercise.tasks) {
    const std::string label = exercise.TestLabel(task);
    const auto target = events.targets.find(label);
    if (target == events.targets.end() || target->second.outputs.empty()) {
      problems.push_back({"a task's test was not built", label, next});
      continue;
    }
    if (!runs.contains(label)) {
      runs[label] = RunStub(target->second.outputs.front(), options);
      const Verdict verdict = JudgeStub(label, kind, runs[label]);
      if (!verdict.ok) problems.push_back({verdict.message, label, next});
    }
    if (!HasRedTest(runs[label], task)) {
      problems.push_back(
          {fmt::format("task {} has no red test", task.number), label, next});
    }
  }
}

}  // namespace

std::vector<Problem> TryOut(const TrialOptions& options, Bazel& bazel) {
  options.print("building the copy in a clean place: bazel build //...");
  const BazelRun build =
      bazel.BuildOrTest("build", {"--symlink_prefix=/", "--", "//..."});
  if (!build.ExitedWith(0)) return DoesNotBuild(build);
  std::vector<Problem> problems;
  for (const Exercise* exercise : options.exercises) {
    JudgeExercise(*exercise, build.events, options, problems);
    options.print(fmt::format("{}: the tests of {} stubs were run",
                              exercise->id, exercise->tasks.size()));
  }
  return problems;
}

}  // namespace workbook::release
