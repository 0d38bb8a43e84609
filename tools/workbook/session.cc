// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/session.h"

#include <chrono>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "fmt/chrono.h"
#include "fmt/format.h"
#include "tools/workbook/write_file.h"

namespace workbook::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLastLook = "last_look";

}  // namespace

Session::Session(fs::path root, Course course, Terminal terminal)
    : root_(std::move(root)),
      course_(std::move(course)),
      terminal_(terminal),
      file_(root_ / ".workbook") {
  std::string notice;
  progress_ = file_.Load(notice);
  if (!notice.empty()) fmt::print(stderr, "workbook: {}\n", notice);
}

const Exercise& Session::Current() const {
  if (at_hand_ != nullptr) return *at_hand_;
  const Exercise* last = course_.Find(progress_.current);
  if (last != nullptr && !IsSolved(last->id)) return *last;
  const Exercise* next = NextUnsolved(course_.exercises.back());
  if (next != nullptr) return *next;
  return last != nullptr ? *last : course_.exercises.back();
}

std::string Session::TellSwitch() const {
  const Exercise* const last = course_.Find(progress_.current);
  const Exercise& now = Current();
  if (last == nullptr || last == &now) return {};
  return at_hand_ != nullptr
             ? fmt::format(
                   "You edited {0} last, so this is {0}, no longer {1}. Back: "
                   "./workbook check {1}\n",
                   now.id, last->id)
             : fmt::format(
                   "{0} is solved and unchanged since its last check, so this "
                   "is {1}. Back: ./workbook check {0}\n",
                   last->id, now.id);
}

std::optional<fs::file_time_type> Session::LastLook() const {
  std::error_code error;
  const auto time = fs::last_write_time(state_folder() / kLastLook, error);
  return error ? std::nullopt : std::optional(time);
}

void Session::MarkLook(fs::file_time_type time) const {
  const fs::path file = state_folder() / kLastLook;
  if (const auto problem =
          WriteTextFile(file, "Its time is that of the last look.\n")) {
    Report(*problem);
    return;
  }
  std::error_code ignored;
  fs::last_write_time(file, time, ignored);
}

const Exercise* Session::NextUnsolved(const Exercise& exercise) const {
  const auto& all = course_.exercises;
  const size_t count = all.size();
  const auto at = static_cast<size_t>(&exercise - all.data());
  for (size_t step = 1; step <= count; ++step) {
    const Exercise& candidate = all[(at + step) % count];
    if (!IsSolved(candidate.id)) return &candidate;
  }
  return nullptr;
}

bool Session::IsSolved(const std::string& id) const {
  return progress_.solved.contains(id);
}

bool Session::IsMastered(const Exercise& exercise) const {
  return progress_.mastered.contains(exercise.id) ||
         GreenTasks(exercise, Level::kCore) +
                 GreenTasks(exercise, Level::kDeep) ==
             static_cast<int>(exercise.tasks.size());
}

bool Session::IsGreen(const Exercise& exercise, int task) const {
  const auto found = progress_.tasks.find({exercise.id, task});
  return found != progress_.tasks.end() && found->second.green;
}

bool Session::MayCompare(const Exercise& exercise, int task) const {
  return IsSolved(exercise.id) || (task != 0 && IsGreen(exercise, task));
}

int Session::GreenTasks(const Exercise& exercise, Level level) const {
  int green = 0;
  for (const Task& task : exercise.tasks) {
    if (task.level == level && IsGreen(exercise, task.number)) ++green;
  }
  return green;
}

int Session::DeepTasksLeft(const Exercise& exercise) const {
  return IsMastered(exercise) ? 0
                              : exercise.TasksOf(Level::kDeep) -
                                    GreenTasks(exercise, Level::kDeep);
}

std::string Session::CoreText(const Exercise& exercise) const {
  return fmt::format("{} of {} core tasks", GreenTasks(exercise, Level::kCore),
                     exercise.TasksOf(Level::kCore));
}

void Session::Remember(const std::function<void(Progress&)>& change) {
  change(progress_);
  if (const auto problem = file_.Update(change)) {
    fmt::print(stderr, "workbook: your progress was not saved.\n");
    Report(*problem);
  }
}

ChosenExercise Choose(const Session& session, const std::string& id) {
  ChosenExercise chosen;
  if (id.empty()) {
    fmt::print(stderr, "{}", session.terminal().Fit(session.TellSwitch()));
  }
  chosen.exercise = id.empty() ? &session.Current() : session.course().Find(id);
  if (chosen.exercise == nullptr) {
    chosen.problem = {.what = fmt::format("there is no exercise {}", id),
                      .where = "exercises/",
                      .next = "./workbook list shows all of them.",
                      .exit_code = kExitUsage};
  }
  return chosen;
}

bool HasReference(const fs::path& root, const Exercise& exercise) {
  std::error_code ignored;
  return fs::is_directory(root / exercise.solution_folder, ignored);
}

std::optional<fs::path> FindRoot() {
  std::error_code ignored;
  const auto is_root = [&ignored](const fs::path& folder) {
    return fs::exists(folder / "WORKSPACE", ignored) &&
           fs::is_directory(folder / "exercises", ignored);
  };
  if (const char* chosen = std::getenv("WORKBOOK_ROOT"); chosen != nullptr) {
    if (is_root(chosen)) return fs::path(chosen);
    return std::nullopt;
  }
  for (fs::path folder = fs::current_path(ignored); !folder.empty();
       folder = folder.parent_path()) {
    if (is_root(folder)) return folder;
    if (folder == folder.root_path()) break;
  }
  return std::nullopt;
}

std::string UtcNow() {
  const std::time_t now =
      std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

}  // namespace workbook::cli
