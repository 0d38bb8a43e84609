// SPDX-License-Identifier: Apache-2.0

#include "04_01/log_report.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "04_01/numbers.h"
#include "04_01/text_views.h"

namespace workbook {
namespace {

constexpr std::size_t kParts = 10;

bool IsIn(const Parsed<std::int64_t>& number, std::int64_t low,
          std::int64_t high) {
  return number.status == ParseStatus::kOk && number.value >= low &&
         number.value <= high;
}

struct Totals {
  std::int64_t hits = 0;
  std::int64_t bytes = 0;
};

}  // namespace

std::optional<LogRecord> ReadLogLine(std::string_view line) {
  std::istringstream stream{std::string(Trim(line))};
  std::vector<std::string> parts;
  for (std::string part; std::getline(stream, part, ' ');) {
    parts.push_back(part);
  }
  if (parts.size() != kParts) return std::nullopt;
  const bool is_quoted = parts[5].starts_with('"') && parts[7].ends_with('"');
  const auto status = ParseInt(parts[8]);
  const auto bytes = ParseInt(parts[9] == "-" ? "0" : parts[9]);
  if (!is_quoted || !IsIn(status, 100, 599) ||
      !IsIn(bytes, 0, std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return LogRecord{parts[0], parts[5].substr(1), parts[6], status.value,
                   bytes.value};
}

// Makes strings of all lines, fields and paths; `scratch` stays as it is.
BufferResult ReportPaths(std::string_view log, Scratch&, std::span<char> out) {
  std::istringstream stream{std::string(log)};
  std::map<std::string, Totals> by_path;
  std::int64_t rejected = 0;
  for (std::string line; std::getline(stream, line);) {
    const auto record = ReadLogLine(line);
    if (record) {
      Totals& totals = by_path[record->path];
      ++totals.hits;
      totals.bytes += record->bytes;
    } else if (!Trim(line).empty()) {
      ++rejected;
    }
  }
  std::string report;
  for (const auto& [path, totals] : by_path) {
    report += path + " " + std::to_string(totals.hits) + " " +
              std::to_string(totals.bytes) + "\n";
  }
  report += "rejected " + std::to_string(rejected) + "\n";
  if (report.size() <= out.size()) report.copy(out.data(), report.size());
  return FitsOrNeeds(report.size(), out.size());
}

}  // namespace workbook
