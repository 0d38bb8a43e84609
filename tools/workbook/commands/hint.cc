// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "fmt/format.h"
#include "tools/course/hints.h"
#include "tools/workbook/build_errors.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/hint_choice.h"

namespace workbook::cli {
namespace {

struct HintOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool again = false;              // the last one, not one more
  int level = 0;                   // this one; 0 is the next
};

// With the section of task `number`.
std::string PageOf(const Session& session, const Exercise& exercise,
                   int number) {
  const Task& task = exercise.tasks[static_cast<size_t>(number - 1)];
  return exercise.PageOf(session.root(), task).string();
}

Problem NoHints(const Session& session, const Exercise& exercise, int task) {
  return {.what = fmt::format("there are no hints for task {} of {}", task,
                              exercise.id),
          .where = exercise.hints.string(),
          .next = "Read " + PageOf(session, exercise, task) + "."};
}

// What one sees while the block is needed: "it never gets larger"; the task's
// title in the old form.
std::string SubGoal(const Exercise& exercise, const HintBlock& block) {
  return block.seen.empty()
             ? exercise.tasks[static_cast<size_t>(block.task - 1)].title
             : block.seen;
}

// "03_01 task 2, hint 1 of 3: it never gets larger"
std::string Heading(const Session& session, const Exercise& exercise,
                    const HintChoice& choice, int level) {
  const HintBlock& block = *choice.block;
  const std::string which =
      fmt::format("hint {} of {}", level, block.levels.size());
  const std::string goal = SubGoal(exercise, block);
  if (choice.race) {
    return fmt::format(
        "{0} task {1} has a data race (./workbook check {0} {1} --tsan); this "
        "is {2} for: {3}",
        exercise.id, block.task, which, goal);
  }
  if (choice.is_of_the_task) {
    return fmt::format("{} task {}, {}, for the task as a whole: {}",
                       exercise.id, block.task, which, goal);
  }
  return session.IsGreen(exercise, block.task)
             ? fmt::format("{} task {} is green; this is {} for: {}",
                           exercise.id, block.task, which, goal)
             : fmt::format("{} task {}, {}: {}", exercise.id, block.task, which,
                           goal);
}

void Print(const Session& session, const Exercise& exercise,
           const HintChoice& choice, int level) {
  const HintBlock& block = *choice.block;
  const int levels = static_cast<int>(block.levels.size());
  const std::string heading = session.terminal().Paint(
      Colour::kBold, Heading(session, exercise, choice, level));
  fmt::print("{}\n{}\n\n", session.terminal().Fit(heading + "\n"),
             block.levels[static_cast<size_t>(level - 1)]);
  if (level < levels) {
    fmt::print("One more: ./workbook hint {} {}\n", exercise.id, block.task);
  } else if (HasReference(session.root(), exercise)) {
    fmt::print(
        "That was the last. The reference: ./workbook solution {} --anyway\n",
        exercise.id);
  } else {
    fmt::print("That was the last. The page says more: {}\n",
               PageOf(session, exercise, block.task));
  }
}

// How many levels of a block were shown.
int Shown(const Progress& progress, const Exercise& exercise,
          const HintBlock& block) {
  const Progress::TaskKey key{exercise.id, block.task};
  if (block.names.empty()) {
    const auto found = progress.hints.find(key);
    return found == progress.hints.end() ? 0 : found->second;
  }
  const auto found = progress.blocks.find({key, block.Key()});
  return found == progress.blocks.end() ? 0 : found->second;
}

void SetShown(const Exercise& exercise, const HintBlock& block, int level,
              Progress& progress) {
  const Progress::TaskKey key{exercise.id, block.task};
  if (block.names.empty()) {
    progress.hints[key] = level;
  } else {
    progress.blocks[{key, block.Key()}] = level;
  }
}

Problem NoLevel(const Exercise& exercise, const HintBlock& block, int level) {
  return {.what = fmt::format("there is no hint {} for task {} of {}", level,
                              block.task, exercise.id),
          .where = exercise.hints.string(),
          .next = fmt::format("Its hints are 1 to {}: ./workbook hint {} {} "
                              "--level 1",
                              block.levels.size(), exercise.id, block.task),
          .exit_code = kExitUsage};
}

// The compiler comes first: while it stops, no test runs, and no content of the
// task is the matter. True where that was told now.
bool TellBuildError(const Session& session, const Exercise& exercise,
                    int task) {
  const BuildErrors errors =
      LoadBuildErrors(session.state_folder(), exercise.id);
  const auto found = errors.find(task);
  if (found == errors.end() || found->second.told) return false;
  const BuildError& error = found->second;
  std::string text = fmt::format(
      "{}\n",
      session.terminal().Paint(
          Colour::kBold, fmt::format("{} task {} did not compile at the last "
                                     "check, so no test ran.",
                                     exercise.id, task)));
  if (!error.place.empty()) text += fmt::format("  {}\n", error.place);
  text += fmt::format("  {}\nWhat it usually means: {}\n", error.message,
                      MeaningOfBuildError(error));
  text += fmt::format(
      "Fix it, then ./workbook check {0} {1}. For the hint all the same: "
      "./workbook hint {0} {1} --level 1\n",
      exercise.id, task);
  fmt::print("{}", session.terminal().Fit(text));
  if (const auto problem =
          MarkBuildErrorTold(session.state_folder(), exercise.id, task)) {
    Report(*problem);
  }
  return true;
}

// The task's hints are about what its tests say, and they are green.
int TellRace(const Session& session, const Exercise& exercise, int task,
             const FoundRace& race) {
  std::string text = fmt::format(
      "{}\n", session.terminal().Paint(
                  Colour::kBold,
                  fmt::format("{0} task {1} has a data race (./workbook check "
                              "{0} {1} --tsan), and none of its hints is about "
                              "threads.",
                              exercise.id, task)));
  if (!race.place.empty()) text += fmt::format("  {}\n", race.place);
  text += fmt::format(
      "  {}\n"
      "What it usually means: one lock has to guard both accesses, or the "
      "thread that comes first releases an atomic (memory_order_release) that "
      "the other one acquires (memory_order_acquire).\n"
      "For a hint all the same: ./workbook hint {} {} --level 1\n",
      race.sentence, exercise.id, task);
  fmt::print("{}", session.terminal().Fit(text));
  return kExitOk;
}

int LevelToShow(const HintOptions& options, int shown, int levels) {
  if (options.level != 0) return options.level;
  const int wanted = options.again ? std::max(shown, 1) : shown + 1;
  return std::min(wanted, levels);
}

int RunHint(Session& session, const HintOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "hint");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int task = chosen.task != 0 ? chosen.task : OpenTask(session, exercise);
  const HintsResult hints = LoadHints(session.root(), exercise);
  const Progress& progress = session.progress();
  HintChoice choice = ChooseHint(session, exercise, task, hints);
  if (choice.race && choice.block == nullptr) {
    if (options.level == 0) {
      return TellRace(session, exercise, task, *choice.race);
    }
    choice = {.block = hints.Find(task, "").block};
  }
  const HintBlock* const block = choice.block;
  if (options.level == 0 && !options.again &&
      TellBuildError(session, exercise, task)) {
    return kExitOk;
  }
  if (block == nullptr || block->levels.empty()) {
    return Report(NoHints(session, exercise, task));
  }
  const int before = Shown(progress, exercise, *block);
  const int levels = static_cast<int>(block->levels.size());
  const int level = LevelToShow(options, before, levels);
  if (level < 1 || level > levels) {
    return Report(NoLevel(exercise, *block, level));
  }
  Print(session, exercise, choice, level);
  session.Remember([&](Progress& changed) {
    SetShown(exercise, *block, std::max(before, level), changed);
  });
  return kExitOk;
}

}  // namespace

void RegisterHint(CommandLine& line) {
  const auto options = std::make_shared<HintOptions>();
  line.Add("hint", "One more hint for a task",
           [options](Session& s) { return RunHint(s, *options); })
      .Option("which", options->which, "[NN_MM] [task]", 2)
      .Flag("--again", options->again, "Repeat the last hint")
      .Option("--level", options->level, "This one: 1 to 3")
      .Examples(
          {"hint", "hint 2", "hint 01_02 2 --again", "hint 01_02 2 --level 1"});
}

}  // namespace workbook::cli
