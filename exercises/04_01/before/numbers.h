// SPDX-License-Identifier: Apache-2.0

// Integers from text and to text.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_NUMBERS_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_NUMBERS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "exercises/04_01/before/caller_buffer.h"

namespace workbook::before {

enum class ParseStatus : std::uint8_t { kOk, kInvalid, kOutOfRange };

template <typename Number>
struct Parsed {
  ParseStatus status = ParseStatus::kInvalid;
  Number value = 0;  // 0 unless kOk
};

// Reads an integer: the whole text is `-`? digit+, no plus and no space, else
// kInvalid. Zeros in front are fine. A text of that form that is no int64_t is
// kOutOfRange.
// Cost: O(characters); no allocation.
// Thread safety: any thread. The locale of the process plays no part.
Parsed<std::int64_t> ParseInt(std::string_view text);

// Writes `value` without a plus sign and without zeros in front; at most 20
// characters.
// Cost: O(characters); no allocation.
// Thread safety: any thread, on a buffer of its own. No locale plays a part.
// On failure: kTooSmall with the characters that are needed; never kInvalid.
BufferResult FormatInt(std::int64_t value, std::span<char> out);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_NUMBERS_H_
