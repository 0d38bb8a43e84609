// SPDX-License-Identifier: Apache-2.0

// An object as the object tools describe it.
#ifndef WORKBOOK_TOOLS_GRADE_OBJECT_FILE_H_
#define WORKBOOK_TOOLS_GRADE_OBJECT_FILE_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace workbook::grade {

struct Symbol {
  std::string name;
  std::string section;  // its number; empty where it is not defined
  std::string value;
  bool is_local = false;
  bool is_weak = false;  // another one's definition may be taken for it
  bool is_function = false;
  bool is_data = false;
  bool is_indirect = false;  // a function chosen by code that runs before main

  bool IsDefined() const { return !section.empty(); }
};

struct Section {
  std::string name;
  std::string type;   // "PROGBITS"
  std::string flags;  // "WA"; may be empty
  std::uint64_t size = 0;

  bool Has(char flag) const { return flags.find(flag) != std::string::npos; }
};

class ObjectFile {
 public:
  // `readelf`: the output of `readelf -W -S -s`. `callgraph`: the .ci file of
  // `g++ -fcallgraph-info`, which has what the text that defines a function is
  // called; it may be empty.
  ObjectFile(const std::string& readelf, const std::string& callgraph);

  const std::vector<Symbol>& symbols() const { return symbols_; }
  // By their numbers.
  const std::map<std::string, Section>& sections() const { return sections_; }
  bool Defines(const std::string& name) const;

  // Whether the linker keeps one of all such sections: an inline function or an
  // instance of a template.
  bool IsShared(const Symbol& symbol) const;

  // The file whose text defines this function, or one at the same place; empty
  // where nothing says so.
  std::string SourceOf(const Symbol& symbol) const;

 private:
  void ReadSection(const std::string& line);
  void ReadSymbol(const std::string& line);
  void ReadCallgraph(const std::string& callgraph);

  std::vector<Symbol> symbols_;
  std::map<std::string, Section> sections_;
  std::map<std::string, std::string> sources_;
  std::map<std::pair<std::string, std::string>, std::string> sources_at_;
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBJECT_FILE_H_
