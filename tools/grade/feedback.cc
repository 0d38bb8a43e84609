// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/feedback.h"

#include <fmt/core.h>

#include "tools/grade/feedback_words.h"
#include "tools/text/escape.h"

namespace workbook::grade {
namespace {

// What a hidden test says stays hidden. A case says nothing of hidden code: its
// description is the student's too, as ./workbook case is.
bool MayBeTold(const TestVerdict& test) {
  return !test.hidden || test.IsCase();
}

std::string Paragraph(const std::string& text) {
  return text.empty() ? "" : "<p>" + EscapeHtml(text) + "</p>\n";
}

// What is wrong, at once.
std::string FailuresHtml(const TaskResult& task, const MarkRules& rules) {
  std::string rows;
  for (const TestVerdict& test : task.tests) {
    if (!IsShown(test, rules) || !IsFailure(test)) continue;
    rows += fmt::format(
        "<tr><td>{}</td><td>{}</td><td class=\"said\">{}</td></tr>\n",
        EscapeHtml(test.name), Name(test.state),
        MayBeTold(test) ? EscapeHtml(test.message) : "");
  }
  if (rows.empty()) return "";
  return "<table><thead><tr><th scope=\"col\">test</th><th "
         "scope=\"col\">result</th><th scope=\"col\">what it "
         "said</th></tr></thead><tbody>\n" +
         rows + "</tbody></table>\n";
}

// What is right, for those who want to see it.
std::string PassesHtml(const TaskResult& task, const MarkRules& rules) {
  std::string items;
  int passed = 0;
  for (const TestVerdict& test : task.tests) {
    if (!IsShown(test, rules) || IsFailure(test)) continue;
    if (test.state == TestState::kPassed) ++passed;
    items += fmt::format("<li>{}{}</li>\n", EscapeHtml(test.name),
                         test.state == TestState::kSkipped ? " (skipped)" : "");
  }
  if (items.empty()) return "";
  return fmt::format(
      "<details><summary>{} test{} passed</summary><ul>\n{}</ul></details>\n",
      passed, passed == 1 ? "" : "s", items);
}

// A task that --level leaves out is judged all the same.
std::string PointsOf(const TaskResult& task) {
  return task.max_points > 0
             ? fmt::format("{:.2f} of {:.2f}", task.points, task.max_points)
             : "extra, no";
}

std::string TaskHtml(const TaskResult& task, const MarkRules& rules,
                     const std::string& exercise) {
  std::string html = fmt::format(
      "<h2 id=\"task{}\">Task {}: {}</h2>\n<p>{} points</p>\n", task.number,
      task.number, EscapeHtml(task.title), PointsOf(task));
  html += Paragraph(WhyNotGraded(task, exercise));
  if (!task.message.empty()) {
    html += "<pre>" + EscapeHtml(task.message) + "</pre>\n";
  }
  html += Paragraph(WhatIsMissing(task)) + FailuresHtml(task, rules);
  for (const std::string& means : WhatEndsMean(task, rules, exercise)) {
    html += Paragraph(means);
  }
  return html + PassesHtml(task, rules) +
         Paragraph(HiddenSummary(task, rules)) +
         Paragraph(HiddenAdvice(task, rules));
}

// Where the points are.
std::string SummaryHtml(const Result& result, const MarkRules& rules) {
  std::string html =
      "<table><thead><tr><th scope=\"col\">task</th><th "
      "scope=\"col\">points</th><th "
      "scope=\"col\">tests</th></tr></thead><tbody>\n";
  for (const TaskResult& task : result.tasks) {
    int shown = 0;
    int passed = 0;
    for (const TestVerdict& test : task.tests) {
      if (!IsShown(test, rules)) continue;
      ++shown;
      if (!IsFailure(test)) ++passed;
    }
    html += fmt::format(
        "<tr><th scope=\"row\"><a href=\"#task{0}\">{0} {1}</a></th>"
        "<td>{2}</td><td>{3}</td></tr>\n",
        task.number, EscapeHtml(task.title), PointsOf(task),
        task.state == TaskState::kGraded
            ? fmt::format("{} of {} passed", passed, shown)
            : Name(task.state));
  }
  return html + "</tbody></table>\n";
}

}  // namespace

std::string PageHead(const std::string& title) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\">"
      "<meta name=\"color-scheme\" content=\"light dark\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src 'unsafe-inline'\"><title>{}</title>\n<style>\n"
      ":root{{color-scheme:light dark;--line:#767676;--bar:#1f5fae}}\n"
      "@media(prefers-color-scheme:dark){{:root{{--bar:#7db4f5}}}}\n"
      "body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;"
      "padding:0 1em}}\n"
      "table{{border-collapse:collapse}}td,th{{text-align:left;"
      "padding:.2em 1em .2em 0;border-bottom:1px solid var(--line);"
      "overflow-wrap:anywhere;vertical-align:top}}\n"
      "pre,.said{{white-space:pre-wrap}}svg text{{fill:currentColor;"
      "font:12px sans-serif}}svg rect{{fill:var(--bar)}}\n"
      ".scroll{{overflow-x:auto}}\n</style></head><body>\n",
      EscapeHtml(title));
}

std::string FeedbackHtml(const Result& result, const MarkRules& rules) {
  std::string html = PageHead(result.exercise + " " + result.student);
  html += fmt::format("<h1>{}: {}</h1>\n", EscapeHtml(result.exercise),
                      EscapeHtml(result.student));
  html += Paragraph(FirstWords(result, rules)) + Paragraph(LateNote(result));
  for (const std::string& note : result.notes) html += Paragraph(note);
  if (!result.tasks.empty()) html += SummaryHtml(result, rules);
  for (const TaskResult& task : result.tasks) {
    html += TaskHtml(task, rules, result.exercise);
  }
  return html + "</body></html>\n";
}

}  // namespace workbook::grade
