// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/text_views.h"

#include <sstream>
#include <string>
#include <vector>

namespace workbook::before {
namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

}  // namespace

std::string_view Trim(std::string_view text) {
  std::string trimmed(text);
  while (!trimmed.empty() && IsSpace(trimmed.back())) trimmed.pop_back();
  std::size_t front = 0;
  while (front < trimmed.size() && IsSpace(trimmed[front])) ++front;
  trimmed = trimmed.substr(front);
  return text.substr(front, trimmed.size());
}

BufferResult Split(std::string_view text, char separator,
                   std::span<std::string_view> parts) {
  std::istringstream stream{std::string(text) + separator};
  std::vector<std::string> found;
  for (std::string part; std::getline(stream, part, separator);) {
    found.push_back(part);
  }
  std::size_t start = 0;
  for (std::size_t i = 0; i < found.size() && i < parts.size(); ++i) {
    parts[i] = text.substr(start, found[i].size());
    start += found[i].size() + 1;
  }
  return FitsOrNeeds(found.size(), parts.size());
}

}  // namespace workbook::before
