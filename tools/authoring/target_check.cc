// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/target_check.h"

#include <algorithm>
#include <string_view>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

// The tests that the code of hints and the kept cases compile.
constexpr std::string_view kHints = "hints_test";
constexpr std::string_view kSaved = "saved_test";

std::string Label(const fs::path& folder, const std::string& name) {
  return "//" + folder.string() + ":" + name;
}

bool HasBench(const fs::path& root, const Exercise& exercise) {
  return !FileNames(root / exercise.folder, "_bench.cc").empty();
}

void Require(const std::set<std::string>& known, const std::string& label,
             const std::string& file, const std::string& fix, Check& check) {
  if (known.count(label) != 0) return;
  check.problems.push_back(
      ProblemIn(file, 0, "", "has no target " + label, fix));
}

bool UsesThreads(const fs::path& root, const Exercise& exercise,
                 const Task& task) {
  std::vector<fs::path> files;
  for (const std::string& name : exercise.TestSources(root, task)) {
    files.push_back(exercise.folder / name);
  }
  for (const std::string& name : task.files) {
    files.push_back(exercise.solution_folder / name);
  }
  return std::any_of(files.begin(), files.end(), [&](const fs::path& file) {
    const std::string text = ReadTextFile(root / file).value_or("");
    return text.find("#include <thread>") != std::string::npos ||
           text.find("#include <future>") != std::string::npos ||
           text.find("#include <pthread.h>") != std::string::npos;
  });
}

// Of a stub there is none where it works and wastes.
constexpr std::string_view kStubCase = "_stub_case";

bool IsRace(const std::string& mutant) {
  return mutant.find(".race.") != std::string::npos;
}

// The searches that descriptions of the task's types call for.
void AddCases(const fs::path& root, const Exercise& exercise, const Task& task,
              const std::vector<std::string>& mutants,
              std::vector<std::string>& labels) {
  bool is_described = false;
  for (const std::string& name :
       FileNames(root / exercise.folder / "cases", "_case.cc")) {
    const std::string header = name.substr(0, name.size() - 8) + ".h";
    if (std::find(task.files.begin(), task.files.end(), header) ==
        task.files.end()) {
      continue;
    }
    is_described = true;
    const std::string target = name.substr(0, name.size() - 3);
    labels.push_back(Label(exercise.folder, target));
    labels.push_back(Label(exercise.solution_folder, target));
  }
  for (const std::string& mutant : mutants) {
    if (is_described && mutant.starts_with(task.Stem() + ".") &&
        !IsRace(mutant)) {
      labels.push_back(Label(exercise.solution_folder, mutant + "_case"));
    }
  }
}

}  // namespace

std::vector<std::string> ExpectedTargets(const fs::path& root,
                                         const Exercise& exercise) {
  std::vector<std::string> labels;
  std::vector<std::string> mutants;
  for (const std::string& name :
       FileNames(root / exercise.solution_folder / "mutants", ".patch")) {
    mutants.push_back(name.substr(0, name.size() - 6));
    labels.push_back(
        Label(exercise.solution_folder, mutants.back() + "_mutant"));
  }
  for (const Task& task : exercise.tasks) {
    labels.push_back(exercise.TestLabel(task));
    labels.push_back(exercise.ReferenceTestLabel(task));
    labels.push_back(Label(exercise.solution_folder, task.Stem() + "_stub"));
    AddCases(root, exercise, task, mutants, labels);
  }
  if (!exercise.HiddenTests(root).empty()) {
    labels.push_back(Label(exercise.solution_folder, "hidden_test"));
  }
  labels.push_back(Label(exercise.solution_folder, std::string(kHints)));
  if (!FileNames(root / exercise.folder / "cases", "_case.cc").empty()) {
    labels.push_back(Label(exercise.solution_folder, std::string(kSaved)));
  }
  if (HasBench(root, exercise)) {
    labels.push_back(Label(exercise.folder, "bench"));
    labels.push_back(Label(exercise.solution_folder, "bench"));
  }
  return labels;
}

Check CheckTargets(const fs::path& root, const Exercise& exercise,
                   const KnownTargets& known) {
  Check check{exercise.id + " targets", {}, {}};
  const std::string build = (exercise.folder / "BUILD.bazel").string();
  const std::string solution_build =
      (exercise.solution_folder / "BUILD.bazel").string();
  const std::string components = (exercise.folder / "components.bzl").string();
  const std::vector<std::string> expected = ExpectedTargets(root, exercise);
  for (const std::string& label : expected) {
    const bool learner = label.starts_with("//exercises/");
    const bool bench = label.ends_with(":bench");
    const std::string& file = learner ? build : solution_build;
    std::string fix = "list the component in " + components + ", which " +
                      build + " and " + solution_build +
                      " give to their macros";
    if (label.ends_with("_case")) {
      fix = "name the description in " + components +
            ": component(cases = [\"NAME\"])";
    }
    if (bench) fix = "call the macro with bench = True, its default";
    Require(bench ? known.rules : known.tests, label, file, fix, check);
  }
  for (const Task& task : exercise.tasks) {
    const std::string label = exercise.ReferenceTestLabel(task);
    if (known.tests.count(label) == 0) continue;  // told above
    if (known.references.count(label) == 0) {
      check.problems.push_back(ProblemIn(
          solution_build, 0, "",
          label + " is not tagged \"reference\", so no sanitizer runs it",
          "make it with the macro solution()"));
    }
    if (UsesThreads(root, exercise, task) && known.threaded.count(label) == 0) {
      check.problems.push_back(ProblemIn(
          components, 0, "",
          "has " + task.Stem() +
              ", which starts threads, and ThreadSanitizer never runs it",
          "write \"" + task.Stem() + "\": component(threads = True)"));
    }
  }
  for (const fs::path& folder : {exercise.folder, exercise.solution_folder}) {
    const std::string package = "//" + folder.string() + ":";
    for (const std::string& label : known.tests) {
      if (!label.starts_with(package) || label.ends_with(kHints) ||
          label.ends_with(kStubCase)) {
        continue;
      }
      if (std::find(expected.begin(), expected.end(), label) !=
          expected.end()) {
        continue;
      }
      check.problems.push_back(
          ProblemIn(components, 0, "",
                    "makes " + label + ", which belongs to no task of " +
                        exercise.manifest.string(),
                    "add its task to the manifest, or remove the component"));
    }
  }
  return check;
}

}  // namespace workbook
