// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/text/text_file.h"
#include "tools/workbook/commands/chosen_task.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"
#include "tools/workbook/prediction_measured.h"
#include "tools/workbook/prediction_score.h"
#include "tools/workbook/prediction_state.h"
#include "tools/workbook/prediction_view.h"

namespace workbook::cli {
namespace {

struct PredictOptions {
  std::vector<std::string> which;  // [NN_MM] [task]
  bool give_up = false;
  bool again = false;
  bool json = false;
};

constexpr int kMaxTries = 3;
// The rest of a longer line is dropped: a pipe may have no line end.
constexpr std::size_t kMaxLine = 1000;

// nullopt at the end of the input.
std::optional<std::string> ReadLine() {
  std::string line;
  for (int c = std::getchar(); c != '\n'; c = std::getchar()) {
    if (c == EOF && line.empty()) return std::nullopt;
    if (c == EOF) break;
    if (line.size() < kMaxLine) line += static_cast<char>(c);
  }
  return line;
}

// Asks for the predictions of one task and reveals what may be seen.
class Predictor {
 public:
  Predictor(const Session& session, const Exercise& exercise,
            const PredictOptions& options)
      : session_(session),
        exercise_(exercise),
        options_(options),
        answers_(session.state_folder()),
        measurements_(LoadMeasurements(session.state_folder(), exercise.id)) {}

  int Run(std::vector<PredictionState>& states) {
    SayHowToAnswer(states);
    for (std::size_t i = 0; i < states.size() && !problem_; ++i) {
      Show(states[i], i + 1, states.size());
    }
    if (problem_) return Report(*problem_);
    if (options_.json) {
      fmt::print("{}\n", PredictionsJson(exercise_, states, measurements_));
    }
    const int task = states.front().prediction.task;
    if (has_ended_) {
      Print(
          fmt::format("The input has ended; what you answered is kept. The "
                      "rest: ./workbook predict {} {}\n",
                      exercise_.id, task));
    }
    const bool is_hidden =
        std::any_of(states.begin(), states.end(), [](const auto& state) {
          return !state.is_green && !state.kept.is_revealed;
        });
    if (is_hidden) Print(ShowWhenRevealed(exercise_.id, task));
    return has_bad_answer_ ? kExitUsage : kExitOk;
  }

 private:
  // Through a pipe nobody sees the questions before the answers are written.
  void SayHowToAnswer(const std::vector<PredictionState>& states) const {
    if (session_.terminal().interactive()) return;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (IsAsked(states[i])) open.push_back(i + 1);
    }
    if (open.empty()) return;
    Print(fmt::format(
        "Standard input has one line for each open question, in this order: "
        "{}. An empty line skips one.\n\n",
        fmt::join(open, ", ")));
  }

  bool IsAsked(const PredictionState& state) const {
    return options_.again || !state.IsAnswered();
  }

  void Print(const std::string& text) const {
    if (options_.json) return;
    fmt::print("{}", session_.terminal().Fit(text));
    std::fflush(stdout);
  }

  void Show(PredictionState& state, std::size_t number, std::size_t count) {
    Print(ShowQuestion(state.prediction, number, count));
    if (!options_.json && IsAsked(state) && !has_ended_) Ask(state);
    if (problem_) return;
    Print(ShowSaid(state));
    const MeasuredAnswer measured = Reveal(state);
    const bool is_shown = state.kept.is_revealed && !measured.text.empty();
    Print(is_shown ? ShowMeasured(state, measured, session_.terminal())
          : state.kept.is_revealed ? ShowMissing(state, measured)
                                   : ShowHidden(state, measured, exercise_.id));
    Print("\n");
  }

  static std::string ShowMissing(const PredictionState& state,
                                 const MeasuredAnswer& measured) {
    return fmt::format(
        "  measured  not yet; this command does it: {}\n  why       {}\n",
        measured.command, state.prediction.why);
  }

  void Ask(PredictionState& state) {
    const bool is_dialogue = session_.terminal().interactive();
    ++line_;
    Print(is_dialogue ? fmt::format("  Write {}; an empty line skips it.\n",
                                    ExpectedAnswer(state.prediction))
                      : fmt::format("  Line {} answers it by {}.\n", line_,
                                    ExpectedAnswer(state.prediction)));
    const int tries = is_dialogue ? kMaxTries : 1;
    for (int tried = 1; tried <= tries; ++tried) {
      if (is_dialogue) Print("> ");
      const auto line = ReadLine();
      if (is_dialogue && !line) Print("\n");
      if (!line) has_ended_ = true;
      if (!line || TrimSpace(*line).empty()) return;
      if (!is_dialogue) Print(fmt::format("> {}\n", TrimSpace(*line)));
      const AnswerRead read = ReadAnswer(state.prediction, *line);
      if (read.text) {
        Keep(state, *read.text);
        return;
      }
      Print("  " + read.reason + "\n");
    }
    // The next line of a pipe is the next question's: this one stays open.
    has_bad_answer_ = !is_dialogue;
    Print(
        is_dialogue
            ? fmt::format("  No answer is kept after {} tries.\n", kMaxTries)
            : "  No answer is kept; the next line is for the next question.\n");
  }

