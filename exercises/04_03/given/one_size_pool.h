// SPDX-License-Identifier: Apache-2.0

// The pool that one finds in most programs: all buffers are alike.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_ONE_SIZE_POOL_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_ONE_SIZE_POOL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "exercises/04_03/given/pool_figures.h"
#include "exercises/04_03/given/request_trace.h"

namespace workbook {

// Plays the trace on a pool whose buffers have `capacity_bytes` each, and that
// keeps whatever comes back.
// REQUIRES: no request is larger.
// Cost: O(events); one allocation.
// Thread safety: any thread.
// On failure: std::bad_alloc.
inline PoolFigures PlayOneSize(const RequestTrace& trace,
                               std::size_t capacity_bytes) {
  PoolMeter meter;
  std::vector<std::uint32_t> asked_bytes(trace.buffers);
  std::uint64_t idle = 0;
  // [region one_size]
  for (const auto& [buffer, size_bytes] : trace.events) {
    if (size_bytes == 0) {
      ++idle;
      meter.Keep(asked_bytes[buffer], capacity_bytes);
    } else if (idle > 0) {
      --idle;
      meter.Hit(size_bytes, capacity_bytes);
    } else {
      meter.Miss(size_bytes, capacity_bytes);
    }
    asked_bytes[buffer] = size_bytes;
  }
  // [end]
  return meter.Figures();
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_ONE_SIZE_POOL_H_
