// ./workbook: reads the command line and calls one of commands/.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "tools/course/nearest.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes:\n"
    "  0  done; check: every task is green\n"
    "  1  check, bench: something does not build\n"
    "  2  unknown command, option, exercise or task\n"
    "  3  check, verify: a test is red\n"
    "  4  the machine: Bazel, a package or a file is missing or broken\n"
    "  5  refused: a question was not answered with yes\n"
    "Without a terminal no command asks or waits. NO_COLOR turns colours off.\n"
    "NN_MM is an exercise, such as 01_02; without it, the one you are at.\n"
    "Everything for benchmarks and verify: ./workbook setup --peers --author";

using Command = std::function<int(Session&)>;

// The parsed options, alive until the command has run.
struct Options {
  ListOptions list;
  NextOptions next;
  CheckOptions check;
  HintOptions hint;
  BenchOptions bench;
  ResetOptions reset;
  ProgressOptions progress;
  SolutionOptions solution;
  grade::GradeOptions grade;
  VerifyOptions verify;
};

CLI::App* Add(CLI::App& app, const char* name, const char* description,
              Command& chosen, Command command) {
  CLI::App* sub = app.add_subcommand(name, description);
  // Inherited from `app`, where it lets RefuseCommand say what was meant.
  sub->allow_extras(false);
  sub->callback([&chosen, command = std::move(command)] { chosen = command; });
  return sub;
}

void AddLearning(CLI::App& app, Options& options, Command& chosen) {
  Add(app, "start", "Where you are, what is red, what to type (the default)",
      chosen, RunStart);
  auto* list = Add(app, "list", "All exercises and how far you are", chosen,
                   [&](Session& s) { return RunList(s, options.list); });
  list->add_flag("--json", options.list.json, "For programs");
  auto* next = Add(app, "next", "Go to the next unsolved exercise", chosen,
                   [&](Session& s) { return RunNext(s, options.next); });
  next->add_flag("--skip", options.next.skip, "Leave this one unsolved");
  auto* check =
      Add(app, "check", "Build and test an exercise, task by task", chosen,
          [&](Session& s) { return RunCheck(s, options.check); });
  check->add_option("exercise", options.check.exercise, "NN_MM");
  check->add_flag("--json", options.check.json, "For programs");
  auto* hint = Add(app, "hint", "One more hint for a task", chosen,
                   [&](Session& s) { return RunHint(s, options.hint); });
  hint->add_option("which", options.hint.which, "[NN_MM] [task]")
      ->expected(0, 2);
  hint->add_flag("--again", options.hint.again, "Repeat the last hint");
  auto* bench =
      Add(app, "bench", "Measure yours, the reference and peers", chosen,
          [&](Session& s) { return RunBench(s, options.bench); });
  bench->add_option("exercise", options.bench.exercise, "NN_MM");
  bench->add_option("--filter", options.bench.filter,
                    "Only rows whose name matches this expression");
  bench->add_flag("--json", options.bench.json, "For programs");
}

void AddKeeping(CLI::App& app, Options& options, Command& chosen) {
  auto* reset =
      Add(app, "reset", "Bring the stubs back; keeps a backup", chosen,
          [&](Session& s) { return RunReset(s, options.reset); });
  reset->add_option("exercise", options.reset.exercise, "NN_MM")->required();
  reset->add_option("--task", options.reset.task, "Only this task's files");
  reset->add_flag("--yes", options.reset.yes, "Do not ask");
  auto* progress =
      Add(app, "progress", "What you have done", chosen,
          [&](Session& s) { return RunProgress(s, options.progress); });
  progress->add_flag("--json", options.progress.json, "For programs");
  auto* solution =
      Add(app, "solution", "The reference, once you have solved it", chosen,
          [&](Session& s) { return RunSolution(s, options.solution); });
  solution->add_option("exercise", options.solution.exercise, "NN_MM")
      ->required();
  solution->add_option("file", options.solution.file, "One of its files");
  solution->add_flag("--anyway", options.solution.anyway,
                     "Before it is solved");
  auto* verify = Add(app, "verify", "Prove that exercises are sound", chosen,
                     [&](Session& s) { return RunVerify(s, options.verify); });
  verify->add_option("exercises", options.verify.exercises, "NN_MM ...");
  verify->add_flag("--strict", options.verify.strict,
                   "An edited exercise is a fault, not a note");
  // The launcher answers this one before there is a binary.
  auto* setup =
      Add(app, "setup",
          "Install what is missing (--peers: rivals; --author: for verify)",
          chosen, [](Session&) {
            return Report({.what = "setup is done by the launcher",
                           .where = "the script ./workbook",
                           .next = "./workbook setup [--peers] [--author]",
                           .exit_code = kExitUsage});
          });
  setup->allow_extras();
}

