// SPDX-License-Identifier: Apache-2.0

// Characters that are written as others: percent signs of URLs, backslashes of
// JSON.
#ifndef WORKBOOK_04_01_ESCAPES_H_
#define WORKBOOK_04_01_ESCAPES_H_

#include <span>
#include <string_view>

#include "04_01/caller_buffer.h"

namespace workbook {

// For all of them:
// Cost: O(bytes); no allocation.
// Thread safety: any thread, on memory of its own.
// On failure: kTooSmall with the bytes that are needed; a decoder also
// kInvalid with the offset of the escape that is wrong.

// Writes `text` with the byte for each % and two hex digits. A plus stays a
// plus: it means a space in forms only. A % without two digits is kInvalid.
// REQUIRES: `out` begins where `text` begins, or overlaps nothing.
// Source: RFC 3986, section 2.1.
BufferResult UrlDecode(std::string_view text, std::span<char> out);

// Writes `text` as the inside of a JSON string: \" \\ \b \f \n \r \t, \u00xx
// for the other bytes below 0x20, and every other byte as it is. JSON wants
// UTF-8: see FindInvalidUtf8.
// REQUIRES: `out` overlaps nothing.
// Source: RFC 8259, section 7.
BufferResult JsonEscape(std::string_view text, std::span<char> out);

// Writes the UTF-8 text that the inside of a JSON string stands for. kInvalid
// are a quote or a byte below 0x20 that is not escaped, a backslash at the end
// or before a character that RFC 8259 does not list, a \u without four hex
// digits, and a surrogate without its partner.
// REQUIRES: `out` begins where `text` begins, or overlaps nothing. No escape is
// shorter than what it stands for.
// Source: RFC 8259, section 7.
BufferResult JsonUnescape(std::string_view text, std::span<char> out);

}  // namespace workbook

#endif  // WORKBOOK_04_01_ESCAPES_H_
