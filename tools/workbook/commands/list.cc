// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/json_view.h"

namespace workbook::cli {
namespace {

struct ListOptions {
  std::string filter;  // part of an id, title or chapter, or a state
  bool json = false;
};

// What is mastered is solved, too.
std::string_view Stage(const Session& session, const Exercise& exercise) {
  if (session.IsMastered(exercise)) return "solved mastered";
  if (session.IsSolved(exercise.id)) return "solved";
  return session.progress().GreenTasks(exercise.id) > 0 ? "started" : "open";
}

bool Matches(const Session& session, const Exercise& exercise,
             const std::string& filter) {
  const std::string text =
      Lower(fmt::format("{} {} {} {}", exercise.id, exercise.title,
                        exercise.chapter, Stage(session, exercise)));
  return text.find(Lower(filter)) != std::string::npos;
}

std::string State(const Session& session, const Exercise& exercise) {
  const Terminal& terminal = session.terminal();
  const int deep = exercise.TasksOf(Level::kDeep);
  if (deep > 0 && session.IsMastered(exercise)) {
    return terminal.Paint(Colour::kGreen, "mastered");
  }
  if (session.IsSolved(exercise.id)) {
    const std::string rest =
        fmt::format(", {} of {} deep tasks",
                    session.GreenTasks(exercise, Level::kDeep), deep);
    return terminal.Paint(Colour::kGreen, "solved") + (deep > 0 ? rest : "");
  }
  const std::string tasks = session.CoreText(exercise);
  return session.progress().GreenTasks(exercise.id) > 0
             ? terminal.Paint(Colour::kYellow, tasks)
             : tasks;
}

int RunList(Session& session, const ListOptions& options) {
  if (options.json) {
    fmt::print("{}\n", CourseJson(session));
    return kExitOk;
  }
  size_t width = 0;
  bool any = false;
  for (const Exercise& exercise : session.course().exercises) {
    width = std::max(width, exercise.title.size());
  }
  const std::string current = session.Current().id;
  for (const Exercise& exercise : session.course().exercises) {
    if (!Matches(session, exercise, options.filter)) continue;
    any = true;
    fmt::print("{}", session.terminal().Fit(fmt::format(
                         "{} {}  {:<{}}  {:>3} min + {:>3} deep  {}\n",
                         exercise.id == current ? ">" : " ", exercise.id,
                         exercise.title, width, exercise.CoreMinutes(),
                         exercise.DeepMinutes(), State(session, exercise))));
  }
  if (!any) {
    return Report({.what = "no exercise matches " + options.filter,
                   .where = "the ids, titles, chapters and states",
                   .next = "./workbook list; states are open, started, solved, "
                           "mastered.",
                   .exit_code = kExitUsage});
  }
  fmt::print("{}", session.terminal().Fit(
                       "\n> is where you are. ./workbook start goes on there; "
                       "./workbook check NN_MM starts any other, at any "
                       "time. On the way: predict, hint, case, asm; "
                       "./workbook --help lists all commands.\n"));
  return kExitOk;
}

}  // namespace

void RegisterList(CommandLine& line) {
  const auto options = std::make_shared<ListOptions>();
  line.Add("list", "All exercises and how far you are",
           [options](Session& s) { return RunList(s, *options); })
      .Option("filter", options->filter,
              "Part of an id, title or chapter; or open, started, solved, "
              "mastered")
      .Flag("--json", options->json, "For programs")
      .Examples({"list", "list open", "list pools"});
}

}  // namespace workbook::cli
