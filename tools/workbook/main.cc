// SPDX-License-Identifier: Apache-2.0

// ./workbook: reads the command line and calls one of commands/.
#include <algorithm>
#include <cstdio>
#include <utility>

#include "fmt/format.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"

namespace workbook::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes:\n"
    "  0  done; check: the core tasks, or the task asked for, are green\n"
    "  1  check, bench: something does not build\n"
    "  2  unknown command, option, exercise or task\n"
    "  3  check, verify: a test is red; release: something was recognised\n"
    "  4  the machine: Bazel, a package or a file is missing or broken\n"
    "  5  refused: a question was not answered with yes\n"
    "./workbook COMMAND --help names those of a command.\n"
    "Without a terminal no command asks or waits; predict reads its stdin.\n"
    "NO_COLOR turns colours off.\n"
    "NN_MM is an exercise, such as 01_02; without it, the one you are at.\n"
    "./workbook NN_MM is ./workbook check NN_MM.\n"
    "Everything for benchmarks and verify: ./workbook setup --peers --author";

// Manifests that cannot be read: their exercises are missing everywhere.
void TellLostExercises(const CourseResult& loaded) {
  for (const auto& problem : loaded.problems) {
    const bool lost = std::none_of(
        loaded.course.exercises.begin(), loaded.course.exercises.end(),
        [&problem](const Exercise& exercise) {
          return problem.where.starts_with(exercise.manifest.string());
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
  if (const auto problem = FinishBegunUpdate(*root)) return Report(*problem);
  CourseResult loaded = LoadCourse(*root);
  TellLostExercises(loaded);
  if (loaded.course.exercises.empty()) {
    return Report({.what = "there is no exercise that can be read",
                   .where = (*root / "exercises").string(),
                   .next = "git status shows what is missing."});
  }
  Session session(*root, std::move(loaded.course), Terminal::Detect());
  session.set_at_hand(ExerciseAtHand(session));
  return command(session);
}

int Main(int argc, char** argv) {
  CommandLine line(kFooter);
  RegisterAll(line);
  return line.Run(argc, argv, "start", RunInCheckout);
}

}  // namespace
}  // namespace workbook::cli

int main(int argc, char** argv) { return workbook::cli::Main(argc, argv); }
