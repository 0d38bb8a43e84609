#include "tools/workbook/exercise_report.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/advice.h"
#include "tools/workbook/compiler_output.h"
#include "tools/workbook/failure_sentence.h"
#include "tools/workbook/sanitizer_report.h"
#include "tools/workbook/test_report.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

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

// What every judgement about one task needs.
struct Evidence {
  const fs::path& root;
  const Exercise& exercise;
  const BuildEvents& events;

  std::string Folder() const { return exercise.folder.string() + "/"; }
};

// The number of the task that `file` ("exercises/01_02/x.h") belongs to; the
// task `own` where it is one of several.
int TaskOfFile(const Evidence& evidence, std::string_view file, int own) {
  const std::string folder = evidence.Folder();
  if (!file.starts_with(folder)) return 0;
  file.remove_prefix(folder.size());
  int owner = 0;
  for (size_t i = 0; i < evidence.exercise.tasks.size(); ++i) {
    const auto& files = evidence.exercise.tasks[i].files;
    if (std::find(files.begin(), files.end(), file) == files.end()) continue;
    const int number = static_cast<int>(i) + 1;
    if (number == own) return own;
    if (owner == 0) owner = number;
  }
  return owner;
}

void TellBuildFailure(const Evidence& evidence, const BazelTarget& target,
                      TaskReport& task) {
  task.state = TaskState::kDoesNotBuild;
  std::optional<CompilerError> error;
  for (const std::string& key : target.failed_actions) {
    const auto action = evidence.events.actions.find(key);
    if (action == evidence.events.actions.end()) continue;
    const auto text = ReadTextFile(action->second.stderr_file);
    if (text) error = FindFirstError(*text, evidence.Folder());
    if (error) break;
  }
  if (!error) {
    task.sentence = "the build failed, and the compiler gave no place";
    return;
  }
  task.sentence = error->message;
  task.file = error->file;
  task.line = error->line;
  if (error->more_errors > 0 || error->notes > 0) {
    task.details.push_back(
        fmt::format("folded: {} more of the errors, {} of the notes",
                    error->more_errors, error->notes));
  }
  const int owner = TaskOfFile(evidence, error->file, task.number);
  if (owner != 0 && owner != task.number) {
    task.state = TaskState::kWaits;
    task.waits_for = owner;
  } else if (error->file.ends_with("_test.cc")) {
    task.sentence += " (the test uses your header: keep its declarations)";
  }
}

