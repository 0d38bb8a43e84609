// SPDX-License-Identifier: Apache-2.0

#include "03_06/benchmark_reading.h"

#include <vector>

#include "03_06/robust_statistics.h"

namespace workbook {
namespace {

// [given]
// Nanoseconds in one of "ns", "us", "ms" and "s".
double NsIn(std::string_view time_unit) {
  if (time_unit == "us") return 1e3;
  if (time_unit == "ms") return 1e6;
  return time_unit == "s" ? 1e9 : 1;
}

}  // namespace

std::int64_t TotalIterations(std::span<const BenchmarkEntry> entries,
                             std::string_view name) {
  std::int64_t total = 0;
  for (const BenchmarkEntry& entry : entries) {
    if (entry.name == name && !entry.is_aggregate) total += entry.iterations;
  }
  return total;
}

std::optional<double> NsPerOp(std::span<const BenchmarkEntry> entries,
                              std::string_view name) {
  std::vector<double> times_ns;
  for (const BenchmarkEntry& entry : entries) {
    if (entry.name != name || entry.is_aggregate) continue;
    times_ns.push_back(entry.cpu_time * NsIn(entry.time_unit));
  }
  if (times_ns.empty()) return std::nullopt;
  return Median(times_ns);
}

std::string NameOfLargest(std::span<const BenchmarkEntry> entries,
                          const std::string& counter) {
  std::string name;
  double largest = 0;
  for (const BenchmarkEntry& entry : entries) {
    const auto found = entry.counters.find(counter);
    if (entry.is_aggregate || found == entry.counters.end()) continue;
    if (!name.empty() && found->second <= largest) continue;
    largest = found->second;
    name = entry.name;
  }
  return name;
}

}  // namespace workbook
