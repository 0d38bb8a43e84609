// SPDX-License-Identifier: Apache-2.0

// Six algorithms whose result goes where the caller says.
#ifndef WORKBOOK_04_01_SPAN_ALGORITHMS_H_
#define WORKBOOK_04_01_SPAN_ALGORITHMS_H_

#include <cstdint>
#include <span>

#include "04_01/caller_buffer.h"

namespace workbook {

// For all of them:
// Cost: no allocation. n is the number of input values.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the elements that are needed; never kInvalid.
// `out` may not overlap the input unless it is said to.

using IntMap = std::int32_t (*)(std::int32_t);
using IntPredicate = bool (*)(std::int32_t);

// map(v) for each value, in order. `out` may begin where `values` begins.
// Cost: O(n).
BufferResult Transform(std::span<const std::int32_t> values, IntMap map,
                       std::span<std::int32_t> out);

// The values that `keep` keeps, in order. `keep` is called once a value. `out`
// may begin where `values` begins.
// Cost: O(n).
BufferResult Filter(std::span<const std::int32_t> values, IntPredicate keep,
                    std::span<std::int32_t> out);

// Sorts `values` and moves one of each to the front; returns how many. What is
// behind them is not specified.
// Cost: O(n log n), in place.
std::size_t Dedupe(std::span<std::int32_t> values);

// Both inputs as one sorted sequence.
// REQUIRES: each is sorted.
// Cost: O(n).
BufferResult Merge(std::span<const std::int32_t> left,
                   std::span<const std::int32_t> right,
                   std::span<std::int32_t> out);

// The largest values, largest first, as many as `top` has room for; returns how
// many: n where there are fewer.
// Cost: O(n log k) for a room of k, and no memory but that room.
std::size_t TopK(std::span<const std::int32_t> values,
                 std::span<std::int32_t> top);

// How many values are below bounds[0], from there to below bounds[1], ... and
// at least the last bound: bounds.size() + 1 counts.
// REQUIRES: bounds ascend.
// Cost: O(n log bounds).
BufferResult Histogram(std::span<const std::int32_t> values,
                       std::span<const std::int32_t> bounds,
                       std::span<std::uint32_t> counts);

}  // namespace workbook

#endif  // WORKBOOK_04_01_SPAN_ALGORITHMS_H_
