// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/direct/direct.h"

#include <algorithm>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "tools/workbook/direct/compile.h"
#include "tools/workbook/direct/test_program.h"
#include "tools/workers/workers.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

// On all processors.
void InParallel(std::size_t count,
                const std::function<void(std::size_t)>& work) {
  const std::size_t processors =
      std::max<std::size_t>(1, std::thread::hardware_concurrency());
  ForEach(count,
          static_cast<int>(std::clamp<std::size_t>(count, 1, processors)),
          [&work](std::size_t i, int) { work(i); });
}

bool AllUnchanged(const std::vector<FileState>& states) {
  return std::all_of(states.begin(), states.end(), IsUnchanged);
}

// Whether the plan holds, learner's sources apart.
bool Holds(const Plan& plan, const Place& place) {
  return IsOf(plan, place.labels) &&
         NamesBelow(place.root / place.folder) == plan.names &&
         AllUnchanged(plan.build_files) && AllUnchanged(plan.inputs);
}

bool HasFiles(const BazelTest& result) {
  std::error_code ignored;
  return fs::exists(result.log, ignored) &&
         (result.status == "TIMEOUT" || fs::exists(result.xml, ignored));
}

using Failures = std::map<std::string, fs::path>;  // object, what was said

// False: a source needs Bazel.
bool CompileChanged(Plan& plan, const Words& changed, const fs::path& scratch,
                    Failures& failures) {
  std::set<std::string> known;
  for (const FileState& input : plan.inputs) known.insert(input.path);
  std::vector<Compiled> compiled(changed.size());
  InParallel(changed.size(), [&](std::size_t i) {
    compiled[i] = Compile(plan.execution_root, scratch, known,
                          plan.sources.at(changed[i]));
  });
  for (std::size_t i = 0; i < changed.size(); ++i) {
    if (compiled[i].is_bazels) return false;
    if (!compiled[i].built) failures[changed[i]] = compiled[i].errors;
    for (FileState& input : compiled[i].new_inputs) {
      plan.inputs.push_back(std::move(input));
    }
  }
  return true;
}

// The tests to link and run.
Words TestsToRun(const Plan& plan, const Words& changed) {
  Words labels;
  for (const auto& [label, test] : plan.tests) {
    const bool is_touched =
        std::find_first_of(test.objects.begin(), test.objects.end(),
                           changed.begin(),
                           changed.end()) != test.objects.end();
    const bool is_red_again =
        changed.empty() && test.result && !test.result->Passed();
    if (is_touched || is_red_again || !test.result) labels.push_back(label);
  }
  return labels;
}

struct Step {
  BazelTarget target;
  std::map<std::string, FailedAction> failed;
};

Step LinkAndRun(const Plan& plan, const std::string& label,
                const Failures& failures, const fs::path& scratch) {
  const Test& test = plan.tests.at(label);
  Step step;
  step.target.timeout_seconds = test.timeout_seconds;
  const auto fail = [&](const std::string& output, const char* kind,
                        const fs::path& errors) {
    step.target.failed_actions.push_back(output);
    step.failed[output] = {label, kind, errors};
  };
  for (const std::string& object : test.objects) {
    const auto failure = failures.find(object);
    if (failure != failures.end()) fail(object, "CppCompile", failure->second);
  }
  if (!step.failed.empty()) return step;
  const fs::path folder = scratch / fs::path(test.output).filename();
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  const Linked linked = Link(plan, test, folder);
  if (!linked.errors.empty()) {
    fail(test.output, "CppLink", linked.errors);
    return step;
  }
  step.target.built = true;
  step.target.test = RunTest(plan, test, label, linked.program, folder);
  return step;
}

// What earlier runs said, as Bazel says it of tests that it has not run.
BuildEvents KnownResults(const Plan& plan) {
  BuildEvents events;
  for (const auto& [label, test] : plan.tests) {
    BazelTarget& target = events.targets[label];
    target.built = true;
    target.test = test.result;
    target.timeout_seconds = test.timeout_seconds;
    if (target.test) target.test->cached = true;
  }
  return events;
}

}  // namespace

std::optional<BuildEvents> TestDirectly(const Place& place) {
  const fs::path file = PlanFile(place);
  std::optional<Plan> plan = ReadPlan(file);
  if (!plan || !Holds(*plan, place)) return std::nullopt;
  Words changed;
  for (const auto& [object, source] : plan->sources) {
    if (HasChanged(source)) changed.push_back(object);
  }
  const Words labels = TestsToRun(*plan, changed);
  for (const auto& [label, test] : plan->tests) {
    if (test.result && !HasFiles(*test.result)) return std::nullopt;
  }
  Failures failures;
  if (!CompileChanged(*plan, changed, place.scratch, failures)) {
    return std::nullopt;
  }
  std::vector<Step> steps(labels.size());
  InParallel(labels.size(), [&](std::size_t i) {
    steps[i] = LinkAndRun(*plan, labels[i], failures, place.scratch);
  });
  BuildEvents events = KnownResults(*plan);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    plan->tests.at(labels[i]).result = steps[i].target.test;
    events.targets[labels[i]] = std::move(steps[i].target);
    events.actions.merge(steps[i].failed);
  }
  // Where that fails the next check finds an older plan, and other objects than
  // it names: it compiles once more.
  if (!changed.empty() || !labels.empty()) WritePlan(*plan, file);
  return events;
}

}  // namespace workbook::direct
