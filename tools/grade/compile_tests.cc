// SPDX-License-Identifier: Apache-2.0

// The objects of tests, and the binaries that they are linked to.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/grade/blame.h"
#include "tools/grade/compile.h"

namespace workbook::grade {
namespace fs = std::filesystem;

// As Bazel calls it.
std::string Compiler::PathInside(const std::string& source_name) const {
  return "/exercises/" + plan_.exercise + "/" + source_name;
}

Compiler::Step Compiler::CompileTest(const std::string& source_name,
                                     std::string& object) {
  const std::string name = TestObjectName(source_name);
  const fs::path cached = options_.object_cache / name;
  object = cached.string();
  // Objects come there only after this check.
  if (fs::exists(cached)) return ReadLooks(source_name);
  Step step = CheckHeaders(source_name);
  if (!step.error.empty()) return step;
  const fs::path kept = options_.kept_objects / name;
  const fs::path kept_looks = fs::path(kept).replace_extension(".looks");
  if (!options_.kept_objects.empty() && fs::exists(kept) &&
      fs::exists(kept_looks)) {
    Keep(fs::path(cached).replace_extension(".looks"), kept_looks);
    Keep(cached, kept);
    return ReadLooks(source_name);
  }
  const fs::path text = TextPath(source_name);
  const JailResult run = CompileText(source_name, text, "test");
  if (!run.ExitedWith(0)) {
    return Failure(run, source_name + " does not compile with this header");
  }
  fs::remove(text);
  Step found = InspectTestCompilation("test");
  if (!found.error.empty()) return found;
  found.flags.insert(found.flags.end(), step.flags.begin(), step.flags.end());
  return KeepTest(source_name, std::move(found));
}

void Compiler::WarmUp(const std::string& test_source) {
  std::string unused;
  CompileTest(test_source, unused);
}

Compiler::Step Compiler::CheckFiles(const std::vector<std::string>& files,
                                    std::vector<std::string>& flags) const {
  for (const std::string& file : files) {
    const auto found = stems_.find(file);
    if (found == stems_.end()) {
      return {file +
                  " is missing. Fix: hand it in under exactly this name, "
                  "as UTF-8 text.",
              TaskState::kMissing,
              {},
              {}};
    }
    flags.insert(flags.end(), found->second.flags.begin(),
                 found->second.flags.end());
    if (!found->second.error.empty()) return found->second;
  }
  return broken_jail_;
}

// A test does not compile: for a header of another task, or, of the hidden
// ones, for what a task's tests ask of it.
bool Compiler::StandInForOther(const std::string& source_name,
                               const PlannedTask* own, const Step& failure) {
  const std::string source = TestSource(source_name);
  const std::set<int> before = stood_in_;
  if (!StandInForHeader(source, own)) {
    if (own != nullptr) return false;
    const int number =
        TaskToBlame(failure.error, PathInside(source_name), source);
    for (const PlannedTask& task : plan_.tasks) {
      if (task.number == number && !before.contains(number)) StandIn(task);
    }
  }
  for (const PlannedTask& task : plan_.tasks) {
    if (stood_in_.contains(task.number) && !before.contains(task.number)) {
      CompileStandIn(task);
    }
  }
  return stood_in_ != before;
}

// Once more from the first whenever another task is stood in for: all objects
// of a binary see the same headers.
Compiler::Step Compiler::CompileTests(const std::vector<std::string>& sources,
                                      const PlannedTask* own,
                                      std::vector<std::string>& objects) {
  Step found;
  for (std::size_t i = 0; i < sources.size();) {
    std::string object;
    Step step = CompileTest(sources[i], object);
    if (step.error.empty()) {
      objects.push_back(object);
      found.flags.insert(found.flags.end(), step.flags.begin(),
                         step.flags.end());
      found.called.merge(step.called);
      ++i;
      continue;
    }
    if (step.state != TaskState::kCompileError ||
        !StandInForOther(sources[i], own, step)) {
      return step;
    }
    objects.clear();
    found = {};
    i = 0;
  }
  return broken_jail_.error.empty() ? found : broken_jail_;
}

Compiler::Step Compiler::Link(const std::string& name,
                              const std::vector<std::string>& tests,
                              const std::string& folder,
                              const std::vector<std::string>& ours) const {
  std::vector<std::string> command{"/usr/bin/g++", "-o", "/out/" + name};
  std::vector<std::pair<std::string, std::string>> mounts{
      {(plan_.trusted / folder).string(), "/objects"}};
  // The judge's main first: what a section of it runs early, runs first.
  std::vector<std::string> ordered = ours;
  std::stable_partition(ordered.begin(), ordered.end(),
                        [](const std::string& one) {
                          return one.find("judge_main") != std::string::npos;
                        });
  for (const std::string& object : ordered) {
    command.push_back("/objects/" + object);
  }
  for (std::size_t i = 0; i < tests.size(); ++i) {
    command.push_back("/test" + std::to_string(i) + ".o");
    mounts.emplace_back(tests[i], command.back());
  }
  for (const std::string& file : objects_) {
    command.push_back("/out/" + file + ".o");
  }
  command.insert(command.end(), plan_.link_flags.begin(),
                 plan_.link_flags.end());
  const JailResult run = RunTool(command, {}, mounts);
  return run.ExitedWith(0) ? Step{} : Failure(run, name + " does not link");
}

Build Compiler::BuildTest(const std::string& stem,
                          const std::vector<std::string>& files) {
  Build build;
  const PlannedTask* const own = files.empty() ? nullptr : OwnerOf(files[0]);
  std::vector<std::string> sources;
  if (stem == "hidden") sources = plan_.hidden_sources;
  for (const PlannedTask& task : plan_.tasks) {
    if (task.stem == stem) sources = task.test_sources;
  }
  std::vector<std::string> tests;
  Step step = CheckFiles(files, build.flags);
  if (step.error.empty()) {
    step = CompileTests(sources, own, tests);
    build.flags.insert(build.flags.end(), step.flags.begin(), step.flags.end());
    build.called = std::move(step.called);
    for (const std::string& source : sources) {
      build.stood_in.merge(StoodInFor(source, files));
    }
    if (!step.error.empty() && own != nullptr &&
        step.state != TaskState::kInfrastructure) {
      StandIn(*own);
      CompileStandIn(*own);
    }
  }
  if (step.error.empty()) step = Link(stem, tests, "objects", plan_.objects);
  build.error = step.error;
  build.state = step.state;
  build.infrastructure = step.state == TaskState::kInfrastructure;
  if (step.error.empty()) build.binary = out_ / stem;
  return build;
}

Build Compiler::BuildCase(const PlannedTask& task, const PlannedCase& planned) {
  Build build;
  std::vector<std::string> objects;
  Step step = CheckFiles(task.files, build.flags);
  if (step.error.empty()) {
    step = CompileTests({planned.Source()}, &task, objects);
  }
  const std::string name = planned.name + "_case";
  if (step.error.empty()) {
    step = Link(name, objects, "answering", plan_.answering);
  }
  build.error = step.error;
  build.state = step.state;
  build.infrastructure = step.state == TaskState::kInfrastructure;
  if (step.error.empty()) build.binary = out_ / name;
  return build;
}

}  // namespace workbook::grade
