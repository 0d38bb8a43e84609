// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/failed_tests.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

// The task of "01_02 task 3: A::B" where it is one of the exercise, and not
// `own`; else 0.
int OtherTaskOfTodo(const Evidence& evidence, std::string_view todo, int own) {
  const std::string start = evidence.exercise.id + " task ";
  if (!todo.starts_with(start)) return 0;
  todo.remove_prefix(start.size());
  int number = 0;
  std::from_chars(todo.data(), todo.data() + todo.size(), number);
  const int tasks = static_cast<int>(evidence.exercise.tasks.size());
  return number >= 1 && number <= tasks && number != own ? number : 0;
}

// "an exception came out of the test" with its type, which the program recorded
// (tools/exercise/testing/last_words.cc).
void AddExceptionType(const TestCaseResult& result, std::string& sentence) {
  constexpr std::string_view kException = "an exception came out of the test";
  const auto type = result.properties.find("exception_type");
  if (type == result.properties.end() || !sentence.starts_with(kException)) {
    return;
  }
  sentence.replace(0, kException.size(),
                   fmt::format("{} came out of the test", type->second));
}

FailedTest MakeFailed(const Evidence& evidence, const TestCaseResult& result,
                      int task) {
  FailedTest test;
  test.name = result.FullName();
  test.told = TellFailure(result.failure);
  AddExceptionType(result, test.told.sentence);
  test.needs_task = OtherTaskOfTodo(evidence, test.told.todo, task);
  const bool placed = test.told.line != 0;
  test.listed = {.name = test.name,
                 .file = placed ? test.told.file : result.file,
                 .line = placed ? test.told.line : result.line,
                 .to_write = !test.told.todo.empty()};
  return test;
}

// The call at a line of a test, in one line: "ExpectCodes(HexEncode, "", "");".
std::string CallAt(const Evidence& evidence, const RedTest& red) {
  constexpr int kMaxLines = 5;
  constexpr size_t kMaxBytes = 100;
  const auto text = ReadTextFile(evidence.root / red.file);
  const auto lines = SplitLines(text.has_value() ? *text : std::string_view());
  std::string call;
  for (int i = 0; i < kMaxLines; ++i) {
    const auto line = static_cast<size_t>(red.line + i);
    if (line == 0 || line > lines.size()) break;
    const std::string_view part = TrimSpace(lines[line - 1]);
    if (!call.empty() && !call.ends_with('(')) call += ' ';
    call += part;
    if (part.ends_with(';') || part.ends_with('{')) break;
  }
  if (call.size() > kMaxBytes) call = call.substr(0, kMaxBytes) + "...";
  return call;
}

}  // namespace

std::vector<FailedTest> FailedTests(const Evidence& evidence,
                                    std::vector<TestCaseResult> cases,
                                    const std::vector<ExpectedTest>& expected,
                                    const TaskReport& task) {
  std::stable_sort(cases.begin(), cases.end(),
                   [&](const auto& a, const auto& b) {
                     return PlaceAmong(expected, a.suite, a.name) <
                            PlaceAmong(expected, b.suite, b.name);
                   });
  std::vector<FailedTest> failed;
  for (const TestCaseResult& result : cases) {
    if (result.failed) {
      failed.push_back(MakeFailed(evidence, result, task.number));
    }
  }
  return failed;
}

void TellTraces(const Evidence& evidence, const FailedTest& test,
                TaskReport& task) {
  for (const std::string& trace : test.told.traces) {
    task.details.push_back("while: " + trace);
  }
  if (!test.told.is_call) return;
  const std::string call = CallAt(evidence, test.listed);
  if (!call.empty()) task.details.push_back("while: " + call);
}

void TellRedBefore(const Evidence& evidence, const TestLog& log,
                   const std::vector<ExpectedTest>& expected,
                   TaskReport& task) {
  std::vector<TestCaseResult> cases;
  for (const LoggedFailure& each : log.failed) {
    const size_t dot = each.test.find('.');
    if (dot == std::string::npos) continue;
    cases.push_back({.suite = each.test.substr(0, dot),
                     .name = each.test.substr(dot + 1),
                     .file = {},
                     .line = 0,
                     .failed = true,
                     .failure = each.failure});
  }
  const auto failed = FailedTests(evidence, std::move(cases), expected, task);
  if (failed.empty()) return;
  for (const FailedTest& test : failed) task.red_tests.push_back(test.listed);
  const FailedTest& first = failed.front();
  task.details.push_back(fmt::format(
      "{} red before it{} {}: {}",
      failed.size() == 1 ? "one test was"
                         : fmt::format("{} tests were", failed.size()),
      failed.size() == 1 ? "," : ", first", first.name, first.told.sentence));
  if (!first.listed.file.empty()) {
    task.details.push_back(
        fmt::format("{}:{}", first.listed.file, first.listed.line));
  }
}

}  // namespace workbook::cli
