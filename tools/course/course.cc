// SPDX-License-Identifier: Apache-2.0

#include "tools/course/course.h"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "tools/course/manifest.h"
#include "tools/course/nearest.h"
#include "tools/course/way.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> ExerciseFolders(const fs::path& root) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(root / "exercises", error)) {
    if (entry.is_directory() &&
        !entry.path().filename().string().starts_with('.')) {
      folders.push_back(entry.path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

// Whether a BUILD file can make the test: it names the target, or the list of
// components names its stem. Bazel itself is asked by the gate.
bool IsMentioned(const std::string& build_text, const Task& task) {
  return build_text.find('"' + task.test + '"') != std::string::npos ||
         build_text.find('"' + task.Stem() + '"') != std::string::npos;
}

void CheckFiles(const fs::path& root, const Exercise& exercise,
                std::vector<Problem>& problems) {
  const std::string manifest = exercise.manifest.string();
  const std::string build_text =
      ReadTextFile(root / exercise.folder / "BUILD.bazel").value_or("") +
      ReadTextFile(root / exercise.folder / "components.bzl").value_or("");
  for (const Task& task : exercise.tasks) {
    const std::string field = "tasks[" + std::to_string(task.number) + "].";
    for (const std::string& name : task.files) {
      if (fs::is_regular_file(root / exercise.folder / name)) continue;
      problems.push_back(
          ProblemIn(manifest, task.line, field + "files",
                    "names " + name + ", and " +
                        (exercise.folder / name).string() + " does not exist",
                    "bring the file back (git checkout, or ./workbook reset " +
                        exercise.id + "), or correct the name"));
    }
    const fs::path source = exercise.folder / (task.test + ".cc");
    if (!fs::is_regular_file(root / source)) {
      problems.push_back(ProblemIn(
          manifest, task.line, field + "test",
          "is " + task.test + ", and " + source.string() + " does not exist",
          "write the test, or correct the name"));
    }
    if (!IsMentioned(build_text, task)) {
      problems.push_back(ProblemIn(
          manifest, task.line, field + "test",
          "is " + task.test + ", and no BUILD file of the exercise has it",
          "add \"" + task.Stem() + "\" to " +
              (exercise.folder / "components.bzl").string()));
    }
  }
}

void CheckPrerequisites(const Course& course, std::vector<Problem>& problems) {
  std::vector<std::string> ids;
  for (const Exercise& exercise : course.exercises) ids.push_back(exercise.id);
  for (const Exercise& exercise : course.exercises) {
    for (const std::string& id : exercise.prerequisites) {
      if (course.Find(id) != nullptr) continue;
      const std::string meant = Nearest(id, ids, 1);
      problems.push_back(ProblemIn(
          exercise.manifest.string(), 1, "prerequisites",
          "names " + id + ", and there is no such exercise",
          meant.empty() ? "remove it, or write that exercise first"
                        : "remove it, or did you mean " + meant + "?"));
    }
  }
}

// Depth first: an exercise that is met again while it is open closes a cycle.
class CycleSearch {
 public:
  CycleSearch(const Course& course, std::vector<Problem>& problems)
      : course_(course), problems_(problems) {}

  void Visit(const Exercise& exercise) {
    State& state = states_[exercise.id];
    if (state == State::kDone) return;
    path_.push_back(exercise.id);
    if (state == State::kOpen) {
      Report(exercise);
    } else {
      state = State::kOpen;
      for (const std::string& id : exercise.prerequisites) {
        const Exercise* next = course_.Find(id);
        if (next != nullptr) Visit(*next);
      }
      states_[exercise.id] = State::kDone;
    }
    path_.pop_back();
  }

 private:
  enum class State { kNew, kOpen, kDone };

  void Report(const Exercise& exercise) {
    std::string cycle;
    auto first = std::find(path_.begin(), path_.end(), exercise.id);
    for (; first != path_.end(); ++first) {
      cycle += (cycle.empty() ? "" : " needs ") + *first;
    }
    problems_.push_back(ProblemIn(exercise.manifest.string(), 1,
                                  "prerequisites", "go in a circle: " + cycle,
                                  "remove one of these prerequisites"));
  }

  const Course& course_;
  std::vector<Problem>& problems_;
  std::map<std::string, State> states_;
  std::vector<std::string> path_;
};

}  // namespace

std::string LevelName(Level level) {
  return level == Level::kCore ? "core" : "deep";
}

int Exercise::MinutesOf(Level level) const {
  int minutes = 0;
  for (const Task& task : tasks) {
    if (task.level == level) minutes += task.minutes;
  }
  return minutes;
}

int Exercise::TasksOf(Level level) const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(),
                    [level](const Task& task) { return task.level == level; }));
}

