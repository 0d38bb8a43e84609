// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/feedback_words.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace workbook::grade {
namespace {

struct Passes {
  int passed = 0;
  int all = 0;
};

template <typename Which>
Passes CountPasses(const TaskResult& task, const Which& which) {
  Passes count;
  for (const TestVerdict& test : task.tests) {
    if (!which(test)) continue;
    ++count.all;
    if (!IsFailure(test)) ++count.passed;
  }
  return count;
}

Passes Visible(const TaskResult& task) {
  return CountPasses(task,
                     [](const TestVerdict& test) { return !test.hidden; });
}

Passes Hidden(const TaskResult& task) {
  return CountPasses(task, [](const TestVerdict& test) { return test.hidden; });
}

// A stub's function that was called.
bool IsUnwritten(const TestVerdict& test) {
  return test.message.find(" is yours to write") != std::string::npos;
}

bool AllFailuresAreUnwritten(const TaskResult& task) {
  return std::all_of(
      task.tests.begin(), task.tests.end(), [](const TestVerdict& test) {
        return test.hidden || !IsFailure(test) || IsUnwritten(test);
      });
}

// The rest of "Look first at task 3, Growing: ".
std::string WhatIsWrong(const TaskResult& task, const MarkRules& rules) {
  switch (task.state) {
    case TaskState::kMissing:
      return "a file is missing";
    case TaskState::kCompileError:
      return "it does not compile";
    case TaskState::kRejected:
      return "the grader does not accept its code";
    case TaskState::kInfrastructure:
      return "it is not graded yet";
    case TaskState::kGraded:
      break;
  }
  const Passes visible = Visible(task);
  if (visible.passed < visible.all) {
    return fmt::format("{} of its {} visible tests do not pass{}",
                       visible.all - visible.passed, visible.all,
                       AllFailuresAreUnwritten(task)
                           ? ", because functions are still as handed out"
                           : "");
  }
  const Passes hidden = Hidden(task);
  if (hidden.passed < hidden.all && rules.hidden_tests != "nothing") {
    return fmt::format(
        "its visible tests pass, and {} of its {} hidden tests "
        "do not",
        hidden.all - hidden.passed, hidden.all);
  }
  return task.correctness >= 1
             ? "its tests pass, and it uses more than full marks allow"
             : "its visible tests pass, and not all of the others";
}

const TaskResult* FirstToLookAt(const Result& result) {
  const TaskResult* first = nullptr;
  for (const TaskResult& task : result.tasks) {
    if (task.max_points <= 0 || task.points >= task.max_points) continue;
    if (task.state != TaskState::kGraded) return &task;
    if (first == nullptr) first = &task;
  }
  return first;
}

struct End {
  TestState state;
  const char* means;
};

constexpr std::array kEnds{
    End{TestState::kCrashed,
        "Crashed: the program ended in the middle of the test. Signal 11 is a "
        "pointer to memory that is not yours or a recursion without an end, 4 "
        "or 6 an abort or a failed assertion, 8 a division by zero. Fix: run "
        "./workbook check {}, and "
        "begin with the first test that crashes."},
    End{TestState::kTimedOut,
        "Timed out: the test did not end. Fix: look for a loop without an "
        "end, or for a wait that nothing ends; ./workbook check {} shows the "
        "same."},
    End{TestState::kFlooded,
        "Flooded: the program wrote more than a test may. Fix: remove output "
        "from loops, then run ./workbook check {}."},
    End{TestState::kOutOfMemory,
        "Out of memory: the program held more memory than a test may. Fix: "
        "look for a loop that allocates without an end; ./workbook check {} "
        "runs the test."},
    End{TestState::kNoVerdict,
        "No verdict: there is no result of this test that counts. Fix: remove "
        "what ends the program or the test early, such as exit(), then run "
        "./workbook check {}."}};

}  // namespace

bool IsShown(const TestVerdict& test, const MarkRules& rules) {
  return !test.hidden || rules.hidden_tests == "names";
}

bool IsFailure(const TestVerdict& test) {
  return test.state != TestState::kPassed && test.state != TestState::kSkipped;
}

