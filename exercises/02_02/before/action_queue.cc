// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/action_queue.h"

namespace workbook::before {

ActionQueue::ActionQueue(std::size_t expected_actions) {
  actions_.reserve(expected_actions);
}

void ActionQueue::RunAll() {
  std::size_t done = 0;
  // Also when an action throws: what ran must not run again.
  const auto forget = [&] {
    actions_.erase(actions_.begin(),
                   actions_.begin() + static_cast<std::ptrdiff_t>(done));
  };
  try {
    while (done < actions_.size()) {
      // Out of the vector first: an action that pushes may make it grow.
      auto action = std::move(actions_[done]);
      ++done;
      action();
    }
  } catch (...) {
    forget();
    throw;
  }
  forget();
}

}  // namespace workbook::before
