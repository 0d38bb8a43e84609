// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/exercise_report.h"

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "tools/course/components.h"
#include "tools/text/text_file.h"
#include "tools/workbook/advice.h"
#include "tools/workbook/build_verdict.h"
#include "tools/workbook/causes.h"
#include "tools/workbook/evidence.h"
#include "tools/workbook/session.h"
#include "tools/workbook/test_body.h"
#include "tools/workbook/test_report.h"
#include "tools/workbook/test_verdict.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// The names that the failed test of `task` uses; its source is the one that has
// the test, and the failed line may lie in another file.
TestNames NamesOf(const Evidence& evidence, const Task& spec,
                  const TaskReport& task) {
  for (const std::string& name :
       evidence.exercise.TestSources(evidence.root, spec)) {
    const std::string relative = evidence.Folder() + name;
    const auto source = ReadTextFile(evidence.root / relative);
    TestNames names = NamesInTest(source.value_or(""), task.test,
                                  task.file == relative ? task.line : 0);
    if (names.is_found) return names;
  }
  return {};
}

// What to read next: the contract of the function that failed, and the section
// of the page.
void AddAdvice(const Evidence& evidence, const Task& spec, TaskReport& task) {
  const fs::path path = evidence.exercise.PageOf(evidence.root, spec);
  task.page = path.string();
  if (task.Green() || task.Waits()) return;
  const auto page = ReadTextFile(evidence.root / path);
  task.page_line = FindPageSection(page.value_or(""), task.number);
  if (task.state != TaskState::kRed && task.state != TaskState::kToWrite) {
    return;
  }
  FailedPlace failed;
  failed.sentence = task.sentence;
  failed.subject = task.test;
  for (const std::string& detail : task.details) failed.subject += ' ' + detail;
  if (task.state == TaskState::kRed) {
    failed.names = NamesOf(evidence, spec, task);
  }
  for (const std::string& file : spec.files) {
    if (!file.ends_with(".h")) continue;
    const std::string relative = evidence.Folder() + file;
    const auto header = ReadTextFile(evidence.root / relative);
    const auto contract = FindContract(header.value_or(""), failed);
    if (!contract) continue;
    task.contract_place = fmt::format("{}:{}", relative, contract->line);
    task.contract = contract->text;
    return;
  }
}

// A file of the learner's that is gone; "" when all are there.
std::string MissingFile(const Evidence& evidence, const Task& task) {
  for (const std::string& file : task.files) {
    const fs::path path = evidence.exercise.folder / file;
    std::error_code ignored;
    if (!fs::exists(evidence.root / path, ignored)) return path.string();
  }
  return {};
}

TaskReport JudgeTask(const Evidence& evidence, int number) {
  const Task& spec = evidence.exercise.tasks[static_cast<size_t>(number - 1)];
  TaskReport task{.number = number, .title = spec.title};
  std::vector<ExpectedTest> expected;
  for (const std::string& name :
       evidence.exercise.TestSources(evidence.root, spec)) {
    const auto source = ReadTextFile(evidence.root / evidence.Folder() / name);
    const auto found = ScanTests(source.value_or(""));
    expected.insert(expected.end(), found.begin(), found.end());
  }
  task.total = static_cast<int>(expected.size());
  const auto found =
      evidence.events.targets.find(evidence.exercise.TestLabel(spec));
  if (found == evidence.events.targets.end()) {
    task.sentence = "Bazel did not get to this task";
    return task;
  }
  const BazelTarget& target = found->second;
  task.remembered = target.test && target.test->Ran() && target.test->cached;
  if (const std::string file = MissingFile(evidence, spec); !file.empty()) {
    task.file = file;
    task.sentence = "the file is missing: ./workbook reset " +
                    evidence.exercise.id + fmt::format(" --task {}", number) +
                    " brings it back";
  } else if (target.test && target.test->Ran()) {
    JudgeTest(evidence, target, expected, task);
  } else if (!target.failed_actions.empty()) {
    TellBuildFailure(evidence, target, task);
  } else {
    task.sentence = target.abort_reason.empty()
                        ? "Bazel did not run the test"
                        : std::string(TrimSpace(target.abort_reason));
  }
  return task;
}

