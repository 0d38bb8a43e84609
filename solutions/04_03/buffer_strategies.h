// SPDX-License-Identifier: Apache-2.0

// How large the buffers of a pool are, and what that does to a program.
#ifndef WORKBOOK_04_03_BUFFER_STRATEGIES_H_
#define WORKBOOK_04_03_BUFFER_STRATEGIES_H_

#include <cstddef>
#include <functional>
#include <span>

#include "exercises/04_03/given/pool_figures.h"
#include "exercises/04_03/given/request_trace.h"

namespace workbook {

// Tells the capacity of the buffer that serves a request, which is not smaller.
// The rule of exact sizes is std::identity().
using CapacityRule = std::function<std::size_t(std::size_t size_bytes)>;

// Returns the smallest power of two that is not smaller.
// REQUIRES: size_bytes is at most the largest power of two.
// Cost: O(1), no allocation.
// Thread safety: any thread, for all functions here.
std::size_t PowerOfTwoCapacity(std::size_t size_bytes);

// Returns the smallest of `classes` that is not smaller. A size above the last
// class is its own capacity.
// REQUIRES: classes rise.
// Cost: O(log classes), no allocation.
std::size_t ClassCapacity(std::span<const std::size_t> classes,
                          std::size_t size_bytes);

// Plays the trace on a pool that chooses capacities by `rule`, and returns its
// figures. A request takes an idle buffer of exactly its capacity, which is a
// hit, or else a new one. A buffer that comes back is kept, unless all idle
// buffers together would then hold more than `max_idle_bytes`: that one is
// dropped. No buffer is written; only the figures are computed.
// Cost: O(events log capacities); one allocation, and one for each capacity.
// On failure: std::bad_alloc; what `rule` throws.
PoolFigures PlayPool(const RequestTrace& trace, const CapacityRule& rule,
                     std::size_t max_idle_bytes);

}  // namespace workbook

#endif  // WORKBOOK_04_03_BUFFER_STRATEGIES_H_
