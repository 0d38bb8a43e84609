// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/overview.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/bench/publish/fairness.h"
#include "tools/bench/publish/markdown_table.h"
#include "tools/bench/publish/numbers.h"

namespace workbook {
namespace {

constexpr int kMinCasesOfABar = 3;

// Sums of logs by peer.
struct LogSum {
  double sum = 0;
  int cases = 0;
};
using LogSums = std::map<std::string, LogSum>;

void AddCases(const Measurement& measurement, LogSums& sums) {
  for (const MeasuredCase& bench_case : measurement.cases) {
    const MeasuredRow* const reference = bench_case.Find("reference");
    if (reference == nullptr) continue;
    const auto own = FiguresOf(bench_case, *reference);
    if (!own) continue;
    for (const MeasuredRow& row : bench_case.rows) {
      const auto figures = FiguresOf(bench_case, row);
      if (row.role != "peer" || !figures) continue;
      LogSum& sum = sums[row.implementation];
      sum.sum += std::log(figures->ns / own->ns);
      ++sum.cases;
    }
  }
}

std::vector<PeerMean> MeansOf(const LogSums& sums) {
  std::vector<PeerMean> means;
  for (const auto& [peer, sum] : sums) {
    means.push_back({peer, std::exp(sum.sum / sum.cases), sum.cases});
  }
  std::stable_sort(means.begin(), means.end(),
                   [](const PeerMean& a, const PeerMean& b) {
                     return a.times_as_fast > b.times_as_fast;
                   });
  return means;
}

std::string Page(const std::string& id) {
  return fmt::format("[{0}](docs/benchmarks/{0}.md)", id);
}

// What of a target's ratio is not the work that both rows do. That they do
// other work is refused (fairness.h), and told where it stands all the same.
std::string Remark(const PublishedExercise& published,
                   const MeasuredCase& bench_case) {
  const CaseForm* const form = published.forms.Find(bench_case.name);
  const MeasuredRow* const baseline = bench_case.Find("baseline");
  const MeasuredRow* const reference = bench_case.Find("reference");
  if (form == nullptr || baseline == nullptr || reference == nullptr) return {};
  const Form natural = form->Of(baseline->implementation);
  const Form own = form->Of(reference->implementation);
  if (!DifferencesInWork(natural, own).empty()) return ", unlike";
  return natural.keeps == own.keeps ? "" : ", keeps more";
}

std::string TargetRow(const PublishedExercise& published,
                      const RatioTarget& target) {
  const MeasuredCase* const bench_case =
      published.measurement.Find(target.case_name);
  const auto judged = bench_case == nullptr
                          ? std::nullopt
                          : JudgeGoal(*bench_case, target.at_least);
  const std::string head =
      fmt::format("| {} | {} | {:g} |", Page(published.exercise.id),
                  target.case_name, target.at_least);
  if (!judged || judged->ratio <= 0) return head + " | | not measured |\n";
  const int digits = DigitsFor(judged->ratio, judged->low, judged->high);
  return fmt::format("{} {} | {} to {} | {}{} |\n", head,
                     Significant(1 / judged->ratio, digits),
                     Significant(1 / judged->high, digits),
                     Significant(1 / judged->low, digits),
                     VerdictName(judged->verdict),
                     Remark(published, *bench_case));
}

std::string Targets(const std::vector<PublishedExercise>& exercises) {
  std::string text =
      "## Targets: the reference, times as fast as the baseline\n\n"
      "| exercise | case | goal | measured | 95 % | verdict |\n"
      "|---|---|---:|---:|---:|---|\n";
  const char* const fair =
      "\nBoth do the same work: bytes, calls and their depth. Keeps more: from "
      "operation to operation; a peer keeps the same.\n";
  for (const PublishedExercise& each : exercises) {
    for (const RatioTarget& target : each.exercise.targets) {
      text += TargetRow(each, target);
    }
  }
  return text + fair;
}

// The mean of each peer of an exercise.
std::string Means(const Measurement& measurement) {
  std::vector<std::string> parts;
  for (const PeerMean& mean : PeerMeans(measurement)) {
    parts.push_back(fmt::format("{} {} ({})", CellText(mean.peer),
                                Significant(mean.times_as_fast, 2),
                                mean.cases));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// The titles of an exercise's reasons, each with its number of rows.
std::string Titles(const std::vector<LostRow>& lost) {
  std::vector<std::pair<std::string, int>> titles;
  for (const LostRow& row : lost) {
    if (row.reason == nullptr) continue;
    const auto found = std::find_if(
        titles.begin(), titles.end(),
        [&](const auto& title) { return title.first == row.reason->title; });
    if (found == titles.end()) {
      titles.emplace_back(row.reason->title, 1);
    } else {
      ++found->second;
    }
  }
  std::vector<std::string> parts;
  for (const auto& [title, rows] : titles) {
    parts.push_back(fmt::format("{} ({})", title, rows));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

// One line an exercise, so that the course fits one screen.
std::string Peers(const std::vector<PublishedExercise>& exercises,
                  const Reasons& reasons) {
  std::string text =
      "\n## Peers: geometric mean of a peer's time over the reference's (in "
      "how many cases), and rows lost by more than 5 %\n\n"
      "| exercise | peers | lost rows | reasons (rows) |\n|---|---|---:|---|\n";
  for (const PublishedExercise& each : exercises) {
    const std::vector<LostRow> lost = LostRows(each, reasons);
    text += fmt::format("| {} | {} | {} | {} |\n", Page(each.exercise.id),
                        Means(each.measurement), lost.size(), Titles(lost));
  }
  return text;
}

// Each machine and compiler once, with the days. The pages name the commits.
std::string Machines(const std::vector<PublishedExercise>& exercises) {
  std::map<std::string, std::map<std::string, std::set<std::string>>> machines;
  for (const PublishedExercise& each : exercises) {
    const Measurement& measured = each.measurement;
    const std::string machine =
        fmt::format("{}, {} processors, kernel {},\n  {}, `{}`",
                    measured.processor, measured.processors, measured.kernel,
                    measured.compiler, measured.flags);
    machines[machine][measured.measured_at.substr(0, 10)].insert(
        measured.commit);
  }
  std::string text;
  for (const auto& [machine, days] : machines) {
    text += "- " + machine + ":\n  ";
    for (const auto& [day, commits] : days) {
      if (!text.ends_with("\n  ")) text += ", ";
      text += commits.size() == 1
                  ? fmt::format("{} at {}", day, *commits.begin())
                  : fmt::format("{} at {} commits", day, commits.size());
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::vector<PeerMean> PeerMeans(const Measurement& measurement) {
  LogSums sums;
  AddCases(measurement, sums);
  return MeansOf(sums);
}

std::vector<Bar> TargetBars(const std::vector<PublishedExercise>& exercises) {
  std::vector<Bar> bars;
  for (const PublishedExercise& each : exercises) {
    for (const RatioTarget& target : each.exercise.targets) {
      const MeasuredCase* const found = each.measurement.Find(target.case_name);
      if (found == nullptr) continue;
      const auto judged = JudgeGoal(*found, target.at_least);
      if (!judged || judged->ratio <= 0) continue;
      const double reached = 1 / judged->ratio / target.at_least;
      bars.push_back({each.exercise.id + " " + target.case_name,
                      Significant(reached, 2), reached});
    }
  }
  return bars;
}

std::vector<Bar> PeerBars(const std::vector<PublishedExercise>& exercises) {
  LogSums sums;
  for (const PublishedExercise& each : exercises) {
    AddCases(each.measurement, sums);
  }
  std::vector<Bar> bars;
  for (const PeerMean& mean : MeansOf(sums)) {
    if (mean.cases < kMinCasesOfABar) continue;
    bars.push_back({fmt::format("{} ({})", mean.peer, mean.cases),
                    Significant(mean.times_as_fast, 2), mean.times_as_fast});
  }
  return bars;
}

std::string Overview(const std::vector<PublishedExercise>& exercises,
                     const Reasons& reasons) {
  return fmt::format(
             "# Benchmarks\n\nWritten by `./workbook report --publish`; the "
             "pages behind the links have every row, the form of each case,\n"
             "and JSON with every round. All rows of a case are timed in "
             "slices "
             "that lie side by side. Measured on\n{}\n",
             Machines(exercises)) +
         Targets(exercises) + Peers(exercises, reasons) +
         "\n![Reached over the goal](docs/benchmarks/"
         "targets.svg) "
         "![Peers over the reference](docs/benchmarks/"
         "peers.svg)\n";
}

}  // namespace workbook
