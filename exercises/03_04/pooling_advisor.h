// SPDX-License-Identifier: Apache-2.0

// Whether to pool a kind of object, and why.
#ifndef WORKBOOK_03_04_POOLING_ADVISOR_H_
#define WORKBOOK_03_04_POOLING_ADVISOR_H_

#include <string>

#include "03_04/pooling_costs.h"
#include "exercises/03_04/given/workload.h"

namespace workbook {

// Why the advice is what it is. All but the last advise against a pool.
enum class PoolingReason {
  kExhaustsResource,
  kSaturatesLock,
  kSavesNothing,
  kHoldsMoreThanItSaves,
  kSavesMoreThanItHolds,
};

struct PoolingAdvice {
  bool pool = false;
  PoolingReason reason = PoolingReason::kSavesNothing;
  PoolingCosts costs;
  // The bound to give the pool: with more idle objects it would hold memory
  // that is worth more than the time saved, or more of a resource than there
  // is. A whole number; 0 where a use saves no more than the error.
  double max_idle = 0;
};

// Advises by the costs that pooling_costs.h explains. No limit in it is a
// constant: each is a measured time, the machine, or what the program has.
class PoolingAdvisor {
 public:
  // Advises for programs on `machine`.
  // Cost: O(1), no allocation, as for Advise.
  explicit PoolingAdvisor(const Machine& machine) : machine_(machine) {}

  // Advises whether to pool the objects of `workload`. The first reason that
  // holds is the one that is told:
  // - kExhaustsResource: idle and busy objects together hold more of the
  //   resource than there is, so some objects can't be made.
  // - kSaturatesLock: the lock would be held all the time or longer.
  // - kSavesNothing: saved_ns is not more than the error of the measurement.
  // - kHoldsMoreThanItSaves: held_bytes is more than worth_bytes.
  // - kSavesMoreThanItHolds: none of these, so pool.
  // max_idle is 0 where saved_ns is not more than the error of the measurement,
  // whichever reason is told: also beside kExhaustsResource, and behind a full
  // lock, where saved_ns is minus infinity. Else it is the most idle objects,
  // at the same saved_ns, whose memory is not more than worth_bytes, and that
  // leave the busy objects what they need of the resource; 0 where these leave
  // none. The quotients of doubles are rounded down as they are: one that is a
  // whole number but for its last bits may give either neighbour.
  // REQUIRES: what EstimatePooling requires; object_bytes > 0.
  // Thread safety: any thread.
  PoolingAdvice Advise(const Workload& workload) const;

 private:
  Machine machine_;
};

// Returns the advice as a sentence with its figures. Given.
// Cost: one allocation or more.
// Thread safety: any thread.
std::string Explain(const PoolingAdvice& advice);

}  // namespace workbook

#endif  // WORKBOOK_03_04_POOLING_ADVISOR_H_
