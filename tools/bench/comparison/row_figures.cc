// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/row_figures.h"

#include <cmath>
#include <cstddef>

#include "tools/bench/comparison/interval.h"
#include "tools/bench/statistics.h"

namespace workbook {

std::vector<double> LogRatios(const std::vector<double>& row_ns,
                              const std::vector<double>& other_ns) {
  std::vector<double> logs;
  if (row_ns.size() != other_ns.size()) return logs;
  for (std::size_t i = 0; i < row_ns.size(); ++i) {
    logs.push_back(std::log(row_ns[i] / other_ns[i]));
  }
  return logs;
}

std::optional<RowFigures> FiguresOfRow(const std::vector<double>& row_ns,
                                       const std::vector<double>& baseline_ns) {
  if (row_ns.empty()) return std::nullopt;
  if (baseline_ns.empty()) return RowFigures{.ns = Median(row_ns)};
  const std::vector<double> logs = LogRatios(row_ns, baseline_ns);
  if (logs.empty()) return std::nullopt;
  const Interval interval = MedianInterval(logs, kIntervalSeed);
  RowFigures figures;
  figures.ns = Median(baseline_ns) * std::exp(interval.middle);
  figures.ratio = std::exp(-interval.middle);
  figures.low = std::exp(-interval.high);
  figures.high = std::exp(-interval.low);
  return figures;
}

std::optional<double> AheadOfSubject(const std::vector<double>& peer_ns,
                                     const std::vector<double>& subject_ns,
                                     const std::vector<double>& baseline_ns) {
  const auto peer = FiguresOfRow(peer_ns, baseline_ns);
  const auto subject = FiguresOfRow(subject_ns, baseline_ns);
  const std::vector<double> logs = LogRatios(peer_ns, subject_ns);
  if (!peer || !subject || logs.empty()) return std::nullopt;
  if (subject->ns <= kAheadFactor * peer->ns) return std::nullopt;
  if (MedianInterval(logs, kIntervalSeed).high >= 0) return std::nullopt;
  return subject->ns / peer->ns;
}

}  // namespace workbook
