// SPDX-License-Identifier: Apache-2.0

#include "02_01/returned_containers.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace workbook {

std::vector<double> Above(std::span<const double> readings, double limit) {
  std::vector<double> above;
  above.reserve(readings.size());
  AboveInto(readings, limit, above);
  return above;
}

void AboveInto(std::span<const double> readings, double limit,
               std::vector<double>& out) {
  out.clear();
  std::copy_if(readings.begin(), readings.end(), std::back_inserter(out),
               [limit](double reading) { return reading > limit; });
}

std::span<const double> LongestRise(std::span<const double> readings) {
  std::size_t best = 0;
  std::size_t best_length = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (i > 0 && !(readings[i] > readings[i - 1])) begin = i;
    if (i + 1 - begin > best_length) {
      best = begin;
      best_length = i + 1 - begin;
    }
  }
  return readings.subspan(best, best_length);
}

Series::Series(std::string name, std::vector<double> readings)
    : name_(std::move(name)), readings_(std::move(readings)) {}

std::vector<double> Series::TakeReadings() {
  return std::exchange(readings_, {});
}

std::vector<Series> Longest(std::vector<Series> all, std::size_t count) {
  std::stable_sort(all.begin(), all.end(),
                   [](const Series& left, const Series& right) {
                     return left.readings().size() > right.readings().size();
                   });
  if (count < all.size()) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(count), all.end());
  }
  return all;
}

}  // namespace workbook
