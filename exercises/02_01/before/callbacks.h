// SPDX-License-Identifier: Apache-2.0

// Code that is handed to code: called at once, or kept for later.
#ifndef WORKBOOK_EXERCISES_02_01_BEFORE_CALLBACKS_H_
#define WORKBOOK_EXERCISES_02_01_BEFORE_CALLBACKS_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::before {

// Returns for how many of the values `predicate` says yes.
// Cost: one call for each value; no allocation, however much the predicate
// has captured.
// Thread safety: any thread, for all functions here.
// On failure: what `predicate` throws.
std::size_t CountIf(std::span<const int> values,
                    std::function<bool(int)> predicate);

struct Player {
  std::string name;
  int points = 0;
};

// Sorts the players by `key`, a function of a player; of equal keys the order
// is not specified. A key that returns a reference is compared without a copy.
// Cost: O(n log n) calls of `key`; no allocation.
// On failure: what `key` throws; the players may have changed places.
void SortBy(std::vector<Player>& players,
            std::function<std::string(const Player&)> key);

// Calls `visit` with each line of the text, without its '\n'. A text that ends
// with '\n' has no further line behind it. given/line_visitor.h has a type that
// refers to any callable which takes a line.
// Cost: O(length); no allocation.
// On failure: what `visit` throws.
void ForEachLine(std::string_view text, std::function<void(std::string)> visit);

struct Limits {
  double low = 0;
  double high = 0;
  double alarm_low = 0;
  double alarm_high = 0;
};

// Watches temperatures.
// Thread safety: one thread at a time for each object and its callbacks.
class Thermostat {
 public:
  explicit Thermostat(const Limits& limits) : limits_(limits) {}

  // Returns a callback that takes a temperature and counts it when it is below
  // low or above high. All callbacks of a thermostat count together.
  // REQUIRES: the thermostat outlives its callbacks and stays where it is.
  // Cost: O(1); no allocation, here, in a copy of it, or in a call.
  std::function<void(double)> Callback();

  // Returns how many temperatures were outside of the limits.
  // Cost: O(1).
  int outside() const { return outside_; }

 private:
  Limits limits_;
  int outside_ = 0;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_01_BEFORE_CALLBACKS_H_
