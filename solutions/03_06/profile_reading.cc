// SPDX-License-Identifier: Apache-2.0

#include "03_06/profile_reading.h"

#include <algorithm>
#include <cstdint>

namespace workbook {
namespace {

double CostOf(std::span<const ProfileLine> lines, std::string_view function) {
  double cost = 0;
  for (const ProfileLine& line : lines) {
    if (line.function == function) cost += line.cost;
  }
  return cost;
}

std::int64_t AllBytes(const MassifSnapshot& snapshot) {
  return snapshot.heap_bytes + snapshot.extra_bytes;
}

}  // namespace

std::string Costliest(std::span<const ProfileLine> lines) {
  if (lines.empty()) return {};
  return std::max_element(lines.begin(), lines.end(),
                          [](const ProfileLine& a, const ProfileLine& b) {
                            return a.cost < b.cost;
                          })
      ->function;
}

double ShareOf(std::span<const ProfileLine> lines, std::string_view part) {
  double all = 0;
  double found = 0;
  for (const ProfileLine& line : lines) {
    all += line.cost;
    if (line.function.find(part) != std::string::npos) found += line.cost;
  }
  return all > 0 ? found / all : 0;
}

std::string BusiestCaller(std::span<const ProfileLine> self,
                          std::span<const ProfileLine> inclusive,
                          std::string_view part) {
  std::string busiest;
  double largest = 0;
  for (const ProfileLine& line : inclusive) {
    if (line.function.find(part) == std::string::npos) continue;
    const double in_others = line.cost - CostOf(self, line.function);
    if (!busiest.empty() && in_others <= largest) continue;
    busiest = line.function;
    largest = in_others;
  }
  return busiest;
}

MassifSnapshot Peak(std::span<const MassifSnapshot> snapshots) {
  return *std::max_element(
      snapshots.begin(), snapshots.end(),
      [](const MassifSnapshot& a, const MassifSnapshot& b) {
        return AllBytes(a) < AllBytes(b);
      });
}

double OverheadShare(const MassifSnapshot& snapshot) {
  return static_cast<double>(snapshot.extra_bytes) /
         static_cast<double>(AllBytes(snapshot));
}

}  // namespace workbook
