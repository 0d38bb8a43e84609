// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_01/before/returned_containers.h"

#include <algorithm>

namespace workbook::before {

std::vector<double> Above(std::span<const double> readings, double limit) {
  std::vector<double> all(readings.begin(), readings.end());
  std::vector<double> above;
  for (const double reading : all) {
    if (reading > limit) above.push_back(reading);
  }
  return above.size() == all.size() ? all : above;
}

void AboveInto(std::span<const double> readings, double limit,
               std::vector<double>& out) {
  out = Above(readings, limit);
}

std::vector<double> LongestRise(std::span<const double> readings) {
  std::vector<double> longest;
  std::vector<double> rise;
  for (const double reading : readings) {
    if (!rise.empty() && !(reading > rise.back())) rise.clear();
    rise.push_back(reading);
    if (rise.size() > longest.size()) longest = rise;
  }
  return longest;
}

Series::Series(const std::string& name, const std::vector<double>& readings)
    : name_(name), readings_(readings) {}

std::vector<double> Series::TakeReadings() {
  std::vector<double> readings = readings_;
  readings_.clear();
  return readings;
}

std::vector<Series> Longest(const std::vector<Series>& all, std::size_t count) {
  std::vector<Series> sorted(all);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Series& left, const Series& right) {
                     return left.readings().size() > right.readings().size();
                   });
  std::vector<Series> longest;
  for (const Series& series : sorted) {
    if (longest.size() < count) longest.push_back(series);
  }
  return longest;
}

}  // namespace workbook::before
