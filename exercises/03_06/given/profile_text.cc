// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_06/given/profile_text.h"

#include <cctype>
#include <cstdlib>
#include <sstream>

namespace workbook {
namespace {

std::vector<std::string> Lines(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string Trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

// "1,234,567 (12.3%)  rest": the number without commas, and where it ends.
double LeadingNumber(const std::string& line, std::size_t* end) {
  std::string digits;
  std::size_t i = 0;
  while (i < line.size() &&
         (std::isdigit(static_cast<unsigned char>(line[i])) != 0 ||
          line[i] == ',' || line[i] == '.')) {
    if (line[i] != ',') digits += line[i];
    ++i;
  }
  *end = i;
  return digits.empty() ? 0 : std::strtod(digits.c_str(), nullptr);
}

}  // namespace

// "    57.32%  word_index  word_index            [.] workbook::HashText"
std::vector<ProfileLine> ParsePerfReport(std::string_view text) {
  std::vector<ProfileLine> lines;
  for (const std::string& raw : Lines(text)) {
    const std::string line = Trimmed(raw);
    std::size_t end = 0;
    const double share = LeadingNumber(line, &end);
    std::size_t symbol = line.find("[.] ");
    if (symbol == std::string::npos) symbol = line.find("[k] ");
    if (end == 0 || end >= line.size() || line[end] != '%') continue;
    if (symbol == std::string::npos) continue;
    lines.push_back({Trimmed(line.substr(symbol + 4)), share});
  }
  return lines;
}

// "12,345 (67.8%)  file.cc:workbook::HashText(...) [program]"
std::vector<ProfileLine> ParseCallgrind(std::string_view text) {
  std::vector<ProfileLine> lines;
  for (const std::string& raw : Lines(text)) {
    const std::string line = Trimmed(raw);
    std::size_t end = 0;
    const double instructions = LeadingNumber(line, &end);
    const std::size_t share_end = line.find("%)");
    if (end == 0 || share_end == std::string::npos) continue;
    std::string name = Trimmed(line.substr(share_end + 2));
    if (name.starts_with("PROGRAM TOTALS")) continue;
    const std::size_t object = name.rfind(" [");
    if (object != std::string::npos) name.resize(object);
    const std::size_t file = name.find(':');
    if (file == std::string::npos) continue;
    // A file's name ends at the first single colon.
    if (name.compare(file, 2, "::") != 0) name.erase(0, file + 1);
    lines.push_back({name, instructions});
  }
  return lines;
}

// "23922 calls with 4.26K peak consumption from:", then two lines for each
// function that led there, the innermost one first:
// "    workbook::CountWords(...)" and "      at given/word_index.cc:42".
std::vector<ProfileLine> ParseHeaptrack(std::string_view text) {
  std::vector<ProfileLine> lines;
  bool is_inside = false;
  bool is_named = true;
  std::string previous;
  for (const std::string& raw : Lines(text)) {
    if (raw.starts_with("MOST CALLS TO ALLOCATION FUNCTIONS")) is_inside = true;
    if (raw.starts_with("PEAK MEMORY CONSUMERS")) return lines;
    if (!is_inside) continue;
    const std::string line = Trimmed(raw);
    std::size_t end = 0;
    const double calls = LeadingNumber(line, &end);
    if (end != 0 && line.find(" calls with ") != std::string::npos) {
      lines.push_back({"", calls});
      is_named = false;
    } else if (!is_named && line.starts_with("workbook::")) {
      lines.back().function = line;
      is_named = true;
    } else if (!is_named && previous == "main" && line.starts_with("at ")) {
      lines.back().function = "main " + line;
      is_named = true;
    }
    previous = line;
  }
  return lines;
}

// "snapshot=3", "time=123", "mem_heap_B=456", "mem_heap_extra_B=7", ...
std::vector<MassifSnapshot> ParseMassif(std::string_view text) {
  std::vector<MassifSnapshot> snapshots;
  for (const std::string& line : Lines(text)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string key = line.substr(0, equals);
    if (key == "snapshot") snapshots.emplace_back();
    if (snapshots.empty()) continue;
    const std::int64_t value = std::atoll(line.c_str() + equals + 1);
    if (key == "time") snapshots.back().instructions = value;
    if (key == "mem_heap_B") snapshots.back().heap_bytes = value;
    if (key == "mem_heap_extra_B") snapshots.back().extra_bytes = value;
  }
  return snapshots;
}

}  // namespace workbook
