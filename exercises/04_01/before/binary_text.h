// SPDX-License-Identifier: Apache-2.0

// Bytes as text and back: hex and base64.
#ifndef WORKBOOK_EXERCISES_04_01_BEFORE_BINARY_TEXT_H_
#define WORKBOOK_EXERCISES_04_01_BEFORE_BINARY_TEXT_H_

#include <span>
#include <string_view>

#include "exercises/04_01/before/caller_buffer.h"

namespace workbook::before {

// For all of them:
// Cost: O(bytes); no allocation. What is needed follows from the length of the
// input; a decoder reads all of it before it says kTooSmall.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the bytes that are needed; a decoder also
// kInvalid with the offset of the first character that can't stand there, or
// of the end where characters are missing.
// `out` may not overlap the input.

// Writes two digits a byte, in small letters.
// Source: RFC 4648, section 8.
BufferResult HexEncode(std::string_view bytes, std::span<char> out);

// Reads two digits a byte, in large and small letters. No space, no 0x.
BufferResult HexDecode(std::string_view text, std::span<char> out);

// Encodes with the alphabet that has + and /, padded with = to a multiple of
// four.
// Source: RFC 4648, section 4.
BufferResult Base64Encode(std::string_view bytes, std::span<char> out);

// Decodes strictly: padding must be there and the unused bits before it must be
// zero, so that each text of bytes has one encoding only. Bits that are not
// zero are reported at the character that holds them.
// Source: RFC 4648, section 3.5.
BufferResult Base64Decode(std::string_view text, std::span<char> out);

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_04_01_BEFORE_BINARY_TEXT_H_