// Finds the line of a Todo among the task's files.
void SetTodoPlace(const Evidence& evidence, const std::string& todo,
                  TaskReport& task) {
  const auto& files =
      evidence.exercise.tasks[static_cast<size_t>(task.number - 1)].files;
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

void TellFirstFailure(const Evidence& evidence, const TestCaseResult& failed,
                      TaskReport& task) {
  const FailureSentence told = TellFailure(failed.failure);
  task.state = TaskState::kRed;
  task.test = failed.FullName();
  task.sentence = told.sentence;
  task.file = told.line != 0 ? told.file : failed.file;
  task.line = told.line != 0 ? told.line : failed.line;
  if (told.todo.empty()) return;
  task.state = TaskState::kToWrite;
  const size_t colon = told.todo.find(": ");
  task.sentence = told.todo.substr(colon == std::string::npos ? 0 : colon + 2) +
                  " is yours to write";
  SetTodoPlace(evidence, told.todo, task);
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
  const auto report = FindSanitizerReport(log_text, evidence.Folder());
  if (!report) return false;
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

void TellTimeOut(const BazelTarget& target, const TestLog& log,
                 TaskReport& task) {
  task.state = TaskState::kTimedOut;
  task.test = log.running_test;
  task.passed = static_cast<int>(log.passed.size());
  const std::string limit =
      target.timeout_seconds > 0
          ? fmt::format("{} s", target.timeout_seconds)
          : fmt::format("{} s", target.test->duration_ms / 1000);
  task.sentence =
      log.running_test.empty()
          ? fmt::format("the program was stopped after {}", limit)
          : fmt::format(
                "{} was still running after {}: an endless loop, or a "
                "wait for what never comes",
                log.running_test, limit);
}

void JudgeReport(const Evidence& evidence, const BazelTest& test,
                 const TestXml& xml, int missing, TaskReport& task) {
  const TestCaseResult* first_failed = nullptr;
  for (const TestCaseResult& result : xml.cases) {
    if (!result.failed) ++task.passed;
    if (result.failed && first_failed == nullptr) first_failed = &result;
  }
  task.total = static_cast<int>(xml.cases.size()) + missing;
  if (first_failed != nullptr) {
    TellFirstFailure(evidence, *first_failed, task);
  } else if (missing > 0 || task.total == 0) {
    task.state = TaskState::kSilent;
    task.sentence = fmt::format("the program did not report {} of its {} tests",
                                missing, task.total);
  } else if (!test.Passed()) {
    const std::string log_text = ReadTextFile(test.log).value_or("");
    const TestLog log = ParseTestLog(log_text);
    if (TellSanitizer(evidence, log_text, log, task)) return;
    task.state = TaskState::kCrashed;
    task.sentence = "every test passed, then the program ended badly";
    if (!log.last_words.empty()) task.sentence += ": " + Cut(log.last_words);
  } else {
    task.state = TaskState::kGreen;
  }
}

void JudgeTest(const Evidence& evidence, const BazelTarget& target,
               const std::vector<ExpectedTest>& expected, TaskReport& task) {
  const BazelTest& test = *target.test;
  const auto text = ReadTextFile(test.xml);
  const std::optional<TestXml> xml =
      text ? ParseTestXml(*text) : std::optional<TestXml>();
  if (test.status != "TIMEOUT" && xml && !xml->exit_code_of_silent_program) {
    JudgeReport(evidence, test, *xml, CountMissing(expected, xml->cases), task);
    return;
  }
  const std::string log_text = ReadTextFile(test.log).value_or("");
  const TestLog log = ParseTestLog(log_text);
  if (test.status == "TIMEOUT") {
    TellTimeOut(target, log, task);
  } else if (xml) {
    TellSilentProgram(evidence, *xml->exit_code_of_silent_program, log_text,
                      log, task);
  } else {
    task.state = TaskState::kSilent;
    task.sentence = "the program left no report of its tests that can be read";
  }
}

// What to read next: the contract of the function that failed, and the section
// of the page.
void AddAdvice(const Evidence& evidence, const Task& spec, TaskReport& task) {
  if (task.Green() || task.state == TaskState::kWaits) return;
  const auto page = ReadTextFile(evidence.root / evidence.exercise.page);
  task.page_line = FindPageSection(page.value_or(""), task.number);
  if (task.state != TaskState::kRed && task.state != TaskState::kToWrite) {
    return;
  }
  for (const std::string& file : spec.files) {
    if (!file.ends_with(".h")) continue;
    const std::string relative = evidence.Folder() + file;
    const auto header = ReadTextFile(evidence.root / relative);
    const auto contract = FindContract(header.value_or(""), task.sentence);
    if (!contract) continue;
    task.contract_place = fmt::format("{}:{}", relative, contract->line);
    task.contract = contract->text;
    return;
  }
}

// A file of the learner's that is gone; "" when all are there.
std::string MissingFile(const Evidence& evidence, const Task& task) {
  for (const std::string& file : task.files) {
    const fs::path path = evidence.exercise.folder / file;
    std::error_code ignored;
    if (!fs::exists(evidence.root / path, ignored)) return path.string();
  }
  return {};
}

TaskReport JudgeTask(const Evidence& evidence, int number) {
  const Task& spec = evidence.exercise.tasks[static_cast<size_t>(number - 1)];
  TaskReport task{.number = number, .title = spec.title};
  const auto source =
      ReadTextFile(evidence.root / evidence.Folder() / (spec.test + ".cc"));
  const auto expected = ScanTests(source.value_or(""));
  task.total = static_cast<int>(expected.size());
  const auto found =
      evidence.events.targets.find(evidence.exercise.TestLabel(spec));
  if (found == evidence.events.targets.end()) {
    task.sentence = "Bazel did not get to this task";
    return task;
  }
  const BazelTarget& target = found->second;
  if (const std::string file = MissingFile(evidence, spec); !file.empty()) {
    task.file = file;
    task.sentence = "the file is missing: ./workbook reset " +
                    evidence.exercise.id + fmt::format(" --task {}", number) +
                    " brings it back";
  } else if (target.test && target.test->Ran()) {
    JudgeTest(evidence, target, expected, task);
  } else if (!target.failed_actions.empty()) {
    TellBuildFailure(evidence, target, task);
  } else {
    task.sentence = target.abort_reason.empty()
                        ? "Bazel did not run the test"
                        : std::string(TrimSpace(target.abort_reason));
  }
  return task;
}

}  // namespace

int ExerciseReport::GreenTasks() const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(),
                    [](const auto& task) { return task.Green(); }));
}

const TaskReport* ExerciseReport::NextTask() const {
  const TaskReport* waiting = nullptr;
  for (const TaskReport& task : tasks) {
    if (task.Green()) continue;
    if (task.state != TaskState::kWaits) return &task;
    if (waiting == nullptr) waiting = &task;
  }
  return waiting;
}

ExerciseReport MakeReport(const fs::path& root, const Exercise& exercise,
                          const BuildEvents& events) {
  const Evidence evidence{root, exercise, events};
  ExerciseReport report{.id = exercise.id, .tasks = {}};
  const int count = static_cast<int>(exercise.tasks.size());
  for (int number = 1; number <= count; ++number) {
    TaskReport task = JudgeTask(evidence, number);
    AddAdvice(evidence, exercise.tasks[static_cast<size_t>(number - 1)], task);
    report.tasks.push_back(std::move(task));
  }
  return report;
}

std::string_view StateName(TaskState state) {
  switch (state) {
    case TaskState::kGreen:
      return "green";
    case TaskState::kToWrite:
      return "to write";
    case TaskState::kRed:
      return "red";
    case TaskState::kDoesNotBuild:
      return "does not build";
    case TaskState::kWaits:
      return "waits";
    case TaskState::kCrashed:
      return "crashed";
    case TaskState::kTimedOut:
      return "timed out";
    case TaskState::kSilent:
      return "no report";
    case TaskState::kNotTried:
      break;
  }
  return "not tried";
}

}  // namespace workbook::cli
