// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/enumeration.h"

#include <algorithm>
#include <utility>

namespace workbook::history {

std::uint8_t CountLetters(const Machine& machine) {
  const auto end =
      std::find(machine.costs.begin(), machine.costs.end(), std::uint8_t{0});
  return static_cast<std::uint8_t>(end - machine.costs.begin());
}

Enumeration::Enumeration(const Machine& machine, std::uint64_t histories,
                         Clock::time_point deadline)
    : machine_(machine),
      letters_(CountLetters(machine)),
      left_(histories),
      deadline_(deadline) {}

void Enumeration::Run(const std::optional<History>& last) {
  if (last) start_ = *last;
  is_on_the_way_ = last.has_value();
  int cost = 0;
  for (const std::uint8_t letter : start_.calls) cost += CostOf(letter);
  const int dearest =
      *std::max_element(machine_.costs.begin(), machine_.costs.end());
  for (int dry = 0; dry <= dearest; ++cost) {
    ran_ = false;
    history_.config = is_on_the_way_ ? start_.config : std::uint8_t{0};
    for (; history_.config != machine_.configs; ++history_.config) {
      Extend(cost);
      if (IsOver()) return;
    }
    complete_cost_ = cost;
    dry = ran_ ? 0 : dry + 1;  // where none is allowed, no longer one is
  }
}

int Enumeration::Extend(int cost) {
  const std::size_t depth = history_.calls.size();
  if (cost == 0) return RunOne();
  if (depth == kMaxCalls) return kAllAllowed;
  const bool is_resumed = is_on_the_way_ && depth < start_.calls.size();
  std::uint8_t letter = is_resumed ? start_.calls[depth] : std::uint8_t{0};
  for (; letter != letters_ && !IsOver(); ++letter) {
    if (CostOf(letter) > cost) continue;
    history_.calls.push_back(letter);
    const int refused = Extend(cost - CostOf(letter));
    history_.calls.pop_back();
    if (refused < static_cast<int>(depth)) return refused;
  }
  return kAllAllowed;
}

int Enumeration::RunOne() {
  if (std::exchange(is_on_the_way_, false)) return kAllAllowed;
  if (left_ == 0) return kAllAllowed;
  if (--left_ % 256 == 0 && Clock::now() > deadline_) left_ = 0;
  const int refused = machine_.run(history_, false);
  ran_ |= refused == kAllAllowed;
  return refused;
}

}  // namespace workbook::history
