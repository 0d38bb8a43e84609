// SPDX-License-Identifier: Apache-2.0

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <filesystem>
#include <memory>
#include <system_error>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/process/process.h"
#include "tools/workbook/cases.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/key_mode.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

struct CaseOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  std::string save;
  bool gdb = false;
};

// The next key; 'q' at the end of the input and when a signal comes.
char NextKey(const KeyMode& keys) {
  std::array<pollfd, 2> waiting = {
      {{STDIN_FILENO, POLLIN, 0}, {keys.stop(), POLLIN, 0}}};
  char key = 'q';
  while (poll(waiting.data(), waiting.size(), -1) < 0) {
    if (errno != EINTR) return 'q';
  }
  if (waiting[1].revents != 0) return 'q';
  return read(STDIN_FILENO, &key, 1) == 1 ? key : 'q';
}

void ShowOnScreen(const Terminal& terminal, const Case& found,
                  std::size_t index) {
  fmt::print("\x1b[2J\x1b[H{}",
             terminal.Fit(ShowCaseStep(found, index) +
                          "\nspace next  b back  a all  q quit\n"));
  std::fflush(stdout);
}

std::string AllSteps(const Case& found) {
  std::string text;
  for (std::size_t i = 0; i != found.steps.size(); ++i) {
    text += ShowCaseStep(found, i) + "\n";
  }
  return text;
}

void StepThrough(const Terminal& terminal, const Case& found) {
  const KeyMode keys(STDIN_FILENO);
  std::size_t index = 0;
  for (;;) {
    ShowOnScreen(terminal, found, index);
    switch (NextKey(keys)) {
      case 'q':
      case 4:  // Ctrl-D
        return;
      case 'a':
        fmt::print("\n{}", terminal.Fit(AllSteps(found)));
        return;
      case 'b':
        if (index != 0) --index;
        break;
      default:
        if (index + 1 != found.steps.size()) ++index;
    }
  }
}

// Replaces this program by gdb, which stops before the call that fails.
int Debug(const Case& found) {
  if (!IsInstalled("gdb")) {
    return Report({.what = "gdb is not installed",
                   .where = "gdb on PATH",
                   .next = "sudo apt-get install gdb"});
  }
  const std::string program = found.program.string();
  execlp("gdb", "gdb", "-q", "-ex", "break workbook::history::BeforeLastCall",
         "-ex", "run", "--args", program.c_str(), "--here",
         found.history.c_str(), nullptr);
  return Report({.what = "gdb did not start",
                 .where = "gdb on PATH",
                 .next = "sudo apt-get install gdb"});
}

// "KeptCase" of "kept_case_test.cc".
std::string TestName(const fs::path& file) {
  std::string name;
  bool is_first = true;
  for (const char letter : file.stem().string()) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isalnum(byte) != 0) {
      name += static_cast<char>(is_first ? std::toupper(byte) : byte);
    }
    is_first = std::isalnum(byte) == 0;
  }
  return name.empty() || std::isdigit(static_cast<unsigned char>(name[0])) != 0
             ? "Case" + name
             : name;
}

int Save(const Exercise& exercise, const Task& task, const Case& found,
         const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) {
    return Report({.what = "there is such a file already",
                   .where = file.string(),
                   .next = "Name another one, or remove it.",
                   .exit_code = kExitUsage});
  }
  const ProcessResult test =
      RunProcess({found.program.string(), "--test", TestName(file)});
  if (!test.ExitedWith(1)) {
    return Report({.what = "the case could not be kept: " + DescribeEnd(test),
                   .where = found.program.string(),
                   .next = "Try it once more."});
  }
  if (const auto problem = WriteTextFile(file, test.output)) {
    return Report(*problem);
  }
  fmt::print("Kept in {}.\n", file.string());
  const std::string name = file.filename().string();
  if (name.starts_with(task.Stem() + "_") && name.ends_with("_test.cc")) {
    fmt::print("It runs with {}: ./workbook check {} {}\n", task.test,
               exercise.id, task.number);
  } else {
    fmt::print(
        "Named {}/{}_..._test.cc it runs with the other tests of the task.\n",
        exercise.folder.string(), task.Stem());
  }
  return kExitOk;
}

Problem NoDescription(const fs::path& root, const Exercise& exercise,
                      const Task& task) {
  std::vector<int> described;
  for (const Task& each : exercise.tasks) {
    if (!CaseNames(root, exercise, each).empty()) {
      described.push_back(each.number);
    }
  }
  return {
      .what = fmt::format("task {} of {} has no description of its calls, so "
                          "there is no case to look for",
                          task.number, exercise.id),
      .where = (exercise.folder / "cases").string(),
      .next = fmt::format("{} For task {}: ./workbook hint {} {}",
                          described.empty()
                              ? "No task of it has one."
                              : fmt::format("Tasks of it that have one: {}.",
                                            fmt::join(described, ", ")),
                          task.number, exercise.id, task.number),
      .exit_code = kExitUsage};
}

int TellNone(const CaseSearch& search, const Task& task) {
  if (!search.todo.empty()) {
    fmt::print(
        "No case: what is written of task {} holds in every short history.\n"
        "{}\n",
        task.number, search.todo);
  } else {
    fmt::print("No case: no short history of calls fails task {}.\n",
               task.number);
  }
  return kExitOk;
}

int RunCase(Session& session, const CaseOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "case");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int number =
      chosen.task != 0 ? chosen.task : OpenTask(session, exercise);
  const Task& task = exercise.tasks[static_cast<std::size_t>(number - 1)];
  if (CaseNames(session.root(), exercise, task).empty()) {
    return Report(NoDescription(session.root(), exercise, task));
  }
  if (session.IsGreen(exercise, number)) {
    fmt::print("No case: task {} was green when last checked.\n", number);
    return kExitOk;
  }
  CaseSearch search = FindCase(session.root(), exercise, task);
  if (search.problem) return Report(*search.problem);
  if (!search.found) return TellNone(search, task);
  if (options.gdb) return Debug(*search.found);
  if (!options.save.empty()) {
    return Save(exercise, task, *search.found, options.save);
  }
  ExplainOnce(session.root(), *search.found);
  if (session.terminal().interactive()) {
    StepThrough(session.terminal(), *search.found);
  } else {
    fmt::print("{}", AllSteps(*search.found));
  }
  return kExitRed;
}

}  // namespace

void RegisterCase(CommandLine& line) {
  const auto options = std::make_shared<CaseOptions>();
  line.Add("case", "The fewest calls in which a red task fails, step by step",
           [options](Session& s) { return RunCase(s, *options); })
      .Option("which", options->which, "[NN_MM] [task]", 2)
      .Flag("--gdb", options->gdb, "Stop in gdb before the call that fails")
      .Option("--save", options->save, "Keep it as a test of your own: FILE")
      .Examples({"case", "case 01_02 1", "case 01_02 1 --gdb",
                 "case --save exercises/01_02/fixed_size_pool_mine_test.cc"})
      .ExitCodes({{kExitOk, "the task is green, or no short case was found"},
                  {kExitDoesNotBuild, "the task does not build"},
                  {kExitRed, "the task fails, and the case shows how"}});
}

}  // namespace workbook::cli
