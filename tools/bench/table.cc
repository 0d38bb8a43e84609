// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>

#include "tools/bench/statistics.h"

namespace workbook {
namespace {

using Line = std::vector<std::string>;

constexpr std::size_t kLeftAlignedColumns = 2;

const Line kTitles = {"",     "implementation", "ns/op",      "+-",
                      "B/op", "allocs/op",      "peak bytes", "speed"};

int RoleRank(const std::string& role) {
  if (role == "baseline") return 0;
  return role == "peer" ? 2 : 1;
}

std::string FormatTime(double ns) {
  if (ns < 10) return fmt::format("{:.2f}", ns);
  if (ns < 1000) return fmt::format("{:.1f}", ns);
  return fmt::format("{:.0f}", ns);
}

// Exact zeros and whole numbers are printed as such: they are the targets.
std::string FormatCount(double count) {
  if (count == static_cast<double>(static_cast<std::int64_t>(count))) {
    return fmt::format("{:.0f}", count);
  }
  return fmt::format("{:.3g}", count);
}

std::string FormatBytes(std::int64_t bytes) {
  if (bytes < 0) return "-" + FormatBytes(-bytes);
  if (bytes < 1000) return fmt::format("{}", bytes);
  return fmt::format("{},{:03}", FormatBytes(bytes / 1000), bytes % 1000);
}

std::string FormatCounters(const RowResult& result) {
  std::string text;
  for (const auto& [name, value] : result.other_counters) {
    text += fmt::format("{}{}={:.4g}", text.empty() ? "" : " ", name, value);
  }
  return text;
}

// Which peer is ahead of this row, and by how much; empty if none is.
std::string Behind(const RowResult& result,
                   const std::vector<RowResult>& results) {
  if (RoleRank(result.role) != 1 || result.repetitions.empty()) return "";
  const double ns = Median(NsPerOperation(result));
  const RowResult* fastest = nullptr;
  double least_ns = ns;
  for (const RowResult& other : results) {
    if (RoleRank(other.role) != 2 || other.repetitions.empty()) continue;
    const double other_ns = Median(NsPerOperation(other));
    if (other_ns >= least_ns) continue;
    least_ns = other_ns;
    fastest = &other;
  }
  if (fastest == nullptr || least_ns <= 0) return "";
  return fmt::format("{:.2f}x the time of {}", ns / least_ns,
                     fastest->implementation);
}

std::string Joined(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + "  " + b;
}

std::vector<RowResult> Sorted(std::vector<RowResult> results) {
  const auto key = [](const RowResult& result) {
    const bool timed = !result.repetitions.empty();
    const bool is_peer = RoleRank(result.role) == 2;
    const double ns = timed && is_peer ? Median(NsPerOperation(result)) : 0;
    const bool is_last = is_peer && result.status != RowStatus::kMeasured;
    return std::make_tuple(RoleRank(result.role), is_last, ns);
  };
  std::stable_sort(
      results.begin(), results.end(),
      [&](const RowResult& a, const RowResult& b) { return key(a) < key(b); });
  return results;
}

Line MeasuredLine(const RowResult& result,
                  const std::vector<RowResult>& results) {
  Line line = {result.role, result.implementation, "-", "-", "-", "-", "-",
               "-"};
  if (!result.repetitions.empty()) {
    const std::vector<double> times = NsPerOperation(result);
    line[2] = FormatTime(Median(times));
    line[3] = FormatTime(MedianAbsoluteDeviation(times));
  }
  if (result.counts.has_value()) {
    line[4] = FormatCount(result.counts->bytes);
    line[5] = FormatCount(result.counts->allocations);
    line[6] = FormatBytes(result.counts->peak_bytes);
  }
  const double speed = SpeedAgainstBaseline(result, results);
  if (speed > 0) line[7] = fmt::format("{:.2f}x", speed);
  return line;
}

// What stands in place of the figures.
std::string Explanation(const RowResult& result) {
  switch (result.status) {
    case RowStatus::kMeasured:
      return "";
    case RowStatus::kNotWritten:
      return "not written yet: " + result.message;
    case RowStatus::kGap:
      return result.message;
    case RowStatus::kError:
      return "ERROR: " + result.message;
  }
  return "";
}

std::string FormatLine(const Line& line,
                       const std::vector<std::size_t>& widths) {
  std::string text = " ";
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i < kLeftAlignedColumns) {
      fmt::format_to(std::back_inserter(text), " {:<{}}", line[i], widths[i]);
    } else {
      fmt::format_to(std::back_inserter(text), "  {:>{}}", line[i], widths[i]);
    }
  }
  return text;
}

std::vector<std::size_t> Widths(const std::vector<Line>& lines) {
  std::vector<std::size_t> widths(kTitles.size());
  for (std::size_t i = 0; i < widths.size(); ++i) {
    widths[i] = kTitles[i].size();
    for (const Line& line : lines) {
      if (i < line.size()) widths[i] = std::max(widths[i], line[i].size());
    }
  }
  return widths;
}

}  // namespace

std::string FormatHeader(const RunConditions& conditions) {
  std::string text =
      fmt::format("{} CPUs, {}, {}{}\n", conditions.cpus, conditions.compiler,
                  conditions.optimized ? "optimized" : "NOT OPTIMIZED",
                  conditions.sanitized ? ", sanitized" : "");
  if (conditions.repetitions > 0) {
    text += fmt::format(
        "ns/op: median of {} repetitions, +- their median distance from it; "
        "speed: baseline's time / row's time\n",
        conditions.repetitions);
    if (conditions.probe_ns >= 0) {
      text += fmt::format(
          "The allocation probe, closed while timing, adds {:.1f} ns to each "
          "malloc + free; mallocs among the peers are called without it.\n",
          conditions.probe_ns);
    }
    if (!conditions.optimized || conditions.sanitized) {
      text +=
          "WARNING: times from this build mean nothing: use `bazel run`, which "
          "optimizes, or -c opt without a sanitizer.\n";
    }
  } else {
    text += "Counts only: nothing is timed.\n";
  }
  return text + "\n";
}

std::string FormatCase(const std::vector<RowResult>& results) {
  std::vector<Line> lines;
  std::vector<std::string> tails;
  for (const RowResult& result : Sorted(results)) {
    if (result.status == RowStatus::kMeasured) {
      lines.push_back(MeasuredLine(result, results));
      tails.push_back(Joined(FormatCounters(result), Behind(result, results)));
    } else {
      lines.push_back({result.role, result.implementation});
      tails.push_back(Explanation(result));
    }
  }
  const std::vector<std::size_t> widths = Widths(lines);
  std::string text = results.empty() ? "" : results[0].case_name + "\n";
  text += FormatLine(kTitles, widths) + "\n";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += FormatLine(lines[i], widths);
    if (!tails[i].empty()) text += "  " + tails[i];
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text + "\n";
}

double SpeedAgainstBaseline(const RowResult& result,
                            const std::vector<RowResult>& results) {
  const auto is_baseline = [](const RowResult& other) {
    return other.role == "baseline" && !other.repetitions.empty();
  };
  const auto baseline =
      std::find_if(results.begin(), results.end(), is_baseline);
  if (baseline == results.end() || result.repetitions.empty()) return 0;
  const double ns = Median(NsPerOperation(result));
  return ns > 0 ? Median(NsPerOperation(*baseline)) / ns : 0;
}

}  // namespace workbook
