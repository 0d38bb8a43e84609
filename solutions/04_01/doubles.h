// SPDX-License-Identifier: Apache-2.0

// Doubles from text and to text.
#ifndef WORKBOOK_04_01_DOUBLES_H_
#define WORKBOOK_04_01_DOUBLES_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"
#include "04_01/numbers.h"

namespace workbook {

// Reads the nearest double; of two, the even one. The whole text is `-`?, then
// digits with at most one point and at least one digit, then an exponent or
// none: `e` or `E`, a sign or none, digit+. No inf, nan, hex; else kInvalid. A
// text of that form is kOutOfRange where its double is infinite, or is zero and
// the text is not.
// Cost: O(characters); no allocation.
// Thread safety: any thread. The locale of the process plays no part.
Parsed<double> ParseDouble(std::string_view text);

// Writes the shortest text that ParseDouble reads as the same double, without
// or with exponent, whichever is shorter; a whole number without one has all
// its digits. What is no number is "inf", "-inf", "nan" or "-nan", which
// ParseDouble refuses. At most 24 characters.
// Cost: O(characters); no allocation.
// Thread safety: any thread, on a buffer of its own. No locale plays a part.
// On failure: kTooSmall with the characters that are needed; never kInvalid.
BufferResult FormatDouble(double value, std::span<char> out);

}  // namespace workbook

#endif  // WORKBOOK_04_01_DOUBLES_H_
