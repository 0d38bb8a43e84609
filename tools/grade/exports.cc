#include "tools/grade/exports.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "tools/grade/escape.h"
#include "tools/grade/feedback.h"

namespace workbook::grade {

std::string GradescopeResults(const Result& result, const MarkRules& rules) {
  nlohmann::json tests = nlohmann::json::array();
  std::string notes;
  for (const std::string& note : result.notes) notes += Plain(note) + "\n";
  for (const TaskResult& task : result.tasks) {
    std::string output = task.message.empty() ? ""
                                              : std::string(Name(task.state)) +
                                                    "\n" + task.message + "\n";
    output += HiddenSummary(task, rules);
    for (const TestVerdict& test : task.tests) {
      if (test.hidden && rules.hidden_tests != "names") continue;
      output += test.name + ": " + Name(test.state);
      if (!test.hidden && !test.message.empty()) output += ": " + test.message;
      output += '\n';
    }
    tests.push_back({{"number", std::to_string(task.number)},
                     {"name", Plain(task.title)},
                     {"score", task.points},
                     {"max_score", task.max_points},
                     {"output", Plain(output)},
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

std::string JUnitXml(const std::vector<Result>& results) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Result& result : results) {
    std::string cases;
    int tests = 0;
    int failures = 0;
    int errors = 0;
    const auto add = [&](const std::string& suite, const std::string& name,
                         const std::string& child) {
      ++tests;
      cases += fmt::format(
          "    <testcase classname=\"{}\" name=\"{}\">{}</testcase>\n",
          Escape(suite), Escape(name), child);
    };
    for (const TaskResult& task : result.tasks) {
      if (task.state != TaskState::kGraded) {
        ++errors;
        add(fmt::format("Task{}", task.number), task.title,
            fmt::format("<error message=\"{}\">{}</error>", Name(task.state),
                        Escape(task.message)));
      }
      for (const TestVerdict& test : task.tests) {
        std::string child;
        if (test.state == TestState::kSkipped) {
          child = "<skipped/>";
        } else if (test.state != TestState::kPassed) {
          ++failures;
          child = fmt::format("<failure message=\"{}\">{}</failure>",
                              Name(test.state), Escape(test.message));
        }
        const std::size_t dot = test.name.find('.');
        add(test.name.substr(0, dot), test.name.substr(dot + 1), child);
      }
    }
    if (result.tasks.empty()) {
      ++errors;
      add("Submission", "is readable",
          fmt::format("<error message=\"{}\"/>", Escape(result.state)));
    }
    xml += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" "
        "errors=\"{}\">\n{}  </testsuite>\n",
        Escape(result.student), tests, failures, errors, cases);
  }
  return xml + "</testsuites>\n";
}

}  // namespace workbook::grade
