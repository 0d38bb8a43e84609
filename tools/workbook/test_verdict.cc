// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_verdict.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"
#include "tools/workbook/failed_tests.h"
#include "tools/workbook/log_file.h"
#include "tools/workbook/sanitizer_report.h"
#include "tools/workbook/test_log.h"

namespace workbook::cli {
namespace {

constexpr int kSignalBase = 128;  // a shell's exit code for signal 0

std::string SignalWords(int signal) {
  switch (signal) {
    case 4:
      return "SIGILL, an illegal instruction";
    case 6:
      return "SIGABRT, it stopped itself";
    case 7:
      return "SIGBUS, a bad address";
    case 8:
      return "SIGFPE, a division by zero or an overflow";
    case 9:
      return "SIGKILL, the system stopped it: out of memory?";
    case 11:
      return "SIGSEGV, an access to memory that is not its own";
    case 15:
      return "SIGTERM";
    default:
      return fmt::format("signal {}", signal);
  }
}

// Finds the line of a Todo among the files of the task `owner`.
void SetTodoPlace(const Evidence& evidence, const std::string& todo, int owner,
                  TaskReport& task) {
  const auto& files =
      evidence.exercise.tasks[static_cast<size_t>(owner - 1)].files;
  for (const std::string& file : files) {
    const std::string relative = evidence.Folder() + file;
    const auto text = ReadTextFile(evidence.root / relative);
    if (!text) continue;
    const size_t at = text->find('"' + todo + '"');
    if (at == std::string::npos) continue;
    task.file = relative;
    task.line =
        1 + static_cast<int>(std::count(
                text->begin(), text->begin() + static_cast<long>(at), '\n'));
    return;
  }
}

void TellFailures(const Evidence& evidence,
                  const std::vector<FailedTest>& failed, TaskReport& task) {
  for (const FailedTest& test : failed) {
    task.red_tests.push_back(test.listed);
  }
  // Of its own failures the first; where there is none, another task is first.
  auto first =
      std::find_if(failed.begin(), failed.end(),
                   [](const FailedTest& test) { return test.needs_task == 0; });
  const bool needs_task = first == failed.end();
  if (needs_task) first = failed.begin();
  const FailureSentence& told = first->told;
  const RedTest& red = first->listed;
  task.state = TaskState::kRed;
  task.test = red.name;
  task.sentence = told.sentence;
  task.file = red.file;
  task.line = red.line;
  if (told.todo.empty()) {
    TellTraces(evidence, *first, task);
    return;
  }
  task.state = TaskState::kToWrite;
  const size_t colon = told.todo.find(": ");
  task.sentence = told.todo.substr(colon == std::string::npos ? 0 : colon + 2) +
                  " is yours to write";
  if (needs_task) {
    task.state = TaskState::kNeedsTask;
    task.waits_for = first->needs_task;
    task.sentence =
        fmt::format("needs task {} first: {}", task.waits_for, task.sentence);
  }
  SetTodoPlace(evidence, told.todo, needs_task ? task.waits_for : task.number,
               task);
}

// A program may print without end, and without a line end.
std::string Cut(const std::string& words) {
  constexpr size_t kLongest = 200;
  return words.size() <= kLongest
             ? words
             : words.substr(0, kLongest) +
                   fmt::format("... ({} bytes more)", words.size() - kLongest);
}

std::string While(const TestLog& log) {
  if (log.running_test.empty()) {
    return log.passed.empty() ? "before its first test" : "between two tests";
  }
  return "while " + log.running_test + " was running";
}

// Whether a sanitizer stopped the program: then its report says more than any
// exit code.
bool TellSanitizer(const Evidence& evidence, std::string_view log_text,
                   const TestLog& log, TaskReport& task) {
  auto report = FindSanitizerReport(log_text, evidence.Folder());
  if (!report) return false;
  if (const SanitizerFrame* const atomic = AtomicAccess(*report)) {
    report->order = MemoryOrderAt(
        ReadTextFile(evidence.root / atomic->file).value_or(""), atomic->line);
  }
  task.state = TaskState::kCrashed;
  task.test = log.running_test;
  task.file = report->file;
  task.line = report->line;
  std::string told = TellSanitizerReport(*report);
  const auto lines = SplitLines(told);
  task.sentence = lines.front();
  if (!log.running_test.empty()) task.sentence += ", " + While(log);
  for (size_t i = 1; i < lines.size(); ++i) task.details.emplace_back(lines[i]);
  return true;
}

// The program ended and wrote no report of its own.
void TellSilentProgram(const Evidence& evidence, int exit_code,
                       std::string_view log_text, const TestLog& log,
                       TaskReport& task) {
  task.test = log.running_test;
  task.passed = static_cast<int>(log.passed.size());
  if (TellSanitizer(evidence, log_text, log, task)) return;
  if (exit_code > kSignalBase) {
    task.state = TaskState::kCrashed;
    task.sentence = fmt::format("the program crashed {} ({})", While(log),
                                SignalWords(exit_code - kSignalBase));
  } else {
    task.state = TaskState::kSilent;
    task.sentence = fmt::format(
        "the program ended with exit code {} {}, and did not report its tests: "
        "something calls exit",
        exit_code, While(log));
  }
  if (!log.last_words.empty()) task.sentence += ": " + Cut(log.last_words);
}

// A log that is longer is told: tests of the course print a few lines.
constexpr std::uintmax_t kMuchOutputBytes = std::uintmax_t{1} << 20;

void TellTimeOut(const BazelTarget& target, const TestLog& log,
                 std::uintmax_t output_bytes, TaskReport& task) {
  task.state = TaskState::kTimedOut;
  task.test = log.running_test;
  task.passed = static_cast<int>(log.passed.size());
  const std::string limit =
      target.timeout_seconds > 0
          ? fmt::format("{} s", target.timeout_seconds)
          : fmt::format("{} s", target.test->duration_ms / 1000);
  task.sentence = log.running_test.empty()
                      ? fmt::format("the program was stopped after {}", limit)
                      : fmt::format("{} was still running after {}",
                                    log.running_test, limit);
  if (output_bytes > kMuchOutputBytes) {
    task.sentence += fmt::format(
        ", and had printed {} MiB: a loop that prints and does not end",
        output_bytes >> 20);
    if (!log.last_words.empty()) task.sentence += ": " + Cut(log.last_words);
  } else if (!log.running_test.empty()) {
    task.sentence += ": an endless loop, or a wait for what never comes";
  }
}

void JudgeReport(const Evidence& evidence, const BazelTest& test,
                 const TestXml& xml, const std::vector<ExpectedTest>& expected,
                 TaskReport& task) {
  const int missing = CountMissing(expected, xml.cases);
  const std::vector<FailedTest> failed =
      FailedTests(evidence, xml.cases, expected, task);
  task.passed = static_cast<int>(xml.cases.size() - failed.size());
  for (const TestCaseResult& result : xml.cases) {
    if (result.failed) continue;
    for (const auto& [name, value] : result.properties) {
      task.recorded[result.FullName() + "#" + name] = value;
    }
  }
  task.total = static_cast<int>(xml.cases.size()) + missing;
  if (!failed.empty()) {
    TellFailures(evidence, failed, task);
  } else if (missing > 0 || task.total == 0) {
    task.state = TaskState::kSilent;
    task.sentence = fmt::format("the program did not report {} of its {} tests",
                                missing, task.total);
  } else if (!test.Passed()) {
    const LogFile file = ReadLog(test.log);
    const TestLog log = ParseTestLog(file.text);
    if (TellSanitizer(evidence, file.text, log, task)) return;
    task.state = TaskState::kCrashed;
    task.sentence = "every test passed, then the program ended badly";
    if (!log.last_words.empty()) task.sentence += ": " + Cut(log.last_words);
  } else {
    task.state = TaskState::kGreen;
  }
}

}  // namespace

void JudgeTest(const Evidence& evidence, const BazelTarget& target,
               const std::vector<ExpectedTest>& expected, TaskReport& task) {
  const BazelTest& test = *target.test;
  const auto text = ReadTextFile(test.xml);
  const std::optional<TestXml> xml =
      text ? ParseTestXml(*text) : std::optional<TestXml>();
  if (test.status != "TIMEOUT" && xml && !xml->exit_code_of_silent_program) {
    JudgeReport(evidence, test, *xml, expected, task);
    return;
  }
  const LogFile file = ReadLog(test.log);
  const TestLog log = ParseTestLog(file.text);
  if (test.status == "TIMEOUT") {
    TellTimeOut(target, log, file.size_bytes, task);
  } else if (xml) {
    TellSilentProgram(evidence, *xml->exit_code_of_silent_program, file.text,
                      log, task);
  } else {
    task.state = TaskState::kSilent;
    task.sentence = "the program left no report of its tests that can be read";
  }
  TellRedBefore(evidence, log, expected, task);
}

}  // namespace workbook::cli
