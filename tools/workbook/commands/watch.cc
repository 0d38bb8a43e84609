// SPDX-License-Identifier: Apache-2.0

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "fmt/format.h"
#include "tools/process/process.h"
#include "tools/workbook/checking.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/commands/last_edited.h"
#include "tools/workbook/file_watch.h"
#include "tools/workbook/key_mode.h"
#include "tools/workbook/next_step.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/report_view.h"
#include "tools/workbook/tested_view.h"

namespace workbook::cli {
namespace {

using std::chrono::milliseconds;

struct WatchOptions {
  std::string exercise;
  bool poll = false;
  int checks = 0;  // 0 is without end
};

// Short enough to feel immediate where files are polled; a terminal that is
// idle wakes four times a second.
constexpr milliseconds kPoll{250};
// "Save all" writes several files: one check for them.
constexpr milliseconds kSettle{40};

class Watcher {
 public:
  Watcher(Session& session, const Exercise& exercise,
          const WatchOptions& options, std::string notice)
      : session_(session),
        exercise_(&exercise),
        notice_(std::move(notice)),
        options_(options),
        keyboard_(session.terminal().interactive() ? STDIN_FILENO : -1),
        keys_(keyboard_) {}

  int Run() {
    while (Follow()) {
    }
    fmt::print("\nStopped. ./workbook watch {} goes on.\n", exercise_->id);
    return last_exit_code_;
  }

 private:
  enum class Step { kGoOn, kEnd, kOtherExercise };

  // One exercise; true where the learner went on to another.
  bool Follow() {
    FileWatch watch(session_.root() / exercise_->folder, !options_.poll);
    watch_ = &watch;
    if (!Check({})) return false;
    while (options_.checks == 0 || checks_ < options_.checks) {
      const Waited waited = Wait(watch, keyboard_, keys_.stop(), kPoll);
      if (waited.ended) return false;
      if (waited.key != 0) {
        const Step step = Press(waited.key);
        if (step != Step::kGoOn) return step == Step::kOtherExercise;
      }
      if (!waited.file) continue;
      std::vector<std::string> changed = watch.Changed();
      if (changed.empty()) continue;
      Settle(watch, changed);
      if (!Check(changed)) return false;
    }
    return false;
  }

  // Takes what is written within moments of the first file.
  void Settle(FileWatch& watch, std::vector<std::string>& changed) {
    for (;;) {
      Wait(watch, -1, keys_.stop(), kSettle);
      const auto more = watch.Changed();
      if (more.empty()) return;
      changed.insert(changed.end(), more.begin(), more.end());
    }
  }

  // False where there is nothing to watch for: a broken machine.
  bool Check(const std::vector<std::string>& changed) {
    using Clock = std::chrono::steady_clock;
    if (!changed.empty()) fmt::print("\n{} saved\n", changed.front());
    std::fflush(stdout);
    auto start = Clock::now();
    int at = LastEditedTask(session_, *exercise_);
    CheckResult result = CheckAt(at);
    ++checks_;
    while (!result.problem && SavedMeanwhile()) {
      start = Clock::now();
      at = LastEditedTask(session_, *exercise_);
      result = CheckAt(at);
      ++checks_;
    }
    if (result.problem) {
      last_exit_code_ = Report(*result.problem);
      return false;
    }
    result.report.at = at;
    last_exit_code_ = ExitCodeOf(result.report);
    HideOpenCounts(session_, *exercise_, result.report);
    const std::string turned = Turned(result.report);
    before_ = result.report;
    const Terminal& terminal = session_.terminal();
    fmt::print("{}{}", terminal.interactive() ? "\x1b[2J\x1b[H" : "",
               terminal.Fit(std::exchange(notice_, "") +
                            ShowReport(result.report, *exercise_, terminal) +
                            "\n" + ShowTested(result.report) +
                            ShowBazelErrors(result.bazel_errors) + turned +
                            ShowNextStep(result.report, *exercise_, terminal) +
                            ShowLater(result.report, *exercise_) +
                            ShowOpenPredictions(session_, *exercise_)));
    if (result.report.NextTask() == nullptr && result.report.has_reference) {
      fmt::print("{}", terminal.Fit(fmt::format(
                           "  ./workbook diff {}       yours against the "
                           "reference\n",
                           exercise_->id)));
    }
    fmt::print("judged in {:.1f} s\n",
               std::chrono::duration<double>(Clock::now() - start).count());
    Prompt();
    return true;
  }

  CheckResult CheckAt(int at) {
    return CheckExercise(
        session_, *exercise_,
        {.at = at,
         .edited = EditedUntestedTasks(session_, *exercise_),
         .untouched = UntouchedDeepTasks(session_, *exercise_)});
  }

