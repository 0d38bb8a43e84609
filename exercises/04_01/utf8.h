// SPDX-License-Identifier: Apache-2.0

// Whether bytes are UTF-8.
#ifndef WORKBOOK_04_01_UTF8_H_
#define WORKBOOK_04_01_UTF8_H_

#include <cstddef>
#include <string_view>

namespace workbook {

// Finds the first sequence that is ill-formed, and returns its offset;
// text.size() where the whole text is UTF-8. Ill-formed are
//   - a continuation byte without a start, or a start without all of its
//     continuation bytes, also at the end of the text;
//   - an overlong form: U+002F as C0 AF, and every other;
//   - a surrogate, U+D800 to U+DFFF, which is UTF-16's business;
//   - what is above U+10FFFF, and the bytes that no UTF-8 has: F5 to FF.
// Cost: O(bytes); no allocation.
// Thread safety: any thread.
// Source: The Unicode Standard, table 3-7; RFC 3629.
std::size_t FindInvalidUtf8(std::string_view text);

// Says whether all of `text` is UTF-8.
inline bool IsUtf8(std::string_view text) {
  return FindInvalidUtf8(text) == text.size();
}

}  // namespace workbook

#endif  // WORKBOOK_04_01_UTF8_H_
