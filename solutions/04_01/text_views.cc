// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_views.h"

#include <sstream>
#include <string>
#include <vector>

namespace workbook {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

BufferResult Split(std::string_view text, char separator,
                   std::span<std::string_view> parts) {
  std::size_t count = 0;
  std::size_t start = 0;
  // Byte by byte, not memchr: fields are short, and a call for each costs more
  // than the bytes it skips.
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at != text.size() && text[at] != separator) continue;
    if (count < parts.size()) parts[count] = text.substr(start, at - start);
    ++count;
    start = at + 1;
  }
  return FitsOrNeeds(count, parts.size());
}

}  // namespace workbook