void AddTeaching(CLI::App& app, Options& options, Command& chosen) {
  auto* grade =
      Add(app, "grade", "Instructors: mark a folder of submissions", chosen,
          [&](Session& s) { return RunGrade(s, options.grade); });
  grade->add_option("--exercise", options.grade.exercise, "NN_MM")->required();
  grade
      ->add_option("--submissions", options.grade.submissions,
                   "A folder or an archive a student")
      ->required();
  grade->add_option("--out", options.grade.out, "Where results go")->required();
  grade->add_option("--jobs", options.grade.jobs, "Default: one a processor");
  grade->add_option("--roster", options.grade.roster, "An export of Canvas");
  grade->add_option("--assignment", options.grade.assignment,
                    "Its column: 'Title (id)'");
  grade->add_option("--config", options.grade.config, "grade.toml");
  grade->add_flag("--unsafe", options.grade.unsafe,
                  "Although a layer of the jail is missing");
}

int RefuseCommand(const CLI::App& app, const std::string& name) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) {
    names.push_back(sub->get_name());
  }
  const std::string meant = Nearest(name, names);
  return Report({.what = fmt::format("there is no command {}", name),
                 .where = "the command line",
                 .next = meant.empty() ? "./workbook --help lists them."
                                       : "Did you mean ./workbook " + meant +
                                             "? --help lists all.",
                 .exit_code = kExitUsage});
}

// Manifests that cannot be read: their exercises are missing everywhere.
void TellLostExercises(const CourseResult& loaded) {
  for (const auto& problem : loaded.problems) {
    const bool lost = std::none_of(
        loaded.course.exercises.begin(), loaded.course.exercises.end(),
        [&problem](const Exercise& exercise) {
          return exercise.manifest.string() == problem.file;
        });
    if (lost) fmt::print(stderr, "workbook: {}\n", problem.Text());
  }
}

int RunInCheckout(const Command& command) {
  const auto root = FindRoot();
  if (!root) {
    return Report({.what = "this is not a Memory Workbook",
                   .where = "no WORKSPACE with exercises/ here or above",
                   .next = "cd into your clone, then ./workbook"});
  }
  CourseResult loaded = LoadCourse(*root);
  TellLostExercises(loaded);
  if (loaded.course.exercises.empty()) {
    return Report({.what = "there is no exercise that can be read",
                   .where = (*root / "exercises").string(),
                   .next = "git status shows what is missing."});
  }
  Session session(*root, std::move(loaded.course), Terminal::Detect());
  return command(session);
}

int Main(int argc, char** argv) {
  CLI::App app("Memory Workbook: exercises on memory performance in C++20",
               "./workbook");
  app.footer(kFooter);
  app.require_subcommand(0, 1);
  app.allow_extras();
  Options options;
  Command command = RunStart;
  AddLearning(app, options, command);
  AddKeeping(app, options, command);
  AddTeaching(app, options, command);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return Report({.what = error.what(),
                   .where = "the command line",
                   .next = "./workbook --help, or ./workbook COMMAND --help",
                   .exit_code = kExitUsage});
  }
  if (const auto extras = app.remaining(); !extras.empty()) {
    return RefuseCommand(app, extras.front());
  }
  return RunInCheckout(command);
}

}  // namespace
}  // namespace workbook::cli

int main(int argc, char** argv) { return workbook::cli::Main(argc, argv); }
