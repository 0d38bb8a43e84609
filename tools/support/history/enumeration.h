// SPDX-License-Identifier: Apache-2.0

// All histories, the cheapest first.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_ENUMERATION_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_ENUMERATION_H_

#include <chrono>
#include <cstdint>
#include <optional>

#include "tools/support/history/child.h"
#include "tools/support/history/description.h"

namespace workbook::history {

// Counts the calls that a machine has, each with each of its arguments.
std::uint8_t CountLetters(const Machine& machine);

// Runs histories by rising cost, then by configuration, then in the order of
// the machine's calls. A call that is not allowed ends all that begin like
// that.
// Thread safety: none; it belongs into a child.
class Enumeration {
 public:
  using Clock = std::chrono::steady_clock;

  // Runs at most so many histories, and none after the deadline.
  Enumeration(const Machine& machine, std::uint64_t histories,
              Clock::time_point deadline);

  // Begins behind `last`, where one is given.
  void Run(const std::optional<History>& last);

  // The highest cost of which all histories were run; -1 if there is none.
  int complete_cost() const { return complete_cost_; }

 private:
  int CostOf(std::uint8_t letter) const { return machine_.costs[letter]; }
  bool IsOver() const { return left_ == 0; }

  // Appends calls that cost `cost` in all. Returns the index of a call that is
  // not allowed; kAllAllowed if no call here is at fault.
  int Extend(int cost);
  int RunOne();

  const Machine& machine_;
  const std::uint8_t letters_;
  std::uint64_t left_;
  const Clock::time_point deadline_;
  History start_;
  bool is_on_the_way_ = false;  // to the history behind which it begins
  bool ran_ = false;            // a history of the cost at hand
  History history_;
  int complete_cost_ = -1;
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_ENUMERATION_H_
