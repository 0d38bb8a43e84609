// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/hint_check.h"

#include <algorithm>
#include <map>
#include <optional>

#include "tools/authoring/stub/lines_to_write.h"
#include "tools/authoring/test_names.h"
#include "tools/course/nearest.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinesPerBlock = 40;

std::vector<DeclaredTest> TestsOf(const fs::path& root,
                                  const Exercise& exercise, const Task& task) {
  std::vector<DeclaredTest> tests;
  for (const std::string& name : exercise.TestSources(root, task)) {
    const auto declared =
        DeclaredTests(ReadTextFile(root / exercise.folder / name).value_or(""));
    tests.insert(tests.end(), declared.begin(), declared.end());
  }
  return tests;
}

bool IsName(const DeclaredTest& test, const std::string& name) {
  return name == test.name || name == test.suite ||
         name == test.suite + "." + test.name;
}

void CheckNames(const fs::path& root, const Exercise& exercise,
                const Task& task, const HintsResult& hints, Check& check) {
  const std::vector<DeclaredTest> tests = TestsOf(root, exercise, task);
  std::vector<std::string> known;
  for (const DeclaredTest& test : tests) {
    known.push_back(test.name);
    known.push_back(test.suite);
  }
  for (const HintBlock& block : hints.blocks) {
    if (block.task != task.number) continue;
    for (const std::string& name : block.names) {
      if (std::any_of(tests.begin(), tests.end(),
                      [&](const auto& test) { return IsName(test, name); })) {
        continue;
      }
      const std::string meant = Nearest(name, known);
      check.problems.push_back(ProblemIn(
          exercise.hints.string(), block.line, "",
          "names " + name + ", which no test of task " +
              std::to_string(task.number) + " has",
          meant.empty() ? "name a test or a suite of " +
                              (exercise.folder / (task.test + ".cc")).string()
                        : "did you mean " + meant + "?"));
    }
  }
}

void CheckCount(const Exercise& exercise, const Task& task, int lines,
                const HintsResult& hints, Check& check) {
  const auto of_task = [&](const HintBlock& block) {
    return block.task == task.number;
  };
  const auto count = static_cast<int>(
      std::count_if(hints.blocks.begin(), hints.blocks.end(), of_task));
  const int least = (lines + kMaxLinesPerBlock - 1) / kMaxLinesPerBlock;
  if (count == 0 || count >= least) return;  // none at all is told elsewhere
  const auto last =
      std::find_if(hints.blocks.rbegin(), hints.blocks.rend(), of_task);
  check.problems.push_back(ProblemIn(
      exercise.hints.string(), last->line, "",
      "has " + std::to_string(count) + (count == 1 ? " block" : " blocks") +
          " of hints for the " + std::to_string(lines) +
          " lines to write in task " + std::to_string(task.number) +
          ", and needs " + std::to_string(least) + ", one for each " +
          std::to_string(kMaxLinesPerBlock),
      "add `## Task " + std::to_string(task.number) +
          " · TestName: what is seen` for another sub-goal"));
}

}  // namespace

std::vector<SourceFile> ReferenceFiles(const fs::path& root,
                                       const Exercise& exercise,
                                       const Task& task) {
  std::vector<SourceFile> files;
  for (const std::string& name : task.files) {
    const fs::path path = exercise.solution_folder / name;
    std::optional<std::string> text = ReadTextFile(root / path);
    if (text) files.push_back({path.string(), std::move(*text)});
  }
  return files;
}

std::vector<HintCode> CodeOfTask(const HintsResult& hints, int task) {
  std::vector<HintCode> code;
  for (const HintBlock& block : hints.blocks) {
    if (block.task != task) continue;
    code.insert(code.end(), block.code.begin(), block.code.end());
  }
  return code;
}

Check CheckHints(const fs::path& root, const Exercise& exercise) {
  const HintsResult hints = LoadHints(root, exercise);
  Check check{exercise.id + " hints", hints.problems, {}};
  const std::string file = exercise.hints.string();
  if (hints.old_form) {
    check.problems = {ProblemIn(
        file, 1, "", "has one block of hints a task, and not one a sub-goal",
        "write blocks `## Task 1 · TestName: what is seen`, each with a list "
        "of three levels")};
    return check;
  }
  const std::map<int, int> lines = LinesToWrite(root, exercise);
  for (const Task& task : exercise.tasks) {
    CheckNames(root, exercise, task, hints, check);
    const auto found = lines.find(task.number);
    CheckCount(exercise, task, found == lines.end() ? 0 : found->second, hints,
               check);
    const PlacedCode placed = PlaceCode(ReferenceFiles(root, exercise, task),
                                        CodeOfTask(hints, task.number), file);
    check.problems.insert(check.problems.end(), placed.problems.begin(),
                          placed.problems.end());
  }
  return check;
}

}  // namespace workbook
