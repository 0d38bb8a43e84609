// SPDX-License-Identifier: Apache-2.0

#include <filesystem>
#include <memory>

#include "fmt/format.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"

namespace workbook::cli {
namespace {

struct NextOptions {
  bool skip = false;  // leave an unsolved exercise
};

// The task edited last, while it is not green; else the exercise.
std::string HowToGoOn(const Session& session, const Exercise& exercise) {
  const int at = LastEditedTask(session, exercise);
  if (at == 0 || session.IsGreen(exercise, at)) return "./workbook start";
  return fmt::format("./workbook check {} {}  ({})", exercise.id, at,
                     exercise.tasks[static_cast<size_t>(at - 1)].title);
}

int Stay(const Session& session, const Exercise& exercise) {
  fmt::print(
      "{} {} is not solved yet: {} were green when last checked.\n"
      "  go on  {}\n"
      "  skip   ./workbook next --skip\n"
      "  other  ./workbook check NN_MM, any of ./workbook list\n",
      exercise.id, exercise.title, session.CoreText(exercise),
      HowToGoOn(session, exercise));
  return kExitOk;
}

// The deep tasks that the learner leaves behind, or of the whole course.
void MentionDeepTasks(const Session& session, const Exercise* from) {
  if (from != nullptr) {
    const int left = session.DeepTasksLeft(*from);
    if (left == 0 || !session.IsSolved(from->id)) return;
    fmt::print("  deep   of {2}, {0} {1} left: ./workbook check {2}\n", left,
               left == 1 ? "task is" : "tasks are", from->id);
    return;
  }
  int left = 0;
  for (const Exercise& exercise : session.course().exercises) {
    left += session.DeepTasksLeft(exercise);
  }
  if (left > 0) {
    fmt::print("Deep tasks that are left: {}. ./workbook list shows where.\n",
               left);
  }
}

int RunNext(Session& session, const NextOptions& options) {
  const std::string& last = session.progress().current;
  const Exercise* from = session.course().Find(last);
  const Exercise& current = session.Current();
  if (from != nullptr && !session.IsSolved(from->id) && !options.skip) {
    return Stay(session, *from);
  }
  const Exercise* next =
      from != nullptr ? session.NextUnsolved(*from) : &current;
  if (next == nullptr) {
    fmt::print("All {} exercises are solved. ./workbook progress shows them.\n",
               session.course().exercises.size());
    MentionDeepTasks(session, nullptr);
    return kExitOk;
  }
  if (next == from) {
    fmt::print("{} {} is the only exercise left: ./workbook start\n", next->id,
               next->title);
    return kExitOk;
  }
  session.Remember([next](Progress& progress) { progress.current = next->id; });
  session.MarkLook(std::filesystem::file_time_type::clock::now());
  fmt::print(
      "{} {} (about {} min, the deep tasks {} more)\n"
      "  read   {}\n"
      "  then   ./workbook start\n"
      "  other  ./workbook check NN_MM, any of ./workbook list\n",
      next->id, next->title, next->CoreMinutes(), next->DeepMinutes(),
      next->page.string());
  if (from != nullptr) MentionDeepTasks(session, from);
  return kExitOk;
}

}  // namespace

void RegisterNext(CommandLine& line) {
  const auto options = std::make_shared<NextOptions>();
  line.Add("next", "Go to the next unsolved exercise",
           [options](Session& s) { return RunNext(s, *options); })
      .Flag("--skip", options->skip, "Leave this one unsolved")
      .Examples({"next", "next --skip"});
}

}  // namespace workbook::cli
