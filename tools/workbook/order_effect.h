// SPDX-License-Identifier: Apache-2.0

// What repeating the order of the inputs does to a row: a branch predictor that
// has learned the order makes it look faster than any program will see it.
#ifndef WORKBOOK_TOOLS_WORKBOOK_ORDER_EFFECT_H_
#define WORKBOOK_TOOLS_WORKBOOK_ORDER_EFFECT_H_

#include <string>
#include <vector>

#include "tools/bench/comparison/pair_schedule.h"

namespace workbook::cli {

// Beyond it the order is part of what is measured.
inline constexpr double kMaxOrderEffect = 1.5;

struct OrderEffect {
  std::string row;  // "map_patterns/lookup_512/peer:std::map"
  double fresh_ns = 0;
  double repeated_ns = 0;

  // The longer time over the shorter one.
  double Factor() const;
  bool IsFlagged() const { return Factor() > kMaxOrderEffect; }
};

// Compares two measurements of the same rows, one with a fresh order for each
// iteration and one that repeats it. Rows that one of them lacks are left out.
std::vector<OrderEffect> CompareOrders(const Schedule& fresh,
                                       const Schedule& repeated);

// A line for each flagged row, and how many rows there were.
std::string ShowOrderEffects(const std::vector<OrderEffect>& effects);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_ORDER_EFFECT_H_