  void Keep(PredictionState& state, const std::string& text) {
    KeptPrediction& kept = state.kept;
    problem_ = answers_.AddAnswer({exercise_.id, state.prediction.id}, text);
    if (problem_) return;
    if (kept.last.empty() && !kept.is_revealed) kept.first = text;
    kept.last = text;
    kept.last_at = UtcNow();
  }

  // Marks the answer as seen where the rule lets it be seen.
  MeasuredAnswer Reveal(PredictionState& state) {
    MeasuredAnswer measured = FindMeasured(state.prediction, measurements_);
    KeptPrediction& kept = state.kept;
    const bool is_earned =
        state.is_green && state.IsAnswered() && !measured.text.empty();
    const bool is_new = !kept.is_revealed && (is_earned || options_.give_up);
    const bool is_late =
        kept.is_revealed && kept.measured.empty() && !measured.text.empty();
    if (is_new || is_late) {
      problem_ = answers_.AddReveal({exercise_.id, state.prediction.id},
                                    measured.text);
      kept.is_revealed = true;
      kept.measured = measured.text;
    }
    if (measured.text.empty()) measured.text = kept.measured;
    return measured;
  }

  const Session& session_;
  const Exercise& exercise_;
  const PredictOptions& options_;
  const PredictionAnswers answers_;
  const Measurements measurements_;
  std::optional<Problem> problem_;
  bool has_ended_ = false;
  bool has_bad_answer_ = false;
  int line_ = 0;  // of standard input, from 1
};

// The task to do; where all are green, the first with something to reveal.
int CurrentTask(const Session& session, const Exercise& exercise,
                const std::vector<PredictionState>& states) {
  const auto open =
      std::find_if(states.begin(), states.end(),
                   [](const auto& state) { return !state.kept.is_revealed; });
  return session.IsMastered(exercise) && open != states.end()
             ? open->prediction.task
             : OpenTask(session, exercise);
}

Problem NoPredictions(const Exercise& exercise, int task,
                      const std::vector<PredictionState>& states) {
  std::vector<int> tasks;
  for (const PredictionState& state : states) {
    tasks.push_back(state.prediction.task);
  }
  std::sort(tasks.begin(), tasks.end());
  tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
  return {
      .what = fmt::format("there are no predictions for task {} of {}", task,
                          exercise.id),
      .where = PredictionsFile(exercise).string(),
      .next = tasks.empty()
                  ? fmt::format("Go on: ./workbook check {}", exercise.id)
                  : fmt::format("Tasks that have some: {}. ./workbook predict "
                                "{} {}",
                                fmt::join(tasks, ", "), exercise.id,
                                tasks.front())};
}

int RunPredict(Session& session, const PredictOptions& options) {
  const ChosenTask chosen = ChooseTask(session, options.which, "predict");
  if (chosen.exercise == nullptr) return Report(chosen.problem);
  const Exercise& exercise = *chosen.exercise;
  std::vector<std::string> notices;
  auto states = LoadPredictionStates(session, exercise, &notices);
  for (const std::string& notice : notices) {
    fmt::print(stderr, "workbook: {}\n", notice);
  }
  const int task =
      chosen.task != 0 ? chosen.task : CurrentTask(session, exercise, states);
  std::vector<PredictionState> asked;
  const bool all = options.json && chosen.task == 0;
  std::copy_if(states.begin(), states.end(), std::back_inserter(asked),
               [all, task](const auto& state) {
                 return all || state.prediction.task == task;
               });
  if (asked.empty()) return Report(NoPredictions(exercise, task, states));
  return Predictor(session, exercise, options).Run(asked);
}

}  // namespace

void RegisterPredict(CommandLine& line) {
  const auto options = std::make_shared<PredictOptions>();
  line.Add("predict", "Say what will be measured, then see it",
           [options](Session& s) { return RunPredict(s, *options); })
      .Option("which", options->which, "[NN_MM] [task]", 2)
      .Flag("--give-up", options->give_up, "Show the answers before green")
      .Flag("--again", options->again,
            "Answer once more; the first answer counts")
      .Flag("--json", options->json, "For programs: of all tasks; asks nothing")
      .Examples({"predict", "predict 01_02 2", "predict 01_02 2 --give-up"})
      .ExitCodes({{kExitUsage,
                   "an exercise or task that does not exist, or a line of a "
                   "pipe that is no answer"}});
}

}  // namespace workbook::cli
