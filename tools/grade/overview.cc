// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/overview.h"

#include <fmt/core.h>

#include <algorithm>

#include "tools/grade/feedback.h"
#include "tools/grade/flags.h"
#include "tools/text/escape.h"

namespace workbook::grade {
namespace {

constexpr std::size_t kShownRows = 20;

bool HasMark(const Result& result) { return result.state != "infrastructure"; }

double Percent(double part, double whole) {
  return whole <= 0 ? 0 : 100 * part / whole;
}

std::string TableHead(const std::string& caption,
                      const std::vector<const char*>& columns) {
  std::string html =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
      "aria-label=\"" +
      caption + "\"><table><caption>" + caption + "</caption><thead><tr>";
  for (const char* column : columns) {
    html += fmt::format("<th scope=\"col\">{}</th>", column);
  }
  return html + "</tr></thead><tbody>\n";
}

constexpr char kTableEnd[] = "</tbody></table></div>\n";

std::string BinName(std::size_t bin, std::size_t bins) {
  return bin + 1 == bins ? "90 to 100 %"
                         : fmt::format("{} to {} %", bin * 10, bin * 10 + 9);
}

double Share(const TestPasses& passes) {
  return Percent(passes.passed, passes.asked);
}

}  // namespace

Overview::Overview(const Plan& plan) : plan_(plan), tasks_(plan.tasks.size()) {}

void Overview::Add(const Result& result) {
  ++submissions_;
  if (HasMark(result)) AddMark(result);
  AddTests(result);
  AddInstructions(result);
  AddFlags(result);
}

void Overview::AddMark(const Result& result) {
  ++marked_;
  const double percent = Percent(result.points, result.max_points);
  percent_ += percent;
  ++bins_[std::min(kBins - 1, static_cast<std::size_t>(percent / 100 * kBins))];
  for (std::size_t i = 0; i < std::min(tasks_.size(), result.tasks.size());
       ++i) {
    const TaskResult& task = result.tasks[i];
    tasks_[i].percent += Percent(task.points, task.max_points);
    if (task.points >= task.max_points) ++tasks_[i].full;
  }
}

void Overview::AddTests(const Result& result) {
  for (const TaskResult& task : result.tasks) {
    // The hidden tests of a task that is not fit were not run.
    if (task.state != TaskState::kGraded) continue;
    for (const TestVerdict& test : task.tests) {
      if (test.state == TestState::kInfrastructure) continue;
      TestPasses& passes = tests_[test.name];
      ++passes.asked;
      passes.hidden = test.hidden;
      if (test.state == TestState::kPassed) ++passes.passed;
    }
  }
}

void Overview::AddInstructions(const Result& result) {
  for (std::size_t i = 0; i < std::min(tasks_.size(), result.tasks.size());
       ++i) {
    const TaskResult& task = result.tasks[i];
    const std::int64_t reference = plan_.tasks[i].instructions;
    if (task.instructions <= 0 || reference <= 0) continue;
    const double ratio =
        static_cast<double>(task.instructions) / static_cast<double>(reference);
    // Behind its equals: of those, whoever came first stays.
    const auto place = std::upper_bound(
        slowest_.begin(), slowest_.end(), ratio,
        [](double value, const Row& row) { return value > row.ratio; });
    slowest_.insert(place,
                    {ratio, result.student, task.number, task.instructions});
    if (slowest_.size() > kShownRows) slowest_.pop_back();
  }
}

void Overview::AddFlags(const Result& result) {
  const auto add = [&](std::size_t kind, const std::string& text) {
    flags_[kind] += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n",
                                EscapeHtml(result.student), EscapeHtml(text));
  };
  for (const std::string& flag : result.flags) {
    add(static_cast<std::size_t>(KindOf(flag)), flag);
  }
  if (!HasMark(result)) {
    add(kFlagKinds - 1, "not graded: start the same command again");
  }
}

