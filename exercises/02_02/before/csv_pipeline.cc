// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/csv_pipeline.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace workbook::before {
namespace {

constexpr std::string_view kHead =
    "region,zones,countries,mean_latitude_seconds,northernmost\n";

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }
bool IsZoneLetter(char c) {
  return IsDigit(c) || IsCapital(c) || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '+' || c == '-' || c == '/';
}

// Reads the row at `at` and moves `at` behind it; false where a quote is wrong.
bool ReadRow(const std::string& text, std::size_t& at,
             std::vector<std::string>& row) {
  std::string field;
  bool quoted = false;
  bool closed = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted) {
      if (c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
        field = field + c;
        ++at;
      } else if (c == '"') {
        quoted = false;
        closed = true;
      } else {
        field = field + c;
      }
    } else if (c == '"' && field.empty() && !closed) {
      quoted = true;
    } else if (c == ',') {
      row.push_back(field);
      field = "";
      closed = false;
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      continue;
    } else if (closed) {
      return false;
    } else {
      field = field + c;
    }
  }
  row.push_back(field);
  return !quoted;
}

// Rows as a list of lists of texts: every field is copied at least twice.
std::vector<std::vector<std::string>> ParseCsv(std::string text) {
  std::vector<std::vector<std::string>> rows;
  std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  while (at < text.size()) {
    const std::size_t line_end = std::min(text.find('\n', at), text.size() - 1);
    if (text[at] == '\n' || text.substr(at, 2) == "\r\n") {
      at = line_end + 1;
      continue;
    }
    std::vector<std::string> row;
    if (!ReadRow(text, at, row)) {
      row = {};  // no row of four fields, and no more than a line
      at = line_end + 1;
    }
    rows.push_back(row);
  }
  return rows;
}

std::vector<std::string> Split(std::string text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text) {
    if (c == separator) {
      parts.push_back(part);
      part = "";
    } else {
      part = part + c;
    }
  }
  parts.push_back(part);
  return parts;
}

struct Zone {
  std::string region;
  std::string name;
  std::vector<std::string> codes;
  long latitude_seconds = 0;
};

bool AllDigits(std::string digits) {
  return std::all_of(digits.begin(), digits.end(), IsDigit);
}

std::shared_ptr<Zone> MakeZone(std::vector<std::string> row) {
  if (row.size() != 4) return nullptr;
  auto zone = std::make_shared<Zone>();
  zone->codes = Split(row[0], ',');
  for (std::string code : zone->codes) {
    if (code.size() != 2 || !IsCapital(code[0]) || !IsCapital(code[1])) {
      return nullptr;
    }
  }
  const std::string place = row[1];
  const bool has_seconds = place.size() == 15;
  if (place.size() != 11 && !has_seconds) return nullptr;
  const std::string latitude = place.substr(1, has_seconds ? 6 : 4);
  const std::string longitude = place.substr(latitude.size() + 2);
  const char sign = place[0];
  const char other_sign = place[latitude.size() + 1];
  if ((sign != '+' && sign != '-') ||
      (other_sign != '+' && other_sign != '-') || !AllDigits(latitude) ||
      !AllDigits(longitude)) {
    return nullptr;
  }
  zone->latitude_seconds = std::stol(latitude.substr(0, 2)) * 3600 +
                           std::stol(latitude.substr(2, 2)) * 60;
  if (has_seconds) zone->latitude_seconds += std::stol(latitude.substr(4, 2));
  if (sign == '-') zone->latitude_seconds = -zone->latitude_seconds;
  zone->name = row[2];
  zone->region = Split(zone->name, '/')[0];
  if (zone->region.empty() || zone->region == zone->name ||
      !std::all_of(zone->name.begin(), zone->name.end(), IsZoneLetter)) {
    return nullptr;
  }
  return zone;
}

std::string RegionLine(const std::string& region,
                       const std::vector<std::shared_ptr<Zone>>& zones) {
  std::set<std::string> codes;
  long sum = 0;
  std::shared_ptr<Zone> northernmost = zones[0];
  for (std::shared_ptr<Zone> zone : zones) {
    for (std::string code : zone->codes) codes.insert(code);
    sum += zone->latitude_seconds;
    if (zone->latitude_seconds > northernmost->latitude_seconds) {
      northernmost = zone;
    }
  }
  const long count = static_cast<long>(zones.size());
  return region + "," + std::to_string(count) + "," +
         std::to_string(codes.size()) + "," + std::to_string(sum / count) +
         "," + northernmost->name + "\n";
}

}  // namespace

std::string_view CsvPipeline::Run(std::string_view csv) {
  std::map<std::string, std::vector<std::shared_ptr<Zone>>> regions;
  long rejected = 0;
  bool is_header = true;
  for (std::vector<std::string> row : ParseCsv(std::string(csv))) {
    if (is_header) {
      is_header = false;
      continue;
    }
    std::shared_ptr<Zone> zone = MakeZone(row);
    if (zone == nullptr) {
      ++rejected;
    } else {
      regions[zone->region].push_back(zone);
    }
  }
  std::vector<std::pair<long, std::string>> order;
  for (const auto& [region, zones] : regions) {
    order.emplace_back(-static_cast<long>(zones.size()), region);
  }
  std::sort(order.begin(), order.end());
  std::string report(kHead);
  for (std::pair<long, std::string> entry : order) {
    report = report + RegionLine(entry.second, regions[entry.second]);
  }
  report = report + "rejected," + std::to_string(rejected) + "\n";
  report_ = report;
  return report_;
}

}  // namespace workbook::before
