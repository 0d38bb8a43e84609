// SPDX-License-Identifier: Apache-2.0

// README, the book's page, notes, and the names of tests.
#include <algorithm>
#include <cctype>

#include "tools/authoring/folder_checks.h"
#include "tools/authoring/test_names.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

void CheckReadme(const fs::path& root, const Exercise& exercise, Check& check) {
  const std::string file = exercise.readme.string();
  const auto text = ReadTextFile(root / exercise.readme);
  if (!text) {
    check.problems.push_back(
        ProblemIn(file, 0, "", "is missing",
                  "write it: objectives, minutes, and a section "
                  "`## Task N: title` for each task"));
    return;
  }
  for (const Task& task : exercise.tasks) {
    const std::string heading = "## Task " + std::to_string(task.number);
    if (LineThatStartsWith(*text, heading + ":") != 0) continue;
    check.problems.push_back(
        ProblemIn(file, 0, "", "has no section `" + heading + ":`",
                  "add `" + heading + ": " + task.title +
                      "`, one screen: what to build, edge cases, "
                      "how to run, what passing shows"));
  }
}

void CheckMarkdown(const fs::path& root, const fs::path& path,
                   const std::string& fix, Check& check) {
  const auto text = ReadTextFile(root / path);
  if (!text) {
    check.problems.push_back(
        ProblemIn(path.string(), 0, "", "is missing", fix));
  } else if (LineThatStartsWith(*text, "# ") == 0) {
    check.problems.push_back(ProblemIn(path.string(), 1, "", "has no title",
                                       "begin it with `# title`"));
  }
}

// "Task1" and then no digit: "Task12Pool" is not of task 1.
bool IsSuiteOf(const std::string& suite, int task) {
  const std::string start = "Task" + std::to_string(task);
  return suite.starts_with(start) &&
         (suite.size() == start.size() ||
          std::isdigit(static_cast<unsigned char>(suite[start.size()])) == 0);
}

void CheckSuites(const fs::path& root, const fs::path& file, int task,
                 Check& check) {
  const auto tests = DeclaredTests(ReadTextFile(root / file).value_or(""));
  const std::string start = "Task" + std::to_string(task);
  if (tests.empty()) {
    check.problems.push_back(ProblemIn(file.string(), 0, "", "has no test",
                                       "write TEST(" + start + "..., ...)"));
  }
  for (const DeclaredTest& test : tests) {
    if (IsSuiteOf(test.suite, task)) continue;
    check.problems.push_back(
        ProblemIn(file.string(), test.line, "",
                  "has the suite " + test.suite + " in the test of task " +
                      std::to_string(task),
                  "begin its name with " + start +
                      ", so that a learner sees which task is red"));
    break;
  }
}

// A hidden test that fails costs the task that its suite names.
void CheckHiddenSuites(const fs::path& root, const Exercise& exercise,
                       Check& check) {
  const fs::path folder = exercise.solution_folder;
  for (const std::string& name : FileNames(root / folder, "_test.cc")) {
    if (!name.starts_with("hidden")) continue;
    const std::string file = (folder / name).string();
    for (const DeclaredTest& test :
         DeclaredTests(ReadTextFile(root / file).value_or(""))) {
      const auto owns = [&test](const Task& task) {
        return IsSuiteOf(test.suite, task.number);
      };
      if (std::any_of(exercise.tasks.begin(), exercise.tasks.end(), owns)) {
        continue;
      }
      check.problems.push_back(ProblemIn(
          file, test.line, "", "has the suite " + test.suite + ", of no task",
          "begin its name with the task that a fault should cost: Task1..., "
          "or nothing of the exercise can be graded"));
      break;
    }
  }
}

}  // namespace

Check CheckTexts(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " texts", {}, {}};
  CheckReadme(root, exercise, check);
  for (const fs::path& page : exercise.Pages(root)) {
    CheckMarkdown(root, page, "write the exercise's page of the book there",
                  check);
  }
  CheckMarkdown(root, exercise.solution_folder / "NOTES.md",
                "write why the reference is as it is, and what was measured",
                check);
  return check;
}

Check CheckTestNames(const fs::path& root, const Exercise& exercise) {
  Check check{exercise.id + " test names", {}, {}};
  for (const Task& task : exercise.tasks) {
    for (const std::string& name : exercise.TestSources(root, task)) {
      CheckSuites(root, exercise.folder / name, task.number, check);
    }
  }
  CheckHiddenSuites(root, exercise, check);
  return check;
}

}  // namespace workbook
