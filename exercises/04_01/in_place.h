// SPDX-License-Identifier: Apache-2.0

// Three algorithms whose result may lie where their input lay.
#ifndef WORKBOOK_04_01_IN_PLACE_H_
#define WORKBOOK_04_01_IN_PLACE_H_

#include <cstdint>
#include <span>

#include "04_01/caller_buffer.h"

namespace workbook {

// For all of them:
// Cost: no allocation. n is the number of input values.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the elements that are needed; never kInvalid.

using IntMap = std::int32_t (*)(std::int32_t);
using IntPredicate = bool (*)(std::int32_t);

// Writes map(v) for each value, in order. `map` may be called for all of them
// before the first result is written, or one by one.
// REQUIRES: `out` begins where `values` begins, or overlaps nothing.
// Cost: O(n).
BufferResult Transform(std::span<const std::int32_t> values, IntMap map,
                       std::span<std::int32_t> out);

// Writes the values that `keep` keeps, in order. `keep` is called once a value,
// also where there is no room left.
// REQUIRES: `out` begins where `values` begins, or overlaps nothing.
// Cost: O(n).
BufferResult Filter(std::span<const std::int32_t> values, IntPredicate keep,
                    std::span<std::int32_t> out);

// Sorts `values` and moves one of each to the front; returns how many these
// are. What stands behind them is not specified.
// Cost: O(n log n), in place.
std::size_t Dedupe(std::span<std::int32_t> values);

}  // namespace workbook

#endif  // WORKBOOK_04_01_IN_PLACE_H_
