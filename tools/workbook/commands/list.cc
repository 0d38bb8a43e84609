#include <algorithm>
#include <memory>

#include "fmt/format.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/json_view.h"

namespace workbook::cli {
namespace {

struct ListOptions {
  bool json = false;
};

std::string State(const Session& session, const Exercise& exercise) {
  const Terminal& terminal = session.terminal();
  if (session.IsSolved(exercise.id)) {
    return terminal.Paint(Colour::kGreen, "solved");
  }
  const int green = session.progress().GreenTasks(exercise.id);
  const std::string tasks =
      fmt::format("{} of {} tasks", green, exercise.tasks.size());
  return green > 0 ? terminal.Paint(Colour::kYellow, tasks) : tasks;
}

int RunList(Session& session, const ListOptions& options) {
  if (options.json) {
    fmt::print("{}\n", CourseJson(session));
    return kExitOk;
  }
  size_t width = 0;
  for (const Exercise& exercise : session.course().exercises) {
    width = std::max(width, exercise.title.size());
  }
  const std::string current = session.Current().id;
  for (const Exercise& exercise : session.course().exercises) {
    fmt::print("{} {}  {:<{}}  {:>3} min  {}\n",
               exercise.id == current ? ">" : " ", exercise.id, exercise.title,
               width, exercise.minutes, State(session, exercise));
  }
  fmt::print("\n> is where you are. ./workbook start goes on there.\n");
  return kExitOk;
}

}  // namespace

void RegisterList(CommandLine& line) {
  const auto options = std::make_shared<ListOptions>();
  line.Add("list", "All exercises and how far you are",
           [options](Session& s) { return RunList(s, *options); })
      .Flag("--json", options->json, "For programs");
}

}  // namespace workbook::cli
