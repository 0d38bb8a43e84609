// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/linked_names.h"

#include <sstream>
#include <string_view>

namespace workbook::grade {
namespace {

// "/usr/lib/libx.a(member.o)" is in libx.a.
std::string FileOf(const std::string& line) {
  return line.substr(0, line.find('('));
}

}  // namespace

LinkedFiles ReadTrace(const std::string& trace) {
  LinkedFiles files;
  std::set<std::string> seen;
  std::istringstream lines(trace);
  std::string line;
  while (std::getline(lines, line)) {
    const std::string file = FileOf(line);
    if (!file.starts_with('/') || !seen.insert(file).second) continue;
    const std::string name = file.substr(file.rfind('/') + 1);
    if (name.ends_with(".so") || name.find(".so.") != std::string::npos) {
      files.libraries.push_back(file);
    } else if (name.ends_with(".o") || name.ends_with(".a")) {
      files.objects.push_back(file);
    }
  }
  return files;
}

void AddLinkedNames(const std::string& nm_output,
                    std::set<std::string>& names) {
  std::istringstream lines(nm_output);
  std::string line;
  while (std::getline(lines, line)) {
    // "0000000000000000 T name@@VERSION" or "                 w name"
    if (line.size() < 20 || line[16] != ' ' || line[18] != ' ') continue;
    const char type = line[17];
    std::string name = line.substr(19);
    const bool looked_for = type == 'w' || type == 'v';
    const std::size_t version = name.find('@');
    // An old version is for programs of its time.
    if (version != std::string::npos && !looked_for &&
        name.compare(version, 2, "@@") != 0) {
      continue;
    }
    if (version != std::string::npos) name.resize(version);
    if (name.find('.') != std::string::npos) continue;
    const bool exported =
        std::string_view("ABCDGRSTVWiu").find(type) != std::string_view::npos;
    if (exported || (looked_for && !name.starts_with("_Z"))) names.insert(name);
  }
}

}  // namespace workbook::grade
