// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/text_edit.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace workbook::before {

namespace {

BufferResult Give(const std::string& made, std::span<char> out) {
  BufferWriter writer(out);
  writer.Append(made);
  return writer.Finish();
}

const std::string& Spaces() {
  static const std::string spaces = " \t\n\v\f\r";
  return spaces;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  std::string rest(text);
  std::size_t front = 0;
  while (!rest.empty() && Spaces().find(rest[0]) != std::string::npos) {
    rest = rest.substr(1);
    ++front;
  }
  while (!rest.empty() && Spaces().find(rest.back()) != std::string::npos) {
    rest = rest.substr(0, rest.size() - 1);
  }
  return text.substr(front, rest.size());
}

BufferResult Split(std::string_view text, char separator,
                   std::span<std::string_view> parts) {
  std::vector<std::string> copies(1);
  for (const char c : text) {
    if (c == separator) {
      copies.push_back("");
    } else {
      copies.back() = copies.back() + c;
    }
  }
  std::size_t start = 0;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    if (i < parts.size()) parts[i] = text.substr(start, copies[i].size());
    start += copies[i].size() + 1;
  }
  return FitsOrNeeds(copies.size(), parts.size());
}

BufferResult FoldCase(std::string_view text, std::span<char> out) {
  std::string folded;
  for (const char c : text) {
    const bool capital = c >= 'A' && c <= 'Z';
    folded = folded + static_cast<char>(capital ? c - 'A' + 'a' : c);
  }
  return Give(folded, out);
}

BufferResult Replace(std::string_view text, std::string_view from,
                     std::string_view to, std::span<char> out) {
  std::string replaced(text);
  std::size_t at = from.empty() ? std::string::npos : replaced.find(from);
  while (at != std::string::npos) {
    replaced = replaced.substr(0, at) + std::string(to) +
               replaced.substr(at + from.size());
    at = replaced.find(from, at + to.size());
  }
  return Give(replaced, out);
}

}  // namespace workbook::before
