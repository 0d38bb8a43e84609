// SPDX-License-Identifier: Apache-2.0

#include "02_01/callbacks.h"

#include <algorithm>
#include <sstream>

namespace workbook {

std::size_t CountIf(std::span<const int> values,
                    std::function<bool(int)> predicate) {
  std::size_t count = 0;
  for (const int value : values) {
    if (predicate(value)) ++count;
  }
  return count;
}

void SortBy(std::vector<Player>& players,
            std::function<std::string(const Player&)> key) {
  std::sort(players.begin(), players.end(),
            [key](const Player& left, const Player& right) {
              return key(left) < key(right);
            });
}

void ForEachLine(std::string_view text,
                 std::function<void(std::string)> visit) {
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);) visit(line);
}

std::function<void(double)> Thermostat::Callback() {
  return [this, limits = limits_](double temperature) {
    if (temperature < limits.low || temperature > limits.high) ++outside_;
  };
}

}  // namespace workbook