  // Whether a file was saved while a check ran: its verdict may be of a mix of
  // old and new sources, so it is not shown, and what is there now is judged.
  bool SavedMeanwhile() {
    std::vector<std::string> changed = watch_->Changed();
    if (changed.empty()) return false;
    Settle(*watch_, changed);
    fmt::print("{} was saved while this was judged: judging again\n",
               changed.front());
    std::fflush(stdout);
    return options_.checks == 0 || checks_ < options_.checks;
  }

  void Prompt() const {
    if (keyboard_ < 0) {
      fmt::print("watching {}\n", exercise_->folder.string());
    } else {
      fmt::print("{}", session_.terminal().Fit(fmt::format(
                           "\nwatching {}   h hint  n next  b bench  l list  c "
                           "check  q quit\n",
                           exercise_->folder.string())));
    }
    std::fflush(stdout);
  }

  // "Task 2 turned green." for each that did since the last check.
  std::string Turned(const ExerciseReport& now) const {
    std::string text;
    if (before_.id != now.id) return text;
    for (size_t i = 0; i < now.tasks.size(); ++i) {
      if (now.tasks[i].Green() == before_.tasks[i].Green()) continue;
      text += session_.terminal().Paint(
          now.tasks[i].Green() ? Colour::kGreen : Colour::kRed,
          fmt::format("Task {} turned {}: {}\n", now.tasks[i].number,
                      now.tasks[i].Green() ? "green" : "red",
                      now.tasks[i].title));
    }
    return text.empty() ? text : text + "\n";
  }

  Step Press(char key) {
    switch (key) {
      case 'q':
      case 4:  // Ctrl-D
        return Step::kEnd;
      case 'h': {
        const TaskReport* task = before_.NextTask();
        Other({"hint", exercise_->id,
               std::to_string(task == nullptr ? 1 : task->number)});
        return Step::kGoOn;
      }
      case 'b':
        Other({"bench", exercise_->id});
        return Step::kGoOn;
      case 'l':
        Other({"list"});
        return Step::kGoOn;
      case 'c':
        return Check({}) ? Step::kGoOn : Step::kEnd;
      case 'n':
        return Next();
      default:
        Prompt();
        return Step::kGoOn;
    }
  }

  Step Next() {
    if (!session_.IsSolved(exercise_->id)) {
      fmt::print(
          "{} is not solved yet. Leave it all the same: ./workbook next "
          "--skip\n",
          exercise_->id);
      Prompt();
      return Step::kGoOn;
    }
    const Exercise* next = session_.NextUnsolved(*exercise_);
    if (next == nullptr) {
      fmt::print("All exercises are solved.\n");
      Prompt();
      return Step::kGoOn;
    }
    exercise_ = next;
    return Step::kOtherExercise;
  }

  // Another of our commands, in a process of its own: it may be stopped by
  // Ctrl-C, and this one goes on.
  void Other(std::vector<std::string> arguments) {
    std::error_code ignored;
    arguments.insert(arguments.begin(),
                     std::filesystem::read_symlink("/proc/self/exe", ignored));
    ProcessOptions options;
    options.inherit_streams = true;
    options.environment = {{"WORKBOOK_ROOT", session_.root().string()}};
    fmt::print("\n");
    std::fflush(stdout);
    keys_.Suspend();
    const ProcessResult result = RunProcess(arguments, options);
    keys_.Resume();
    if (!result.Started()) fmt::print("{}\n", DescribeEnd(result));
    Prompt();
  }

  Session& session_;
  const Exercise* exercise_;
  std::string notice_;  // above the first report; "" for none
  const WatchOptions options_;
  const int keyboard_;
  KeyMode keys_;
  FileWatch* watch_ = nullptr;  // of the exercise that is followed
  ExerciseReport before_;
  int checks_ = 0;
  int last_exit_code_ = kExitOk;
};

int RunWatch(Session& session, const WatchOptions& options) {
  // Told with the first report: it clears the screen.
  if (options.exercise.empty()) {
    return Watcher(session, session.Current(), options, session.TellSwitch())
        .Run();
  }
  const ChosenExercise chosen = Choose(session, options.exercise);
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  return Watcher(session, *chosen.exercise, options, "").Run();
}

}  // namespace

void RegisterWatch(CommandLine& line) {
  const auto options = std::make_shared<WatchOptions>();
  line.Add("watch", "Check again at each save; keys for hint, bench, quit",
           [options](Session& s) { return RunWatch(s, *options); })
      .Option("exercise", options->exercise, "NN_MM")
      .Option("--checks", options->checks, "End after so many checks")
      .Flag("--poll", options->poll,
            "Compare file times: where inotify misses saves (network disks)")
      .Examples({"watch", "watch 02_02", "watch --poll"})
      .ExitCodes({{kExitOk, "at the last check the core tasks were green"},
                  {kExitDoesNotBuild, "one of them did not build"},
                  {kExitRed, "one of them was red"}});
}

}  // namespace workbook::cli
