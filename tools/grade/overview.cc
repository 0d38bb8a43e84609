#include "tools/grade/overview.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "tools/grade/escape.h"
#include "tools/grade/feedback.h"

namespace workbook::grade {
namespace {

constexpr std::size_t kBins = 10;
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

std::array<int, kBins> Distribution(const std::vector<Result>& results) {
  std::array<int, kBins> bins{};
  for (const Result& result : results) {
    if (!HasMark(result)) continue;
    const double share = Percent(result.points, result.max_points) / 100;
    ++bins[std::min(kBins - 1, static_cast<std::size_t>(share * kBins))];
  }
  return bins;
}

std::string BinName(std::size_t bin) {
  return bin + 1 == kBins ? "90 to 100 %"
                          : fmt::format("{} to {} %", bin * 10, bin * 10 + 9);
}

std::string DistributionHtml(const std::vector<Result>& results) {
  const std::array<int, kBins> bins = Distribution(results);
  const int most = std::max(1, *std::max_element(bins.begin(), bins.end()));
  constexpr int kWidth = 56;
  constexpr int kHeight = 160;
  std::string html =
      "<h2 id=\"distribution\">Distribution</h2>\n<svg role=\"img\" "
      "aria-labelledby=\"chart\" viewBox=\"0 0 560 200\" "
      "width=\"560\" style=\"max-width:100%\"><title id=\"chart\">Students by "
      "mark; the table below has the same numbers</title>\n";
  std::string rows;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    const int height = kHeight * bins[bin] / most;
    const auto left = static_cast<int>(bin) * kWidth;
    html += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/><text x=\"{}\" "
        "y=\"{}\">{}</text><text x=\"{}\" y=\"195\">{}</text>\n",
        left + 4, 20 + kHeight - height, kWidth - 8, height, left + 22,
        15 + kHeight - height, bins[bin], left + 18, bin * 10);
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n",
                        BinName(bin), bins[bin]);
  }
  return html + "</svg>\n" +
         TableHead("Students by mark", {"mark", "students"}) + rows + kTableEnd;
}

std::string TasksHtml(const Plan& plan, const std::vector<Result>& results) {
  std::string html = "<h2 id=\"tasks\">Tasks</h2>\n" +
                     TableHead("Mean of each task",
                               {"task", "title", "mean", "with full marks"});
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    double sum = 0;
    int graded = 0;
    int full = 0;
    for (const Result& result : results) {
      if (!HasMark(result)) continue;
      ++graded;
      if (i >= result.tasks.size()) continue;
      const TaskResult& task = result.tasks[i];
      sum += Percent(task.points, task.max_points);
      if (task.points >= task.max_points) ++full;
    }
    html += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{:.0f} %</td><td>{} of "
        "{}</td></tr>\n",
        plan.tasks[i].number, Escape(plan.tasks[i].title),
        graded == 0 ? 0 : sum / graded, full, graded);
  }
  return html + kTableEnd;
}

struct Passes {
  int passed = 0;
  int asked = 0;
  bool hidden = false;
  double Share() const { return Percent(passed, asked); }
};

std::string HardestHtml(const std::vector<Result>& results) {
  std::map<std::string, Passes> by_name;
  for (const Result& result : results) {
    for (const TaskResult& task : result.tasks) {
      // The hidden tests of a task that is not fit were not run.
      if (task.state != TaskState::kGraded) continue;
      for (const TestVerdict& test : task.tests) {
        if (test.state == TestState::kInfrastructure) continue;
        Passes& passes = by_name[test.name];
        ++passes.asked;
        passes.hidden = test.hidden;
        if (test.state == TestState::kPassed) ++passes.passed;
      }
    }
  }
  std::vector<std::pair<std::string, Passes>> order(by_name.begin(),
                                                    by_name.end());
  std::stable_sort(order.begin(), order.end(), [](auto& a, auto& b) {
    return a.second.Share() < b.second.Share();
  });
  order.resize(std::min(order.size(), kShownRows));
  std::string html = "<h2 id=\"tests\">Hardest tests</h2>\n" +
                     TableHead("Of submissions that compile, those that pass",
                               {"test", "kind", "pass"});
  for (const auto& [name, passes] : order) {
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{} of {}</td></tr>\n",
                        Escape(name), passes.hidden ? "hidden" : "visible",
                        passes.passed, passes.asked);
  }
  return html + kTableEnd;
}

struct Row {
  double ratio;
  std::string student;
  int task;
  std::int64_t instructions;
};

std::string SlowestHtml(const Plan& plan, const std::vector<Result>& results) {
  std::vector<Row> rows;
  for (const Result& result : results) {
    for (std::size_t i = 0; i < result.tasks.size(); ++i) {
      const TaskResult& task = result.tasks[i];
      if (i >= plan.tasks.size() || task.instructions <= 0 ||
          plan.tasks[i].instructions <= 0) {
        continue;
      }
      rows.push_back({static_cast<double>(task.instructions) /
                          static_cast<double>(plan.tasks[i].instructions),
                      result.student, task.number, task.instructions});
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](auto& a, auto& b) { return a.ratio > b.ratio; });
  rows.resize(std::min(rows.size(), kShownRows));
  std::string html =
      "<h2 id=\"instructions\">Most instructions</h2>\n" +
      TableHead("Instructions against the reference",
                {"student", "task", "instructions", "times the reference"});
  for (const Row& row : rows) {
    html += fmt::format(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.2f}</td></tr>\n",
        Escape(row.student), row.task, row.instructions, row.ratio);
  }
  return html + kTableEnd;
}

std::string FlagsHtml(const std::vector<Result>& results) {
  std::string html =
      "<h2 id=\"flags\">To look at</h2>\n" +
      TableHead("Flags: nobody has lost a point for one", {"student", "flag"});
  for (const Result& result : results) {
    for (const std::string& flag : result.flags) {
      html += fmt::format("<tr><td>{}</td><td>{}</td></tr>\n",
                          Escape(result.student), Escape(flag));
    }
    if (!HasMark(result)) {
      html += fmt::format(
          "<tr><td>{}</td><td>not graded: start the same command "
          "again</td></tr>\n",
          Escape(result.student));
    }
  }
  return html + kTableEnd;
}

}  // namespace

std::string OverviewHtml(const Plan& plan, const std::vector<Result>& results) {
  double sum = 0;
  int marked = 0;
  for (const Result& result : results) {
    if (!HasMark(result)) continue;
    ++marked;
    sum += Percent(result.points, result.max_points);
  }
  return PageHead(plan.exercise + ": the class") +
         fmt::format(
             "<h1>{}: the class</h1>\n<p>{} submissions, mean {:.0f} "
             "%</p>\n<nav aria-label=\"Sections\"><a "
             "href=\"#distribution\">Distribution</a> <a "
             "href=\"#tasks\">Tasks</a> <a href=\"#tests\">Hardest tests</a> "
             "<a href=\"#instructions\">Most instructions</a> <a "
             "href=\"#flags\">To look at</a></nav>\n<main>\n",
             Escape(plan.exercise), results.size(),
             marked == 0 ? 0 : sum / marked) +
         DistributionHtml(results) + TasksHtml(plan, results) +
         HardestHtml(results) + SlowestHtml(plan, results) +
         FlagsHtml(results) + "</main></body></html>\n";
}

}  // namespace workbook::grade
