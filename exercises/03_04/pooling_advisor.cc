// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_advisor.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tools/exercise/todo.h"

namespace workbook {

PoolingAdvice PoolingAdvisor::Advise(const Workload& workload) const {
  Todo("03_04 task 4: PoolingAdvisor::Advise");
}

std::string Explain(const PoolingAdvice& advice) {
  const PoolingCosts& costs = advice.costs;
  char text[256] = "";
  switch (advice.reason) {
    case PoolingReason::kExhaustsResource:
      std::snprintf(text, sizeof(text),
                    "Do not pool so many: idle objects would take what busy "
                    "ones need. Fix: keep at most %.0f idle.",
                    advice.max_idle);
      break;
    case PoolingReason::kSaturatesLock:
      std::snprintf(text, sizeof(text),
                    "Do not pool behind one lock: it would be held %.0f %% of "
                    "the time. Fix: a pool for each thread (01_02).",
                    costs.lock_load * 100);
      break;
    case PoolingReason::kSavesNothing:
      std::snprintf(text, sizeof(text),
                    "Do not pool: a use saves %.3g ns, no more than the error "
                    "of the measurement.",
                    costs.saved_ns);
      break;
    case PoolingReason::kHoldsMoreThanItSaves:
      std::snprintf(text, sizeof(text),
                    "Do not pool: the pool holds %.3g bytes and saves time "
                    "worth %.3g. It pays from %.3g uses a second on.",
                    costs.held_bytes, costs.worth_bytes,
                    costs.break_even_uses_per_second);
      break;
    case PoolingReason::kSavesMoreThanItHolds:
      std::snprintf(text, sizeof(text),
                    "Pool, with at most %.0f idle objects: it holds %.3g bytes "
                    "and saves time worth %.3g.",
                    advice.max_idle, costs.held_bytes, costs.worth_bytes);
      break;
  }
  return text;
}

}  // namespace workbook
