// SPDX-License-Identifier: Apache-2.0

// Three algorithms that work in the room of their result.
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
// An output overlaps no input.

// Merges both inputs into one sorted sequence.
// REQUIRES: each is sorted.
// Cost: O(n).
BufferResult Merge(std::span<const std::int32_t> left,
                   std::span<const std::int32_t> right,
                   std::span<std::int32_t> out);

// Writes the largest values, largest first, as many as `top` has room for;
// returns how many: n where there are fewer. Equal values count each.
// Cost: O(n log k) for a room of k, and no memory but that room.
std::size_t TopK(std::span<const std::int32_t> values,
                 std::span<std::int32_t> top);

// Counts the values that are below bounds[0], from there to below bounds[1],
// ... and at least the last bound: bounds.size() + 1 counts, which replace what
// was in `counts`.
// REQUIRES: bounds ascend.
// Cost: O(n log bounds).
BufferResult Histogram(std::span<const std::int32_t> values,
                       std::span<const std::int32_t> bounds,
                       std::span<std::uint32_t> counts);

}  // namespace workbook

#endif  // WORKBOOK_04_01_SPAN_ALGORITHMS_H_