std::string Exercise::TestLabel(const Task& task) const {
  return "//exercises/" + id + ":" + task.test;
}

std::string Exercise::ReferenceTestLabel(const Task& task) const {
  return "//solutions/" + id + ":" + task.test;
}

std::vector<std::string> Exercise::TestSources(const fs::path& root,
                                               const Task& task) const {
  std::vector<std::string> names = FileNames(root / folder, "_test.cc");
  const std::string stem = task.Stem();
  std::erase_if(names, [&](const std::string& name) {
    const auto claims = [&name](const std::string& candidate) {
      return name.starts_with(candidate + "_");
    };
    return !claims(stem) ||
           std::any_of(tasks.begin(), tasks.end(), [&](const Task& other) {
             return other.Stem().size() > stem.size() && claims(other.Stem());
           });
  });
  std::stable_partition(
      names.begin(), names.end(),
      [&task](const std::string& name) { return name == task.test + ".cc"; });
  return names;
}

std::vector<std::string> Exercise::HiddenTests(const fs::path& root) const {
  std::vector<std::string> names =
      FileNames(root / solution_folder, "_test.cc");
  std::erase_if(names, [](const std::string& name) {
    return !name.starts_with("hidden_");
  });
  return names;
}

const Exercise* Course::Find(const std::string& id) const {
  const auto found =
      std::find_if(exercises.begin(), exercises.end(),
                   [&](const Exercise& exercise) { return exercise.id == id; });
  return found != exercises.end() ? &*found : nullptr;
}

CourseResult LoadCourse(const fs::path& root) {
  CourseResult result;
  result.course.root = root;
  const std::vector<fs::path> folders = ExerciseFolders(root);
  if (folders.empty()) {
    result.problems.push_back(
        ProblemIn("exercises", 0, "", "holds no exercise",
                  "start in the workbook's own folder: " + root.string() +
                      " does not seem to be it"));
  }
  for (const fs::path& folder : folders) {
    const std::string name = folder.filename().string();
    const std::optional<std::string> text =
        ReadTextFile(folder / "exercise.toml");
    if (!text) {
      result.problems.push_back(ProblemIn(
          "exercises/" + name + "/exercise.toml", 0, "", "can't be read",
          "write the manifest; tools/course/exercise.h lists its fields"));
      continue;
    }
    ManifestResult manifest = ParseManifest(*text, name);
    result.problems.insert(result.problems.end(), manifest.problems.begin(),
                           manifest.problems.end());
    if (!manifest.exercise) continue;
    CheckFiles(root, *manifest.exercise, result.problems);
    result.course.exercises.push_back(std::move(*manifest.exercise));
  }
  CheckPrerequisites(result.course, result.problems);
  CycleSearch cycles(result.course, result.problems);
  for (const Exercise& exercise : result.course.exercises) {
    cycles.Visit(exercise);
  }
  if (const auto text = ReadTextFile(root / kWayFile)) {
    const WayResult way = ParseWay(*text);
    result.problems.insert(result.problems.end(), way.problems.begin(),
                           way.problems.end());
    SortByWay(way.ids, result.course.exercises);
  }
  return result;
}

}  // namespace workbook
