// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

namespace workbook {

namespace {

constexpr std::uint64_t EachByte(std::uint64_t byte) {
  return byte * 0x0101010101010101u;
}

// Eight letters at once: sums of seven bits carry into the top bit of a byte
// and no further.
std::uint64_t FoldEight(std::uint64_t letters) {
  const std::uint64_t low = letters & EachByte(0x7F);
  const std::uint64_t at_least_a = low + EachByte(0x80 - 'A');
  const std::uint64_t above_z = low + EachByte(0x80 - 'Z' - 1);
  const std::uint64_t capital =
      at_least_a & ~above_z & ~letters & EachByte(0x80);
  return letters | capital >> 2;  // 0x20 is what tells 'a' from 'A'
}

}  // namespace

BufferResult FoldCase(std::string_view text, std::span<char> out) {
  const BufferResult result = FitsOrNeeds(text.size(), out.size());
  if (!result.ok()) return result;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t letters;
    std::memcpy(&letters, text.data() + i, 8);
    letters = FoldEight(letters);
    std::memcpy(out.data() + i, &letters, 8);
  }
  for (; i < text.size(); ++i) {
    const bool capital = text[i] >= 'A' && text[i] <= 'Z';
    out[i] = static_cast<char>(text[i] | (capital ? 0x20 : 0));
  }
  return result;
}

BufferResult Replace(std::string_view text, std::string_view from,
                     std::string_view to, std::span<char> out) {
  BufferWriter writer(out);
  while (!from.empty()) {
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos) break;
    writer.Append(text.substr(0, at));
    writer.Append(to);
    text.remove_prefix(at + from.size());
  }
  writer.Append(text);
  return writer.Finish();
}

}  // namespace workbook
