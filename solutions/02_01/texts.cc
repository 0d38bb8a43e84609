// SPDX-License-Identifier: Apache-2.0

#include "02_01/texts.h"

#include <algorithm>

namespace workbook {

namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string Greeting(std::string_view name, std::string_view place) {
  constexpr std::string_view kDear = "Dear ";
  constexpr std::string_view kWelcome = ", welcome to ";
  std::string text;
  text.reserve(kDear.size() + name.size() + kWelcome.size() + place.size() + 1);
  text.append(kDear).append(name).append(kWelcome).append(place) += '!';
  return text;
}

std::string_view Extension(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view last =
      slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  return last.substr(dot + 1);
}

bool HasHeader(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return false;
  return std::equal(name.begin(), name.end(), line.begin(),
                    [](char a, char b) { return Lower(a) == Lower(b); });
}

std::string KeyOf(std::uint32_t id) { return "u" + std::to_string(id); }

void AppendQuoted(std::string& line, std::string_view field) {
  line += '"';
  for (const char c : field) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace workbook
