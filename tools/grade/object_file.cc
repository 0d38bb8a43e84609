#include "tools/grade/object_file.h"

#include <algorithm>
#include <sstream>

namespace workbook::grade {
namespace {

bool IsHexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
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

ObjectFile::ObjectFile(const std::string& objdump,
                       const std::string& callgraph) {
  ReadCallgraph(callgraph);
  std::istringstream lines(objdump);
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

// "  3 .text.f  0000001f  00...  00...  00000040  2**1  CONTENTS, GROUP"
void ObjectFile::ReadSection(const std::string& line) {
  constexpr std::size_t kNumbers = 8 + 2 + 16 + 2 + 16 + 2 + 8;
  const std::size_t end = line.rfind("  2**");
  const std::size_t index = line.find_first_not_of(" 0123456789");
  if (end == std::string::npos || index == std::string::npos ||
      end < index + kNumbers) {
    return;
  }
  std::string name = line.substr(index, end - kNumbers - index);
  name.resize(name.find_last_not_of(' ') + 1);
  sections_.insert(name);
  if (line.find("LINK_ONCE", end) == std::string::npos) {
    own_sections_.insert(name);
  }
}

// "0000000000000000  w    F .text.f<tab>000000000000001f .hidden f"
void ObjectFile::ReadSymbol(const std::string& line) {
  constexpr std::size_t kFlags = 17;
  constexpr std::size_t kSection = kFlags + 8;
  const std::size_t tab = line.find('\t');
  if (tab == std::string::npos || tab <= kSection ||
      !std::all_of(line.begin(), line.begin() + 16, IsHexadecimal)) {
    return;
  }
  const std::string flags = line.substr(kFlags, 7);
  Symbol symbol;
  symbol.value = line.substr(0, 16);
  symbol.section = line.substr(kSection, tab - kSection);
  if (symbol.section == "*UND*") symbol.section.clear();
  symbol.name = line.substr(line.rfind(' ') + 1);
  symbol.is_local = flags[0] == 'l';
  symbol.is_weak = flags[0] == 'u' || flags[1] == 'w';
  symbol.is_indirect = flags[4] == 'i';
  symbol.is_function = flags[6] == 'F' || symbol.is_indirect;
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
  return sections_.contains(symbol.section) &&
         !own_sections_.contains(symbol.section);
}

std::string ObjectFile::SourceOf(const Symbol& symbol) const {
  if (!symbol.is_function) return "";
  const auto by_name = sources_.find(symbol.name);
  if (by_name != sources_.end()) return by_name->second;
  const auto by_place = sources_at_.find({symbol.section, symbol.value});
  return by_place == sources_at_.end() ? "" : by_place->second;
}

}  // namespace workbook::grade
