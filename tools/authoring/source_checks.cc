// SPDX-License-Identifier: Apache-2.0

// Sources, mutants and stubs.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <set>

#include "tools/authoring/folder_checks.h"
#include "tools/authoring/mutant_patch.h"
#include "tools/authoring/stub/lines_to_write.h"
#include "tools/authoring/stub/stub.h"
#include "tools/authoring/test_names.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr int kMinMutants = 2;

std::vector<std::string> Sources(const fs::path& folder) {
  std::vector<std::string> names = FileNames(folder, ".h");
  const std::vector<std::string> more = FileNames(folder, ".cc");
  names.insert(names.end(), more.begin(), more.end());
  return names;
}

bool IsTestOrBench(const std::string& name) {
  return name.ends_with("_test.cc") || name.ends_with("_bench.cc") ||
         name.ends_with("_bench.h");
}

std::set<std::string> FilesOfTasks(const Exercise& exercise) {
  std::set<std::string> files;
  for (const Task& task : exercise.tasks) {
    files.insert(task.files.begin(), task.files.end());
  }
  return files;
}

void Found(Check& check, bool fault, const Problem& problem) {
  if (fault) {
    check.problems.push_back(problem);
  } else {
    check.notes.push_back(problem.where + ": " + problem.what);
  }
}

// What is in the folder and no task lists.
void CheckListed(const fs::path& root, const fs::path& folder,
                 const Exercise& exercise, bool fault, Check& check) {
  const std::set<std::string> listed = FilesOfTasks(exercise);
  std::set<std::string> tests;
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : exercise.TestSources(root, task)) {
      tests.insert(name);
    }
  }
  if (folder == exercise.solution_folder) {
    for (const std::string& name : exercise.HiddenTests(root)) {
      tests.insert(name);
    }
  }
  for (const std::string& name : Sources(root / folder)) {
    const bool known = listed.count(name) != 0 || tests.count(name) != 0 ||
                       (IsTestOrBench(name) && !name.ends_with("_test.cc"));
    if (known) continue;
    const std::string place = (folder / name).string();
    Found(check, fault,
          ProblemIn(place, 0, "", "belongs to no task",
                    name.ends_with("_test.cc")
                        ? "add its task to " + exercise.manifest.string() +
                              ", or remove the file"
                        : "add it to the files of its task in " +
                              exercise.manifest.string() + ", or remove it"));
  }
}

// "pool.leak.patch" is a mutant of "pool".
std::string StemOfMutant(const std::string& name) {
  const std::size_t dot = name.find('.');
  return name.substr(0, dot);
}

void CheckMutant(const fs::path& root, const Exercise& exercise,
                 const Task& task, const std::string& name, Check& check) {
  const fs::path path = exercise.solution_folder / "mutants" / name;
  const MutantPatchResult patch =
      ParseMutantPatch(ReadTextFile(root / path).value_or(""));
  if (!patch.ok) {
    check.problems.push_back(ProblemIn(path.string(), patch.line, "",
                                       "is not a mutant", patch.message));
    return;
  }
  std::vector<DeclaredTest> tests;
  std::string sources;
  for (const std::string& source : exercise.TestSources(root, task)) {
    const fs::path file = exercise.folder / source;
    const auto declared = DeclaredTests(ReadTextFile(root / file).value_or(""));
    tests.insert(tests.end(), declared.begin(), declared.end());
    sources += (sources.empty() ? "" : " or ") + file.string();
  }
  for (const std::string& test : patch.patch.caught_by) {
    if (IsDeclared(tests, test)) continue;
    check.problems.push_back(ProblemIn(
        path.string(), 2, "", "names " + test + ", which is not a test",
        "name one of " + sources + " as `Caught by: Suite.Test`"));
  }
}

// "PATH:LINE: what is wrong. Fix: how", as a problem with its parts.
Problem StubProblem(const fs::path& root, const Exercise& exercise,
                    const std::string& name, const std::string& message) {
  const std::string path = StubSource(root, exercise, name).string();
  const std::string rest = message.substr(path.size() + 1);
  const std::size_t text = rest.find(": ");
  const bool has_line =
      text != rest.npos &&
      std::isdigit(static_cast<unsigned char>(rest.front())) != 0;
  return ProblemIn(path, has_line ? std::atoi(rest.c_str()) : 0, "",
                   has_line ? rest.substr(text + 2) : rest, "");
}