std::string FirstWords(const Result& result, const MarkRules& rules) {
  if (result.state == "infrastructure") {
    return "Not graded yet: the grader failed, not the submission. You need "
           "not do anything.";
  }
  const std::string points =
      fmt::format("{:.2f} of {:.2f} points", result.points, result.max_points);
  if (result.tasks.empty()) return points + ": there is nothing to grade.";
  const TaskResult* const first = FirstToLookAt(result);
  if (first == nullptr) return points + ". Every task has full marks.";
  return fmt::format("{}. Look first at task {}, {}: {}.", points,
                     first->number, first->title, WhatIsWrong(*first, rules));
}

std::string WhyNotGraded(const TaskResult& task, const std::string& exercise) {
  switch (task.state) {
    case TaskState::kGraded:
      return "";
    case TaskState::kMissing:
      return "Not graded, because a file was not handed in or could not be "
             "read. A note at the top of this page says more where a file "
             "could not be read.";
    case TaskState::kCompileError:
      return fmt::format(
          "Not graded, because it does not compile. Fix: begin with the first "
          "error, since others often follow from it, and run ./workbook check "
          "{} before you hand in again.",
          exercise);
    case TaskState::kRejected:
      return "Not graded, because the grader does not accept what is named "
             "here. Fix: remove it; if the task needs it, ask your "
             "instructor.";
    case TaskState::kInfrastructure:
      break;
  }
  return "Not graded yet: the grader failed, not the submission.";
}

std::vector<std::string> WhatEndsMean(const TaskResult& task,
                                      const MarkRules& rules,
                                      const std::string& exercise) {
  std::vector<std::string> sentences;
  for (const End& end : kEnds) {
    const bool occurs = std::any_of(
        task.tests.begin(), task.tests.end(), [&](const TestVerdict& test) {
          return IsShown(test, rules) && test.state == end.state;
        });
    if (task.state == TaskState::kGraded && occurs) {
      sentences.push_back(fmt::format(fmt::runtime(end.means), exercise));
    }
  }
  const bool has_unwritten = std::any_of(
      task.tests.begin(), task.tests.end(), [](const TestVerdict& test) {
        return !test.hidden && IsUnwritten(test);
      });
  if (has_unwritten) {
    sentences.emplace_back(
        "\"is yours to write\" names a function that is still as it was "
        "handed out. It may be of an earlier task, on which this one builds.");
  }
  return sentences;
}

std::string WhatIsMissing(const TaskResult& task) {
  if (task.correctness < 1 || task.points >= task.max_points) return "";
  std::string text =
      "All tests pass. The points that are missing are for allocations, "
      "bytes, peak and instructions, against the reference.";
  if (task.counts > 0 && task.counts < 1) {
    text += fmt::format(" You have {:.0f} % of those for memory.",
                        100 * task.counts);
  }
  if (task.speed > 0 && task.speed < 1) {
    text += fmt::format(" You have {:.0f} % of those for instructions.",
                        100 * task.speed);
  }
  return text +
         " Fix: look for copies, allocations, output and passes over the data "
         "that the task does not need.";
}

std::string HiddenSummary(const TaskResult& task, const MarkRules& rules) {
  const Passes hidden = Hidden(task);
  if (rules.hidden_tests != "points" || hidden.all == 0) return "";
  if (task.state != TaskState::kGraded) return "hidden tests: not run\n";
  return fmt::format("hidden tests: {} of {} passed\n", hidden.passed,
                     hidden.all);
}

std::string HiddenAdvice(const TaskResult& task, const MarkRules& rules) {
  const Passes visible = Visible(task);
  const Passes hidden = Hidden(task);
  if (rules.hidden_tests == "nothing" || task.state != TaskState::kGraded ||
      visible.passed < visible.all || hidden.passed == hidden.all) {
    return "";
  }
  const bool needs_another = std::any_of(
      task.tests.begin(), task.tests.end(), [](const TestVerdict& test) {
        return test.hidden && IsFailure(test) && IsUnwritten(test);
      });
  if (needs_another) {
    return "A hidden test needs a function that is still as it was handed out, "
           "of this task or of an earlier one. Fix: write that one first.";
  }
  return "Hidden tests ask for what the header promises, with other calls and "
         "values. Fix: read the header again, and try its limits (nothing, "
         "one, the largest).";
}

std::string LateNote(const Result& result) {
  if (result.late_days == 0) return "";
  return fmt::format(
      "Handed in {} {} late, so {:.0f} % of the points are taken off.\n",
      result.late_days, result.late_days == 1 ? "day" : "days",
      result.late_percent);
}

}  // namespace workbook::grade
