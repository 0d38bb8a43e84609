// SPDX-License-Identifier: Apache-2.0

// What a pool saves on each use, and what it holds for that.
#ifndef WORKBOOK_03_04_POOLING_COSTS_H_
#define WORKBOOK_03_04_POOLING_COSTS_H_

#include "exercises/03_04/given/workload.h"

namespace workbook {

struct PoolingCosts {
  double miss_ns = 0;    // a use loads these lines again, because they are cold
  double lock_load = 0;  // the share of time for which the lock is held; 1: all
  double wait_ns = 0;    // a use waits for the lock, on average
  double saved_ns = 0;   // of each use; negative where the pool costs time
  double saved_cores = 0;  // of the whole program; 0.01 is 1 % of one core
  double worth_bytes = 0;  // the memory that costs as much as these cores
  double held_bytes = 0;   // the memory that the idle objects hold
  // From this rate on the saved cores are worth the memory held.
  double break_even_uses_per_second = 0;
};

// Computes how long a use loads lines that other memory has pushed out of the
// cache. Where workload.bytes_between_uses is more than machine.cache_bytes, it
// loads all lines of workload.touched_bytes, at machine.line_miss_ns each; a
// line that is touched in part counts as a whole one. Else it loads none. The
// object's own bytes are not added to bytes_between_uses.
// REQUIRES: no field is negative or not a number; machine.line_bytes > 0.
// Cost: O(1), no allocation, as for all functions here.
// Thread safety: any thread, for all functions here.
// Source: the LRU stack distance; Mattson et al., "Evaluation techniques for
// storage hierarchies", IBM Systems Journal 9(2), 1970.
double MissNs(const Workload& workload, const Machine& machine);

// Computes how long a use waits for a lock that is held for `locked_ns` a use
// and for the share `lock_load` of all time: load * locked / (2 * (1 - load)).
// Infinity where the load is 1 or more, because the queue then grows forever.
// REQUIRES: neither is negative.
// Source: the Pollaczek-Khinchine formula for an M/D/1 queue: uses come at
// random, and each holds the lock equally long.
double WaitNs(double lock_load, double locked_ns);

// Estimates what a pool does for the workload:
//   lock_load    uses in a second times locked_ns, in seconds
//   saved_ns     make_ns less pooled_ns, miss_ns and wait_ns
//   saved_cores  uses in a second times saved_ns, in seconds
//   worth_bytes  saved_cores times the memory for each core of the machine
//   held_bytes   idle_objects times object_bytes
//   break_even_uses_per_second  the rate at which worth_bytes is held_bytes, if
//                each use saves saved_ns as it does now: infinity where a
//                use saves nothing, even if the pool holds nothing; else 0 for
//                a pool that holds nothing
// REQUIRES: no field is negative or not a number; uses_per_second,
// machine.line_bytes and machine.bytes_per_core are more than 0.
// Source: the price of processor time in bytes is the rule of Gray and Putzolu,
// "The 5 Minute Rule for Trading Memory for Disc Accesses and the 10 Byte Rule
// for Trading Memory for CPU Time", SIGMOD 1987, with today's machine.
PoolingCosts EstimatePooling(const Workload& workload, const Machine& machine);

}  // namespace workbook

#endif  // WORKBOOK_03_04_POOLING_COSTS_H_