std::string Overview::FlagsHtml() const {
  std::string html =
      "<h2 id=\"flags\">To look at</h2>\n<p>A flag takes no points. Look at "
      "the "
      "submission, and talk to the student before you decide.</p>\n";
  bool any = false;
  for (std::size_t kind = 0; kind < kFlagKinds; ++kind) {
    if (flags_[kind].empty()) continue;
    any = true;
    const bool is_flag = kind + 1 < kFlagKinds;
    const auto of_kind = static_cast<FlagKind>(kind);
    html += TableHead(is_flag ? Title(of_kind) : "Not graded yet",
                      {"student", "flag"}) +
            flags_[kind] + kTableEnd;
    if (is_flag) html += fmt::format("<p>{}</p>\n", WhatToLookAt(of_kind));
  }
  return any ? html : html + "<p>No submission has a flag.</p>\n";
}

std::string Overview::DistributionHtml() const {
  const int most = std::max(1, *std::max_element(bins_.begin(), bins_.end()));
  constexpr int kWidth = 56;
  constexpr int kHeight = 160;
  std::string html =
      "<h2 id=\"distribution\">Distribution</h2>\n<svg role=\"img\" "
      "aria-labelledby=\"chart\" viewBox=\"0 0 560 200\" "
      "width=\"560\" style=\"max-width:100%\"><title id=\"chart\">Students by "
      "mark; the table below has the same numbers</title>\n";
  std::string rows;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const int height = kHeight * bins_[bin] / most;
    const auto left = static_cast<int>(bin) * kWidth;
    html += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><text x=\"{}\" "
        "y=\"{}\">{}</text><text x=\"{}\" y=\"195\">{}</text>\n",
        left + 4, 20 + kHeight - height, kWidth - 8, height, left + 22,
        15 + kHeight - height, bins_[bin], left + 18, bin * 10);
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                        BinName(bin, kBins), bins_[bin]);
  }
  return html + "</svg>\n" +
         TableHead("Students by mark", {"mark", "students"}) + rows + kTableEnd;
}

std::string Overview::TasksHtml() const {
  std::string html = "<h2 id=\"tasks\">Tasks</h2>\n" +
                     TableHead("Mean of each task",
                               {"task", "title", "mean", "with full marks"});
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{:.0f} %</td><td>{} of "
        "{}</td></tr>\n",
        plan_.tasks[i].number, EscapeHtml(plan_.tasks[i].title),
        marked_ == 0 ? 0 : tasks_[i].percent / marked_, tasks_[i].full,
        marked_);
  }
  return html + kTableEnd;
}

std::string Overview::HardestHtml() const {
  std::vector<std::pair<std::string, TestPasses>> order(tests_.begin(),
                                                        tests_.end());
  std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) {
    return Share(a.second) < Share(b.second);
  });
  order.resize(std::min(order.size(), kShownRows));
  std::string html = "<h2 id=\"tests\">Hardest tests</h2>\n" +
                     TableHead("Of submissions that compile, those that pass",
                               {"test", "kind", "pass"});
  for (const auto& [name, passes] : order) {
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{} of {}</td></tr>\n",
                        EscapeHtml(name), passes.hidden ? "hidden" : "visible",
                        passes.passed, passes.asked);
  }
  return html + kTableEnd;
}

std::string Overview::SlowestHtml() const {
  std::string html =
      "<h2 id=\"instructions\">Most instructions</h2>\n" +
      TableHead("Instructions against the reference",
                {"student", "task", "instructions", "times the reference"});
  for (const Row& row : slowest_) {
    html += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.2f}</td></tr>\n",
        EscapeHtml(row.student), row.task, row.instructions, row.ratio);
  }
  return html + kTableEnd;
}

std::string Overview::Html() const {
  return PageHead(plan_.exercise + ": the class") +
         fmt::format(
             "<h1>{}: the class</h1>\n<p>{} submissions, mean {:.0f} "
             "%</p>\n<nav aria-label=\"Sections\"><a "
             "href=\"#flags\">To look at</a> <a "
             "href=\"#distribution\">Distribution</a> <a "
             "href=\"#tasks\">Tasks</a> <a href=\"#tests\">Hardest tests</a> "
             "<a href=\"#instructions\">Most "
             "instructions</a></nav>\n<main>\n",
             EscapeHtml(plan_.exercise), submissions_,
             marked_ == 0 ? 0 : percent_ / marked_) +
         FlagsHtml() + DistributionHtml() + TasksHtml() + HardestHtml() +
         SlowestHtml() + "</main></body></html>\n";
}

}  // namespace workbook::grade
