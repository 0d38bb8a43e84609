// SPDX-License-Identifier: Apache-2.0

// From which hit rate on a pool saves time.
#ifndef WORKBOOK_04_03_BREAK_EVEN_H_
#define WORKBOOK_04_03_BREAK_EVEN_H_

#include <optional>

namespace workbook {

// What one use costs, from its request to the return of the buffer.
struct UseTimes {
  double hit_ns = 0;    // the pool serves it by an idle buffer
  double miss_ns = 0;   // the pool serves it by a new one
  double plain_ns = 0;  // new and delete, without a pool
};

// Returns the smallest share of hits, 0 to 1, at which the pool costs no more
// than new and delete, on average. Returns nothing where it costs more even if
// each use is a hit.
// REQUIRES: no time is negative or not a number; hit_ns <= miss_ns.
// Cost: O(1), no allocation.
// Thread safety: any thread.
std::optional<double> BreakEvenHitRate(const UseTimes& times);

}  // namespace workbook

#endif  // WORKBOOK_04_03_BREAK_EVEN_H_
