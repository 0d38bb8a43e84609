// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/callgrind_dumps.h"

#include <charconv>
#include <fstream>
#include <optional>
#include <set>
#include <system_error>
#include <vector>

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Dumps(const fs::path& dump) {
  std::vector<fs::path> found;
  const std::string prefix = dump.filename().string();
  std::error_code error;
  for (fs::directory_iterator entry(dump.parent_path(), error), end;
       !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(prefix)) found.push_back(entry->path());
  }
  return found;
}

std::optional<std::string> Behind(const std::string& line,
                                  const std::string& label) {
  if (!line.starts_with(label)) return std::nullopt;
  return line.substr(label.size());
}

}  // namespace

std::map<std::string, std::int64_t> ReadCallgrindDumps(const fs::path& dump) {
  std::map<std::string, std::int64_t> counts;
  std::set<std::string> twice;
  for (const fs::path& path : Dumps(dump)) {
    std::ifstream lines(path);
    std::string line;
    std::string test;
    // "totals:" is a dump's last line.
    while (std::getline(lines, line)) {
      if (const auto name = Behind(line, "desc: Trigger: Client Request: ")) {
        test = *name;
      }
      const auto total = Behind(line, "totals: ");
      if (!total || test.empty()) continue;
      std::int64_t count = 0;
      std::from_chars(total->data(), total->data() + total->size(), count);
      if (!counts.emplace(test, count).second) twice.insert(test);
    }
  }
  for (const std::string& test : twice) counts.erase(test);
  return counts;
}

void RemoveCallgrindDumps(const fs::path& dump) {
  std::error_code ignored;
  for (const fs::path& path : Dumps(dump)) fs::remove(path, ignored);
}

}  // namespace workbook::grade
