// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/course/hints.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

struct HintOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool again = false;              // the last one, not one more
};

Problem NoHints(const Exercise& exercise, int task) {
  return {.what = fmt::format("there are no hints for task {} of {}", task,
                              exercise.id),
          .where = exercise.hints.string(),
          .next = "Read " + exercise.page.string() + "."};
}

// "Task1Pool.Grows, Task1Threads: it never gets larger"; "" in the old form.
std::string SubGoal(const HintBlock& block) {
  if (block.names.empty()) return {};
  return fmt::format("{}: {}\n", fmt::join(block.names, ", "), block.seen);
}

void Print(const Session& session, const Exercise& exercise,
           const HintBlock& block, int level) {
  const int levels = static_cast<int>(block.levels.size());
  const std::string heading = fmt::format(
      "{} task {}: {}. Hint {} of {}", exercise.id, block.task,
      exercise.tasks[static_cast<size_t>(block.task - 1)].title, level, levels);
  fmt::print("{}\n{}\n{}\n\n", session.terminal().Paint(Colour::kBold, heading),
             SubGoal(block), block.levels[static_cast<size_t>(level - 1)]);
  if (level < levels) {
    fmt::print("One more: ./workbook hint {} {}\n", exercise.id, block.task);
  } else if (HasReference(session.root(), exercise)) {
    fmt::print(
        "That was the last. The reference: ./workbook solution {} --anyway\n",
        exercise.id);
  } else {
    fmt::print("That was the last. The page says more: {}\n",
               exercise.page.string());
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

int RunHint(Session& session, const HintOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "hint");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  const int task = chosen.task != 0 ? chosen.task : OpenTask(session, exercise);
  const HintsResult hints = LoadHints(session.root(), exercise);
  const Progress& progress = session.progress();
  const auto red = progress.red_tests.find({exercise.id, task});
  const HintBlock* const block =
      hints.Find(task, red == progress.red_tests.end() ? "" : red->second);
  if (block == nullptr || block->levels.empty()) {
    return Report(NoHints(exercise, task));
  }
  const int before = Shown(progress, exercise, *block);
  const int wanted = options.again ? std::max(before, 1) : before + 1;
  const int level = std::min(wanted, static_cast<int>(block->levels.size()));
  Print(session, exercise, *block, level);
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
      .Examples({"hint", "hint 2", "hint 01_02 2 --again"});
}

}  // namespace workbook::cli
