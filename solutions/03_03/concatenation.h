// SPDX-License-Identifier: Apache-2.0

// Text that is put together of parts.
//
// Both functions are templates, so that a test can hand them a string that
// counts the bytes it moves. Read `String` as std::string.
#ifndef WORKBOOK_03_03_CONCATENATION_H_
#define WORKBOOK_03_03_CONCATENATION_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace workbook {

// Joins `parts`, with `separator` between each two of them: "a", "b" and "c"
// with ", " give "a, b, c".
// Cost: each byte of the result is moved once; at most one allocation, which
// has room for the result and at most one separator more.
// Thread safety: any thread, for all functions here.
// On failure: std::bad_alloc, or std::length_error for a result that is longer
// than max_size().
template <class String>
String Joined(std::span<const std::string_view> parts,
              std::string_view separator) {
  std::size_t size_bytes = 0;
  for (const auto& part : parts) size_bytes += part.size() + separator.size();
  String joined;
  joined.reserve(size_bytes);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined.append(separator.data(), separator.size());
    joined.append(parts[i].data(), parts[i].size());
  }
  return joined;
}

// Returns `text` with `to` in the place of each `from`. It is read from left to
// right, and what was put in is not read again: "aaa" with "aa" replaced by "a"
// gives "aa".
// REQUIRES: `from` is not empty.
// Cost: at most 3 bytes moved for each byte of `text` and of the result, and a
// logarithmic number of allocations, however often `from` occurs.
// On failure: as Joined.
template <class String>
String Replaced(const String& text, std::string_view from,
                std::string_view to) {
  String replaced;
  replaced.reserve(text.size());
  std::size_t begin = 0;
  std::size_t found = text.find(from.data(), begin, from.size());
  while (found != String::npos) {
    replaced.append(text, begin, found - begin);
    replaced.append(to.data(), to.size());
    begin = found + from.size();
    found = text.find(from.data(), begin, from.size());
  }
  replaced.append(text, begin);
  return replaced;
}

}  // namespace workbook

#endif  // WORKBOOK_03_03_CONCATENATION_H_
