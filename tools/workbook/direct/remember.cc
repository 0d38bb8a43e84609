// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

#include "tools/text/text_file.h"
#include "tools/workbook/direct/direct.h"

namespace workbook::direct {
namespace {

namespace fs = std::filesystem;

bool IsBuildFile(const fs::path& path) {
  return path.filename() == "BUILD.bazel" || path.filename() == "BUILD" ||
         path.extension() == ".bzl";
}

// What decides which commands Bazel has: its own settings, every BUILD file of
// the course, the compiler and the linker.
std::vector<FileState> BuildFiles(const Place& place, const Plan& plan) {
  std::set<std::string> paths{"/etc/bazel.bazelrc", "/etc/bazel/bazelrc",
                              "/usr/bin/ld.gold"};
  for (const char* name : {"WORKSPACE", ".bazelrc", ".bazelrc.user",
                           ".bazelversion", "BUILD.bazel"}) {
    paths.insert(place.root / name);
  }
  if (const char* const home = std::getenv("HOME")) {
    paths.insert(fs::path(home) / ".bazelrc");
  }
  for (const auto& [label, test] : plan.tests) paths.insert(test.link.at(0));
  for (const auto& [object, source] : plan.sources) {
    paths.insert(source.compile.at(0));
  }
  for (const fs::path& folder :
       {fs::path("tools"), fs::path("third_party"), fs::path(place.folder)}) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(place.root / folder, error),
         end;
         !error && entry != end; entry.increment(error)) {
      if (IsBuildFile(entry->path())) paths.insert(entry->path());
    }
  }
  std::vector<FileState> states;
  std::transform(paths.begin(), paths.end(), std::back_inserter(states),
                 LookOrAbsent);
  return states;
}

// All that the compiler read for `object`; empty: it is not known.
Words ReadBy(const Plan& plan, const std::string& object) {
  const std::string stem = object.substr(0, object.rfind('.'));
  const auto depfile = ReadTextFile(plan.execution_root + '/' + stem + ".d");
  Words paths;
  for (const std::string& name : ReadDependencies(depfile.value_or(""))) {
    paths.push_back(name.starts_with('/') ? name
                                          : plan.execution_root + '/' + name);
  }
  return paths;
}

// What the tests are made of, learner's sources apart.
struct Inputs {
  std::set<std::string> made;  // by Bazel, so later than its start
  std::set<std::string> read;
};

// False: what an object was made of is not known.
bool FindInputs(const Plan& plan, Inputs& inputs) {
  for (const auto& [label, test] : plan.tests) {
    for (const std::string& object : test.objects) {
      const auto source = plan.sources.find(object);
      Words paths = ReadBy(plan, object);
      if (paths.empty()) return false;
      if (source == plan.sources.end()) {
        inputs.made.insert(plan.execution_root + '/' + object);
      } else {
        std::erase(paths, plan.execution_root + '/' + source->second.file);
      }
      inputs.read.insert(paths.begin(), paths.end());
    }
  }
  return true;
}

// False: one is not there, or was saved while Bazel ran.
bool LookAtSources(const Before& before, Plan& plan) {
  for (auto& [object, source] : plan.sources) {
    source.built = plan.execution_root + '/' + object;
    source.state = Look(plan.execution_root + '/' + source.file);
    source.built_state = Look(source.built);
    if (!source.state || !source.built_state ||
        source.state->changed_ns >= before.started_ns) {
      return false;
    }
  }
  return true;
}

// Whatever else lies in the exercise's folder: data of its tests, its manifest.
void AddOtherFiles(const Place& place, const Plan& plan, Inputs& inputs) {
  std::set<std::string> learners;
  for (const auto& [object, source] : plan.sources)
    learners.insert(source.file);
  for (const std::string& name : plan.names) {
    const std::string file = place.folder + '/' + name;
    std::error_code ignored;
    if (!learners.contains(file) && !name.ends_with(".md") &&
        fs::is_regular_file(place.root / file, ignored)) {
      inputs.read.insert(plan.execution_root + '/' + file);
    }
  }
}

// Fills in the states. False: something is not known, or was changed while
// Bazel ran.
bool LookAtInputs(const Place& place, const Before& before, Plan& plan) {
  Inputs inputs;
  if (!FindInputs(plan, inputs) || !LookAtSources(before, plan)) return false;
  AddOtherFiles(place, plan, inputs);
  plan.inputs.clear();
  for (const std::string& path : inputs.made) {
    plan.inputs.push_back(LookOrAbsent(path));
  }
  for (const std::string& path : inputs.read) {
    plan.inputs.push_back(LookOrAbsent(path));
    // What Bazel generates it has only just written.
    const bool is_generated = path.find("/bazel-out/") != std::string::npos;
    if (!is_generated && plan.inputs.back().changed_ns >= before.started_ns) {
      return false;
    }
  }
  return true;
}

std::vector<FileState> LookAtFolder(const Place& place) {
  std::vector<FileState> states;
  for (const std::string& name : NamesBelow(place.root / place.folder)) {
    states.push_back(LookOrAbsent((place.root / place.folder / name).string()));
  }
  return states;
}

// The old one where it still holds, else one that Bazel is asked for.
std::optional<Plan> PlanFor(const Place& place, const Words& names,
                            const Questions& questions) {
  std::optional<Plan> plan = ReadPlan(PlanFile(place));
  if (plan && IsOf(*plan, place.labels) && plan->names == names &&
      std::all_of(plan->build_files.begin(), plan->build_files.end(),
                  IsUnchanged)) {
    return plan;
  }
  const auto actions = questions.actions();
  const auto execution_root = questions.execution_root();
  if (!actions || !execution_root) return std::nullopt;
  plan = PlanOfActions(*actions, place.folder, place.labels);
  if (!plan) return std::nullopt;
  plan->execution_root = *execution_root;
  plan->names = names;
  plan->build_files = BuildFiles(place, *plan);
  return plan;
}

}  // namespace

Before LookBefore(const Place& place) {
  std::error_code ignored;
  fs::create_directories(place.scratch, ignored);
  Before before{.learners = LookAtFolder(place)};
  std::int64_t newest_ns = 0;
  for (const FileState& state : before.learners) {
    newest_ns = std::max(newest_ns, state.changed_ns);
  }
  before.started_ns = FileClockAfter(newest_ns, place.scratch);
  return before;
}

void Remember(const Place& place, const Before& before,
              const BuildEvents& events, const Questions& questions) {
  for (const std::string& label : place.labels) {
    const auto target = events.targets.find(label);
    if (target == events.targets.end() || !target->second.test ||
        !target->second.test->Ran()) {
      return;
    }
  }
  std::optional<Plan> plan =
      PlanFor(place, NamesBelow(place.root / place.folder), questions);
  if (!plan || !LookAtInputs(place, before, *plan) ||
      LookAtFolder(place) != before.learners) {
    return;
  }
  for (auto& [label, test] : plan->tests) {
    const BazelTarget& target = events.targets.at(label);
    test.result = target.test;
    test.timeout_seconds = target.timeout_seconds;
  }
  WritePlan(*plan, PlanFile(place));
}

}  // namespace workbook::direct
