// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace workbook {
namespace {

BufferResult Give(const std::string& made, std::span<char> out) {
  if (made.size() <= out.size()) made.copy(out.data(), made.size());
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

BufferResult FoldCase(std::string_view text, std::span<char> out) {
  std::string folded;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    folded += static_cast<char>(capital ? c - 'A' + 'a' : c);
  }
  return Give(folded, out);
}

BufferResult Replace(std::string_view text, std::string_view from,
                     std::string_view to, std::span<char> out) {
  std::string replaced(text);
  std::size_t at = from.empty() ? std::string::npos : replaced.find(from);
  while (at != std::string::npos) {
    replaced.replace(at, from.size(), to);
    at = replaced.find(from, at + to.size());
  }
  return Give(replaced, out);
}

}  // namespace workbook
