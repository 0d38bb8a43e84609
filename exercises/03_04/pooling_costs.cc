// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_costs.h"

#include <cmath>
#include <limits>

#include "tools/exercise/todo.h"

namespace workbook {

double MissNs(const Workload& workload, const Machine& machine) {
  Todo("03_04 task 3: MissNs");
}

double WaitNs(double lock_load, double locked_ns) {
  Todo("03_04 task 3: WaitNs");
}

PoolingCosts EstimatePooling(const Workload& workload, const Machine& machine) {
  Todo("03_04 task 3: EstimatePooling");
}

}  // namespace workbook