enum class Drift { kNone, kEdited, kFault };

// Compares one file with its stub; tells faults of the reference itself.
Drift CompareWithStub(const fs::path& root, const Exercise& exercise,
                      const std::string& name, Check& check) {
  if (!fs::is_regular_file(root / exercise.solution_folder / name)) {
    return Drift::kFault;
  }
  const StubResult stub = MakeStub(root, exercise, name);
  if (!stub.ok) {
    check.problems.push_back(StubProblem(root, exercise, name, stub.message));
    return Drift::kFault;
  }
  const auto text = ReadTextFile(root / exercise.folder / name);
  return text && *text == stub.text ? Drift::kNone : Drift::kEdited;
}

}  // namespace

Check CheckSources(const fs::path& root, const Exercise& exercise,
                   bool strict) {
  Check check{exercise.id + " sources", {}, {}};
  for (const std::string& name : FilesOfTasks(exercise)) {
    const fs::path reference = exercise.solution_folder / name;
    if (fs::is_regular_file(root / reference)) continue;
    check.problems.push_back(ProblemIn(reference.string(), 0, "", "is missing",
                                       "write the reference, or take " + name +
                                           " out of " +
                                           exercise.manifest.string()));
  }
  CheckListed(root, exercise.folder, exercise, strict, check);
  CheckListed(root, exercise.solution_folder, exercise, true, check);
  return check;
}

Check CheckMutants(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " mutants", {}, {}};
  const fs::path folder = exercise.solution_folder / "mutants";
  std::map<std::string, int> counts;
  for (const std::string& name : FileNames(root / folder, "")) {
    const std::string stem = StemOfMutant(name);
    const auto task = std::find_if(
        exercise.tasks.begin(), exercise.tasks.end(),
        [&](const Task& candidate) { return candidate.Stem() == stem; });
    const bool named_well =
        name.ends_with(".patch") && name.size() > stem.size() + 7;
    if (task == exercise.tasks.end() || !named_well) {
      check.problems.push_back(ProblemIn(
          (folder / name).string(), 0, "", "is a mutant of no component",
          "name it STEM.what_is_wrong.patch, STEM being "
          "a test of the manifest "
          "without _test"));
      continue;
    }
    ++counts[stem];
    CheckMutant(root, exercise, *task, name, check);
  }
  for (const Task& task : exercise.tasks) {
    const int count = counts[task.Stem()];
    if (count >= kMinMutants) continue;
    check.problems.push_back(ProblemIn(
        folder.string(), 0, "",
        "has " + std::to_string(count) + " mutants of " + task.Stem() +
            " (task " + std::to_string(task.number) + "), and a task needs " +
            std::to_string(kMinMutants),
        "add " + task.Stem() +
            ".what_is_wrong.patch: an off by one, a leak, a lost element, a "
            "cheat"));
  }
  return check;
}

Check CheckStubs(const fs::path& root, const Exercise& exercise, bool strict) {
  Check check{exercise.id + " stubs", {}, {}};
  std::map<int, int> lines = LinesToWrite(root, exercise);
  for (const Task& task : exercise.tasks) {
    if (lines[task.number] == 0) {
      check.problems.push_back(ProblemIn(
          (exercise.solution_folder / task.files.front()).string(), 0, "",
          "its stub has every line, so task " + std::to_string(task.number) +
              " leaves the learner nothing to write",
          "remove `// [given]` from what the learner writes, or take the file "
          "out of the task"));
    }
    for (const std::string& name : task.files) {
      if (CompareWithStub(root, exercise, name, check) != Drift::kEdited) {
        continue;
      }
      const std::string place = (exercise.folder / name).string();
      Found(
          check, strict,
          ProblemIn(place, 0, "",
                    strict ? "is not the stub of " +
                                 StubSource(root, exercise, name).string()
                           : "is edited: its pristine form is checked",
                    "run `bazel run //tools/authoring:generate -- " +
                        exercise.id + "`; edit the reference, never the stub"));
    }
  }
  return check;
}

bool IsEdited(const fs::path& root, const Exercise& exercise) {
  Check ignored;
  for (const std::string& name : FilesOfTasks(exercise)) {
    if (CompareWithStub(root, exercise, name, ignored) == Drift::kEdited) {
      return true;
    }
  }
  return false;
}

}  // namespace workbook
