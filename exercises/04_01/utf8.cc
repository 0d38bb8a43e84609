#include "04_01/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace workbook {
namespace {

std::uint32_t Byte(char c) { return static_cast<std::uint8_t>(c); }

bool IsContinuation(char c) { return Byte(c) >> 6 == 2; }

// Length of the well-formed sequence at the start of `text`; 0 if there is
// none. REQUIRES: text is not empty.
std::size_t SequenceLength(std::string_view text) {
  const std::uint32_t lead = Byte(text[0]);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  for (const char c : text.substr(1, length - 1)) {
    if (!IsContinuation(c)) return 0;
  }
  // The second byte decides about overlong forms, surrogates and the end.
  const std::uint32_t second = Byte(text[1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
      (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

}  // namespace

// Decodes into sequences to see whether it can.
std::size_t FindInvalidUtf8(std::string_view text) {
  std::vector<std::string> sequences;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string rest(text.substr(at, 32));
    const std::size_t length = SequenceLength(rest);
    if (length == 0) return at;
    sequences.push_back(rest.substr(0, length));
    at += length;
  }
  return at;
}

}  // namespace workbook
