// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_01/before/texts.h"

#include <sstream>
#include <vector>

namespace workbook::before {

namespace {

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

}  // namespace

std::string Greeting(std::string_view name, std::string_view place) {
  return "Dear " + std::string(name) + ", welcome to " + std::string(place) +
         "!";
}

std::string Extension(std::string path) {
  std::vector<std::string> parts;
  std::stringstream stream(path.substr(path.rfind('/') + 1));
  for (std::string part; std::getline(stream, part, '.');) {
    parts.push_back(part);
  }
  if (parts.size() < 2 || (parts.size() == 2 && parts[0].empty())) return "";
  return path.back() == '.' ? "" : parts.back();
}

bool HasHeader(std::string_view line, std::string_view name) {
  const std::string wanted = Lower(std::string(name)) + ":";
  return Lower(std::string(line)).substr(0, wanted.size()) == wanted;
}

std::string KeyOf(std::uint32_t id) {
  return "user-account:" + std::to_string(id);
}

void AppendQuoted(std::string& line, std::string_view field) {
  std::string quoted;
  for (const char c : field) {
    quoted = c == '"' ? quoted + "\"\"" : quoted + c;
  }
  line = line + '"' + quoted + '"';
}

}  // namespace workbook::before
