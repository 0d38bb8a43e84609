// SPDX-License-Identifier: Apache-2.0

// Numbers and runs in fewer bytes: varint and run-length.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_COMPACT_BYTES_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_COMPACT_BYTES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "exercises/04_01/before/caller_buffer.h"

namespace workbook::before {

// For all of them:
// Cost: O(input + output); no allocation.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the elements that are needed; a decoder also
// kInvalid with the offset where the first wrong value or run begins.
// `out` may not overlap the input.

inline constexpr std::size_t kLongestVarintBytes = 10;

// Writes seven bits a byte, the lowest first; the top bit says that more
// follow.
// Source: LEB128, DWARF 5 section 7.6; Protocol Buffers call it varint.
BufferResult VarintEncode(std::span<const std::uint64_t> values,
                          std::span<char> out);

// Reads what VarintEncode writes. Refuses what does not end, what does not fit
// 64 bits, and what VarintEncode would have written shorter.
BufferResult VarintDecode(std::string_view bytes, std::span<std::uint64_t> out);

// Writes pairs of a count, 1 to 255, and the byte that is repeated so many
// times. At worst two bytes for one.
BufferResult RunLengthEncode(std::string_view bytes, std::span<char> out);

// Reads such pairs. Refuses a count of zero, and a count without its byte.
BufferResult RunLengthDecode(std::string_view pairs, std::span<char> out);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_COMPACT_BYTES_H_
