// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/exports.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "tools/grade/feedback_words.h"
#include "tools/text/escape.h"

namespace workbook::grade {

std::string GradescopeResults(const Result& result, const MarkRules& rules) {
  nlohmann::json tests = nlohmann::json::array();
  std::string notes = PlainText(FirstWords(result, rules)) + "\n";
  for (const std::string& note : result.notes) notes += PlainText(note) + "\n";
  for (const TaskResult& task : result.tasks) {
    std::string output;
    for (const std::string& text :
         {WhyNotGraded(task, result.exercise), task.message,
          WhatIsMissing(task), HiddenAdvice(task, rules)}) {
      if (!text.empty()) output += text + "\n";
    }
    for (const std::string& means :
         WhatEndsMean(task, rules, result.exercise)) {
      output += means + "\n";
    }
    output += HiddenSummary(task, rules);
    for (const TestVerdict& test : task.tests) {
      if (test.hidden && rules.hidden_tests != "names") continue;
      output += test.name + ": " + Name(test.state);
      if (!test.hidden && !test.message.empty()) output += ": " + test.message;
      output += '\n';
    }
    tests.push_back({{"number", std::to_string(task.number)},
                     {"name", PlainText(task.title)},
                     {"score", task.points},
                     {"max_score", task.max_points},
                     {"output", PlainText(output)},
                     {"output_format", "text"}});
  }
  notes += LateNote(result);
  nlohmann::json all{
      {"score", result.points},        {"output", notes},
      {"output_format", "text"},       {"visibility", "after_published"},
      {"stdout_visibility", "hidden"}, {"tests", tests}};
  // Without marks, no score: Gradescope then says that it failed.
  if (result.state == "infrastructure") all.erase("score");
  return all.dump(2) + "\n";
}

namespace {

// The cases of one suite, and how many of them there are of each kind.
class Suite {
 public:
  void Add(const std::string& suite, const std::string& name,
           const std::string& child) {
    ++tests_;
    cases_ += fmt::format(
        "    <testcase classname=\"{}\" name=\"{}\">{}</testcase>\n",
        EscapeHtml(suite), EscapeHtml(name), child);
  }

  void AddTest(const TestVerdict& test) {
    std::string child;
    if (test.state == TestState::kSkipped) {
      child = "<skipped/>";
    } else if (test.state != TestState::kPassed) {
      ++failures_;
      child = fmt::format("<failure message=\"{}\">{}</failure>",
                          Name(test.state), EscapeHtml(test.message));
    }
    const std::size_t dot = test.name.find('.');
    Add(test.name.substr(0, dot), test.name.substr(dot + 1), child);
  }

  void AddError(const std::string& suite, const std::string& name,
                const std::string& state, const std::string& message) {
    ++errors_;
    Add(suite, name,
        fmt::format("<error message=\"{}\">{}</error>", EscapeHtml(state),
                    EscapeHtml(message)));
  }

  std::string Xml(const std::string& student) const {
    return fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" "
        "errors=\"{}\">\n{}  </testsuite>\n",
        EscapeHtml(student), tests_, failures_, errors_, cases_);
  }

 private:
  std::string cases_;
  int tests_ = 0;
  int failures_ = 0;
  int errors_ = 0;
};

}  // namespace

std::string JUnitSuite(const Result& result) {
  Suite suite;
  for (const TaskResult& task : result.tasks) {
    if (task.state != TaskState::kGraded) {
      suite.AddError(fmt::format("Task{}", task.number), task.title,
                     Name(task.state), task.message);
    }
    for (const TestVerdict& test : task.tests) suite.AddTest(test);
  }
  if (result.tasks.empty()) {
    std::string notes;
    for (const std::string& note : result.notes) notes += note + "\n";
    suite.AddError("Submission", "is readable", result.state, notes);
  }
  return suite.Xml(result.student);
}

}  // namespace workbook::grade
