// SPDX-License-Identifier: Apache-2.0

#include "03_04/pooling_costs.h"

#include <cmath>
#include <limits>

namespace workbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNsToSeconds = 1e-9;

}  // namespace

double MissNs(const Workload& workload, const Machine& machine) {
  if (workload.bytes_between_uses <= machine.cache_bytes) return 0;
  return std::ceil(workload.touched_bytes / machine.line_bytes) *
         machine.line_miss_ns;
}

double WaitNs(double lock_load, double locked_ns) {
  if (lock_load >= 1) return kInfinity;
  return lock_load * locked_ns / (2 * (1 - lock_load));
}

PoolingCosts EstimatePooling(const Workload& workload, const Machine& machine) {
  const double uses_per_ns = workload.uses_per_second * kNsToSeconds;
  PoolingCosts costs;
  costs.miss_ns = MissNs(workload, machine);
  costs.lock_load = workload.locked_ns * uses_per_ns;
  costs.wait_ns = WaitNs(costs.lock_load, workload.locked_ns);
  costs.saved_ns =
      workload.make_ns - workload.pooled_ns - costs.miss_ns - costs.wait_ns;
  costs.saved_cores = costs.saved_ns * uses_per_ns;
  costs.worth_bytes = costs.saved_cores * machine.bytes_per_core;
  costs.held_bytes = workload.idle_objects * workload.object_bytes;
  costs.break_even_uses_per_second =
      costs.saved_ns > 0 ? costs.held_bytes / (costs.saved_ns * kNsToSeconds *
                                               machine.bytes_per_core)
                         : kInfinity;
  return costs;
}

}  // namespace workbook
