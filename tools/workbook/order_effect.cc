// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/order_effect.h"

#include <algorithm>
#include <map>

#include "fmt/format.h"
#include "tools/bench/row_name.h"
#include "tools/bench/statistics.h"

namespace workbook::cli {
namespace {

using RowTimes = std::map<std::string, double>;

void AddTime(const std::string& row, const std::vector<double>& rounds_ns,
             RowTimes& times) {
  if (!rounds_ns.empty()) times[row] = Median(rounds_ns);
}

RowTimes TimesOf(const Schedule& schedule) {
  RowTimes times;
  for (const auto& [name, pairs] : schedule.cases) {
    AddTime(name + ", the baseline", pairs.rounds.baseline_ns, times);
    AddTime(name + ", the reference", pairs.rounds.control_ns, times);
    for (const auto& [implementation, rounds_ns] : pairs.rounds.peers_ns) {
      AddTime(JoinRowName(name, "peer", implementation), rounds_ns, times);
    }
  }
  return times;
}

}  // namespace

double OrderEffect::Factor() const {
  const double shorter = std::min(fresh_ns, repeated_ns);
  return shorter > 0 ? std::max(fresh_ns, repeated_ns) / shorter : 1;
}

std::vector<OrderEffect> CompareOrders(const Schedule& fresh,
                                       const Schedule& repeated) {
  std::vector<OrderEffect> effects;
  const RowTimes repeated_times = TimesOf(repeated);
  for (const auto& [row, ns] : TimesOf(fresh)) {
    const auto found = repeated_times.find(row);
    if (found == repeated_times.end()) continue;
    effects.push_back({row, ns, found->second});
  }
  return effects;
}

std::string ShowOrderEffects(const std::vector<OrderEffect>& effects) {
  std::string text;
  std::size_t flagged = 0;
  for (const OrderEffect& effect : effects) {
    if (!effect.IsFlagged()) continue;
    ++flagged;
    text += fmt::format(
        "{}: {:.3g} ns in fresh orders, {:.3g} ns in one: {:.2g}x\n",
        effect.row, effect.fresh_ns, effect.repeated_ns, effect.Factor());
  }
  return text + fmt::format(
                    "{} of {} rows differ by more than {}x. Tables have the "
                    "fresh orders.\n",
                    flagged, effects.size(), kMaxOrderEffect);
}

}  // namespace workbook::cli
