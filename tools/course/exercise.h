// SPDX-License-Identifier: Apache-2.0

// One exercise as data: what exercises/NN_MM/exercise.toml says.
//
//   id = "01_02"                  NN_MM, the name of its folder
//   title = "Memory pools"        a few words, for lists
//   chapter = "01_allocators"     NN_name, the folder of its page in chapters/
//   kind = "build"                "build": a stub's body is a Todo;
//                                 "improve": it works, and wastes
//   prerequisites = ["01_01"]     ids of exercises to do before; may be empty
//
//   [[tasks]]                     one for each task, in order; at least one
//   title = "A pool of blocks"    a few words
//   level = "core"                "core": every learner does it; at least one
//                                 "deep": for those who want the whole thing
//   minutes = 50                  for an engineer who meets it first; 1 to 1000
//   files = ["pool.h", "pool.cc"] what the learner edits: names in the folder
//                                 of the exercise, each in one task only
//   test = "pool_test"            the Bazel target that checks it, of
//                                 pool_test.cc and any pool_*_test.cc; suites
//                                 are named TaskN...
//
//   [[targets]]                   ratios to reach; none is fine
//   case = "pool/batch_lifo"      the benchmark case: STEM/name
//   at_least = 5.0                times as fast as the baseline row of the same
//                                 case, in the same run; above 0
//
// No other field exists; a name that is not known is an error.
#ifndef WORKBOOK_TOOLS_COURSE_EXERCISE_H_
#define WORKBOOK_TOOLS_COURSE_EXERCISE_H_

#include <filesystem>
#include <string>
#include <vector>

namespace workbook {

enum class Kind { kBuild, kImprove };

// An exercise is solved when its core tasks are green, and mastered when all
// are.
enum class Level { kCore, kDeep };

// "core" or "deep".
std::string LevelName(Level level);

struct Task {
  int number = 0;  // from 1, by its place in the manifest
  std::string title;
  Level level = Level::kCore;
  int minutes = 0;
  std::vector<std::string> files;
  std::string test;  // "pool_test"
  int line = 0;      // where the manifest declares it

  // The component that the test checks: "pool".
  std::string Stem() const { return test.substr(0, test.size() - 5); }
};

// A page with the section of one task.
struct TaskPage {
  int task = 0;                // by the number in its name
  std::filesystem::path file;  // chapters/NN_name/NN_MM_N_name.md
};

struct RatioTarget {
  std::string case_name;
  double at_least = 0;
  int line = 0;
};

struct Exercise {
  std::string id;
  std::string title;
  std::string chapter;
  Kind kind = Kind::kBuild;
  std::vector<std::string> prerequisites;

  std::vector<Task> tasks;
  std::vector<RatioTarget> targets;

  // Places, all relative to the course's root. A released course has no
  // solutions, and nothing here says that a path exists.
  std::filesystem::path folder;           // exercises/NN_MM
  std::filesystem::path solution_folder;  // solutions/NN_MM
  std::filesystem::path manifest;         // exercises/NN_MM/exercise.toml
  std::filesystem::path hints;            // exercises/NN_MM/hints.md
  std::filesystem::path readme;           // exercises/NN_MM/README.md
  std::filesystem::path page;             // chapters/NN_name/NN_MM.md, and
                                          // NN_MM_N_name.md of some tasks

  // Add up the minutes of the tasks of a level.
  int CoreMinutes() const { return MinutesOf(Level::kCore); }
  int DeepMinutes() const { return MinutesOf(Level::kDeep); }
  int MinutesOf(Level level) const;

  // Counts the tasks of a level.
  int TasksOf(Level level) const;

  // Bazel's labels: "//exercises/01_02:pool_test".
  std::string TestLabel(const Task& task) const;
  std::string ReferenceTestLabel(const Task& task) const;

  // The names of the sources of a task's test, in its folder below `root`:
  // STEM_test.cc, then each STEM_*_test.cc, as they are linked. Each source
  // belongs to the longest stem of the exercise that its name begins with.
  std::vector<std::string> TestSources(const std::filesystem::path& root,
                                       const Task& task) const;

  // The names of hidden_*_test.cc in the folder of solutions below `root`,
  // hidden_test.cc among them; together they are the target hidden_test.
  std::vector<std::string> HiddenTests(const std::filesystem::path& root) const;

  // Returns the pages below `root` that tasks have to themselves, by number and
  // then by name: NN_MM_N_name.md beside `page`. NN_MM_costs.md is none.
  // Thread safety: any thread, for all functions of pages.
  std::vector<TaskPage> TaskPages(const std::filesystem::path& root) const;

  // Returns the page with the section of `task`: its own, or `page`.
  std::filesystem::path PageOf(const std::filesystem::path& root,
                               const Task& task) const;

  // Returns `page`, and the pages of tasks behind it.
  std::vector<std::filesystem::path> Pages(
      const std::filesystem::path& root) const;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_EXERCISE_H_
