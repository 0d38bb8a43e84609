// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/object_file.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <sstream>

namespace workbook::grade {
namespace {

std::vector<std::string> Columns(const std::string& line) {
  std::istringstream in(line);
  return {std::istream_iterator<std::string>(in), {}};
}

// "/student/09_09/ring.cc:27:54" without line and column.
std::string WithoutPosition(std::string place) {
  for (int i = 0; i < 2; ++i) {
    const std::size_t colon = place.rfind(':');
    if (colon != std::string::npos) place.resize(colon);
  }
  return place;
}

}  // namespace

ObjectFile::ObjectFile(const std::string& readelf,
                       const std::string& callgraph) {
  ReadCallgraph(callgraph);
  std::istringstream lines(readelf);
  std::string line;
  while (std::getline(lines, line)) {
    ReadSection(line);
    ReadSymbol(line);
  }
  for (const Symbol& symbol : symbols_) {
    const auto found = sources_.find(symbol.name);
    if (symbol.IsDefined() && found != sources_.end()) {
      sources_at_[{symbol.section, symbol.value}] = found->second;
    }
  }
}

// "  [ 4] .text.f  PROGBITS  0000000000000000 00006b 000012 00 AXG  0   0  2";
// the flags may be missing, and G is a group.
void ObjectFile::ReadSection(const std::string& line) {
  const std::size_t open = line.find_first_not_of(' ');
  const std::size_t close = line.find("] ");
  if (open == std::string::npos || line[open] != '[' ||
      close == std::string::npos) {
    return;
  }
  const std::vector<std::string> number =
      Columns(line.substr(open + 1, close - open - 1));
  const std::vector<std::string> columns = Columns(line.substr(close + 2));
  // From the end, because a name may hold blanks.
  constexpr std::size_t kBehindFlags = 3;
  constexpr std::size_t kMinColumns = 9;
  if (number.size() != 1 || columns.size() < kMinColumns) return;
  std::size_t at = columns.size() - kBehindFlags - 1;
  Section section;
  if (std::isdigit(static_cast<unsigned char>(columns[at][0])) == 0) {
    section.flags = columns[at--];
  }
  section.name = columns[0];
  if (at < 4) return;
  section.size = std::strtoull(columns[at - 1].c_str(), nullptr, 16);
  section.type = columns[at - 4];
  sections_[number[0]] = std::move(section);
}

// "    12: 0000000000000000    18 FUNC    WEAK   DEFAULT    5 _ZnwmPv"
void ObjectFile::ReadSymbol(const std::string& line) {
  const std::vector<std::string> columns = Columns(line);
  if (columns.size() < 8 || !columns[0].ends_with(':') ||
      std::isdigit(static_cast<unsigned char>(columns[0][0])) == 0) {
    return;
  }
  Symbol symbol;
  symbol.value = columns[1];
  symbol.is_indirect = columns[3] == "IFUNC";
  symbol.is_function = columns[3] == "FUNC" || symbol.is_indirect;
  symbol.is_data = columns[3] == "OBJECT" || columns[3] == "TLS";
  symbol.is_local = columns[4] == "LOCAL";
  symbol.is_weak = columns[4] == "WEAK" || columns[4] == "UNIQUE";
  symbol.name = columns.back();
  symbol.section = columns[columns.size() - 2];
  if (symbol.section == "UND") symbol.section.clear();
  symbols_.push_back(symbol);
}

// `node: { title: "FILE:f" label: "int f()\n/student/09_09/ring.cc:27:54" }`;
// a node with a shape is only called.
void ObjectFile::ReadCallgraph(const std::string& callgraph) {
  constexpr char kTitle[] = "node: { title: \"";
  constexpr char kLabel[] = "\" label: \"";
  std::istringstream lines(callgraph);
  std::string line;
  while (std::getline(lines, line)) {
    const std::size_t label = line.find(kLabel);
    const std::size_t place = line.rfind("\\n");
    if (!line.starts_with(kTitle) || label == std::string::npos ||
        place == std::string::npos || place < label ||
        line.find("\" shape", place) != std::string::npos) {
      continue;
    }
    const std::size_t start = sizeof(kTitle) - 1;
    const std::string title = line.substr(start, label - start);
    sources_[title.substr(title.rfind(':') + 1)] = WithoutPosition(
        line.substr(place + 2, line.find('"', place) - place - 2));
  }
}

bool ObjectFile::Defines(const std::string& name) const {
  return std::any_of(symbols_.begin(), symbols_.end(),
                     [&name](const Symbol& symbol) {
                       return symbol.IsDefined() && symbol.name == name;
                     });
}

bool ObjectFile::IsShared(const Symbol& symbol) const {
  const auto found = sections_.find(symbol.section);
  return found != sections_.end() && found->second.Has('G');
}

std::string ObjectFile::SourceOf(const Symbol& symbol) const {
  if (!symbol.is_function) return "";
  const auto by_name = sources_.find(symbol.name);
  if (by_name != sources_.end()) return by_name->second;
  const auto by_place = sources_at_.find({symbol.section, symbol.value});
  return by_place == sources_at_.end() ? "" : by_place->second;
}

}  // namespace workbook::grade
