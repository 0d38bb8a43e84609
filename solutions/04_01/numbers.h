// SPDX-License-Identifier: Apache-2.0

// Integers and doubles from text and to text.
#ifndef WORKBOOK_04_01_NUMBERS_H_
#define WORKBOOK_04_01_NUMBERS_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"

namespace workbook {

enum class ParseStatus : std::uint8_t { kOk, kInvalid, kOutOfRange };

template <typename Number>
struct Parsed {
  ParseStatus status = ParseStatus::kInvalid;
  Number value = 0;  // 0 unless kOk
};

// For all of them:
// Cost: O(characters); no allocation (libstdc++ 12 or later: the double parser
// of version 11 asks for memory).
// Thread safety: any thread. The locale of the process plays no part.

// The whole text is `-`? digit+, no plus and no space, else kInvalid. Zeros in
// front are fine. kOutOfRange where it is no int64_t.
Parsed<std::int64_t> ParseInt(std::string_view text);

// Without a sign of plus and without zeros in front; at most 20 characters.
BufferResult FormatInt(std::int64_t value, std::span<char> out);

// The whole text is `-`? digits with at most one point and at least one digit,
// then an exponent or none: `e` or `E`, a sign or none, digit+. No inf, nan,
// hex; else kInvalid. The nearest double; of two, the even one. kOutOfRange
// where that is infinite, or zero and the text is not.
Parsed<double> ParseDouble(std::string_view text);

// The shortest text that ParseDouble reads as the same double, without or with
// exponent, whichever is shorter; a whole number without one has all its
// digits. And "inf", "-inf", "nan" or "-nan", which
// ParseDouble refuses. At most 24 characters.
BufferResult FormatDouble(double value, std::span<char> out);

}  // namespace workbook

#endif  // WORKBOOK_04_01_NUMBERS_H_