// A task that was not tested: its first Todo is where the learner begins.
TaskReport Later(const Evidence& evidence, const TaskReport& judged) {
  TaskReport task{.number = judged.number, .title = judged.title};
  task.state = TaskState::kLater;
  task.total = judged.total;
  const std::string todo =
      fmt::format("\"{} task {}: ", evidence.exercise.id, task.number);
  for (const std::string& file :
       evidence.exercise.tasks[static_cast<size_t>(task.number - 1)].files) {
    const std::string relative = evidence.Folder() + file;
    const auto text = ReadTextFile(evidence.root / relative);
    if (task.file.empty()) task.file = relative;
    const size_t at = text ? text->find(todo) : std::string::npos;
    if (at == std::string::npos) continue;
    task.file = relative;
    task.line = 1 + static_cast<int>(std::count(
                        text->begin(),
                        text->begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    break;
  }
  return task;
}

}  // namespace

int TaskReport::TestsToWrite() const {
  return static_cast<int>(
      std::count_if(red_tests.begin(), red_tests.end(),
                    [](const RedTest& red) { return red.to_write; }));
}

int ExerciseReport::GreenTasks() const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(),
                    [](const auto& task) { return task.Green(); }));
}

int ExerciseReport::GreenTasks(Level level) const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(), [level](const auto& task) {
        return task.level == level && task.Green();
      }));
}

int ExerciseReport::TasksOf(Level level) const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(),
                    [level](const auto& task) { return task.level == level; }));
}

bool ExerciseReport::Solved() const {
  return GreenTasks(Level::kCore) == TasksOf(Level::kCore);
}

bool ExerciseReport::Mastered() const {
  return GreenTasks() == static_cast<int>(tasks.size());
}

const TaskReport* ExerciseReport::NextTaskOf(Level level) const {
  const TaskReport* waiting = nullptr;
  for (const TaskReport& task : tasks) {
    if (task.level != level || task.Green()) continue;
    if (!task.Waits()) return FirstToDo(task);
    if (waiting == nullptr) waiting = &task;
  }
  return waiting == nullptr ? nullptr : FirstToDo(*waiting);
}

const TaskReport* ExerciseReport::FirstToDo(const TaskReport& task) const {
  const int first = task.Waits() ? task.waits_for : task.cause;
  const auto blocker =
      std::find_if(tasks.begin(), tasks.end(), [first](const auto& other) {
        return other.number == first && !other.Green();
      });
  return blocker == tasks.end() ? &task : &*blocker;
}

const TaskReport* ExerciseReport::NextTask() const {
  for (const TaskReport& task : tasks) {
    if (task.number == at && !task.Green()) return FirstToDo(task);
  }
  const TaskReport* core = NextTaskOf(Level::kCore);
  return core != nullptr ? core : NextTaskOf(Level::kDeep);
}

const TaskReport* ExerciseReport::LowestOpenCoreTask() const {
  const auto open =
      std::find_if(tasks.begin(), tasks.end(), [](const auto& task) {
        return task.level == Level::kCore && !task.Green();
      });
  return open == tasks.end() ? nullptr : &*open;
}

ExerciseReport MakeReportBefore(const fs::path& root,
                                const Exercise& exercise) {
  return MakeReport(root, exercise, {}, {0});
}

ExerciseReport MakeReport(const fs::path& root, const Exercise& exercise,
                          const BuildEvents& events,
                          const std::set<int>& tested) {
  const Evidence evidence{root, exercise, events};
  ExerciseReport report{.id = exercise.id,
                        .tasks = {},
                        .has_reference = HasReference(root, exercise)};
  const std::set<std::string> threaded = ComponentsWithThreads(root, exercise);
  const int count = static_cast<int>(exercise.tasks.size());
  for (int number = 1; number <= count; ++number) {
    const Task& spec = exercise.tasks[static_cast<size_t>(number - 1)];
    TaskReport task = JudgeTask(evidence, number);
    if (!tested.empty() && !tested.contains(number)) {
      task = Later(evidence, task);
    }
    task.level = spec.level;
    task.starts_threads = threaded.contains(spec.Stem());
    AddAdvice(evidence, spec, task);
    report.tasks.push_back(std::move(task));
  }
  AddCauses(root, exercise, report);
  return report;
}

std::string_view StateName(TaskState state) {
  switch (state) {
    case TaskState::kGreen:
      return "green";
    case TaskState::kToWrite:
      return "to write";
    case TaskState::kRed:
      return "red";
    case TaskState::kDoesNotBuild:
      return "does not build";
    case TaskState::kWaits:
    case TaskState::kNeedsTask:
      return "waits";
    case TaskState::kCrashed:
      return "crashed";
    case TaskState::kTimedOut:
      return "timed out";
    case TaskState::kSilent:
      return "no report";
    case TaskState::kLater:
      return "later";
    case TaskState::kNotTried:
      break;
  }
  return "not tried";
}

}  // namespace workbook::cli
