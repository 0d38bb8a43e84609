// SPDX-License-Identifier: Apache-2.0

// Actions of any type in a queue, without a heap block for each.
#ifndef WORKBOOK_02_02_ACTION_QUEUE_H_
#define WORKBOOK_02_02_ACTION_QUEUE_H_

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "02_02/inline_any.h"

namespace workbook {

// Holds actions of an open set, which run once and in order.
// Thread safety: one thread at a time for each object.
class ActionQueue {
 public:
  // Makes room for `expected_actions`.
  // Cost: one allocation, none for 0.
  explicit ActionQueue(std::size_t expected_actions);

  // Keeps a copy of `action`, or what it is moved to.
  // REQUIRES: action() is valid, and it can be copied.
  // Cost: no allocation while there is room and InlineAny holds the callable
  // inline: at most 48 bytes, and what else inline_any.h says.
  template <typename Action>
  void Push(Action&& action) {
    actions_.push_back(std::function<void()>(std::forward<Action>(action)));
  }

  // Runs the actions, those too that actions push, and forgets them.
  // REQUIRES: no action calls RunAll of this queue.
  // Cost: no allocation of its own; the room stays.
  // On failure: what an action throws. It and those before are forgotten; those
  // after it stay, and those that it pushed behind them.
  void RunAll();

  std::size_t Size() const { return actions_.size(); }

 private:
  std::vector<std::function<void()>> actions_;
};

}  // namespace workbook

#endif  // WORKBOOK_02_02_ACTION_QUEUE_H_
