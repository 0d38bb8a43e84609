// SPDX-License-Identifier: Apache-2.0

#include "02_02/csv_pipeline.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace workbook {
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

// Takes the next row off `rest`: its first four fields and how many there are.
// A quoted field comes without its quotes; doubled quotes inside stay doubled,
// which no field that is looked into may hold.
struct Row {
  std::string_view fields[4];
  std::size_t field_count = 0;
  bool well_formed = true;  // false: a quoted field ends wrongly, or never
};

// One field; `rest` begins after its separator then, unless the field is not
// well-formed. `last` says that the row ends with it.
std::string_view TakeField(std::string_view& rest, bool& last,
                           bool& well_formed) {
  std::string_view field;
  if (rest.starts_with('"')) {
    std::size_t end = 1;
    while (true) {
      end = rest.find('"', end);
      if (end == std::string_view::npos) {
        well_formed = false;
        return {};
      }
      if (end + 1 >= rest.size() || rest[end + 1] != '"') break;
      end += 2;
    }
    field = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (!rest.empty() && rest[0] != ',' && rest[0] != '\n' &&
        !rest.starts_with("\r\n")) {
      well_formed = false;
      return {};
    }
  } else {
    field = rest.substr(0, rest.find_first_of(",\n"));
    rest.remove_prefix(field.size());
    if (field.ends_with('\r') && rest.starts_with('\n')) field.remove_suffix(1);
  }
  if (rest.starts_with("\r\n")) rest.remove_prefix(1);
  last = !rest.starts_with(',');
  if (!rest.empty()) rest.remove_prefix(1);
  return field;
}

// Takes the next row off `rest`: of one that is not well-formed its first line.
Row TakeRow(std::string_view& rest) {
  const std::string_view begin = rest;
  Row row;
  bool last = false;
  while (!last) {
    const std::string_view field = TakeField(rest, last, row.well_formed);
    if (!row.well_formed) {
      rest = begin.substr(std::min(begin.find('\n'), begin.size() - 1) + 1);
      break;
    }
    if (row.field_count < 4) row.fields[row.field_count] = field;
    ++row.field_count;
  }
  return row;
}

// Two decimal digits.
// REQUIRES: they are digits.
long TwoDigits(std::string_view text) {
  return (text[0] - '0') * 10L + (text[1] - '0');
}

bool IsSign(char c) { return c == '+' || c == '-'; }

// The latitude, or false.
bool ParseLatitude(std::string_view place, long& seconds) {
  const bool has_seconds = place.size() == 15;
  if (place.size() != 11 && !has_seconds) return false;
  const std::string_view latitude = place.substr(1, has_seconds ? 6 : 4);
  const std::string_view longitude = place.substr(latitude.size() + 2);
  if (!IsSign(place[0]) || !IsSign(place[latitude.size() + 1]) ||
      !std::all_of(latitude.begin(), latitude.end(), IsDigit) ||
      !std::all_of(longitude.begin(), longitude.end(), IsDigit)) {
    return false;
  }
  seconds = TwoDigits(latitude) * 3600 + TwoDigits(latitude.substr(2)) * 60;
  if (has_seconds) seconds += TwoDigits(latitude.substr(4));
  if (place[0] == '-') seconds = -seconds;
  return true;
}

bool AreCodes(std::string_view codes) {
  if (codes.size() % 3 != 2) return false;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (i % 3 == 2 ? codes[i] != ',' : !IsCapital(codes[i])) return false;
  }
  return true;
}

bool IsZone(std::string_view zone) {
  const std::size_t slash = zone.find('/');
  return slash != std::string_view::npos && slash > 0 &&
         std::all_of(zone.begin(), zone.end(), IsZoneLetter);
}

void AppendNumber(std::string& text, long number) {
  char digits[24];
  const auto result = std::to_chars(digits, digits + sizeof(digits), number);
  text.append(digits, result.ptr);
}

}  // namespace

std::string_view CsvPipeline::Run(std::string_view csv) {
  regions_.clear();
  long rejected = 0;
  bool is_header = true;
  std::string_view rest = csv;
  if (rest.starts_with(kByteOrderMark)) {
    rest.remove_prefix(kByteOrderMark.size());
  }
  while (!rest.empty()) {
    if (rest.starts_with('\n') || rest.starts_with("\r\n")) {
      rest.remove_prefix(rest.find('\n') + 1);
      continue;
    }
    const Row row = TakeRow(rest);
    if (is_header) {
      is_header = false;
    } else if (!row.well_formed || row.field_count != 4 ||
               !AddRow(row.fields[0], row.fields[1], row.fields[2])) {
      ++rejected;
    }
  }
  WriteReport(rejected);
  return report_;
}

bool CsvPipeline::AddRow(std::string_view codes, std::string_view coordinates,
                         std::string_view zone) {
  long latitude_seconds = 0;
  if (!AreCodes(codes) || !ParseLatitude(coordinates, latitude_seconds) ||
      !IsZone(zone)) {
    return false;
  }
  Region& region = RegionOf(zone);
  if (region.zones == 0 || latitude_seconds > region.northernmost_seconds) {
    region.northernmost = zone;
    region.northernmost_seconds = latitude_seconds;
  }
  ++region.zones;
  region.latitude_seconds += latitude_seconds;
  for (std::size_t i = 0; i < codes.size(); i += 3) {
    const auto code =
        static_cast<unsigned>((codes[i] - 'A') * 26 + (codes[i + 1] - 'A'));
    const unsigned long long bit = 1ULL << (code % 64);
    if ((region.codes_seen[code / 64] & bit) == 0) ++region.countries;
    region.codes_seen[code / 64] |= bit;
  }
  return true;
}

// A dozen regions: looking along a vector is quicker than hashing, and it is
// one block that stays.
CsvPipeline::Region& CsvPipeline::RegionOf(std::string_view zone) {
  const std::string_view name = zone.substr(0, zone.find('/'));
  for (Region& region : regions_) {
    if (region.name == name) return region;
  }
  if (regions_.capacity() == 0) regions_.reserve(16);
  regions_.emplace_back();
  regions_.back().name = name;
  return regions_.back();
}

void CsvPipeline::WriteReport(long rejected) {
  std::sort(regions_.begin(), regions_.end(),
            [](const Region& left, const Region& right) {
              return left.zones != right.zones ? left.zones > right.zones
                                               : left.name < right.name;
            });
  report_.clear();
  if (report_.capacity() < 1024) report_.reserve(1024);
  report_ += kHead;
  for (const Region& region : regions_) {
    report_.append(region.name).append(",");
    AppendNumber(report_, region.zones);
    report_.append(",");
    AppendNumber(report_, region.countries);
    report_.append(",");
    AppendNumber(report_, region.latitude_seconds / region.zones);
    report_.append(",").append(region.northernmost).append("\n");
  }
  report_ += "rejected,";
  AppendNumber(report_, rejected);
  report_ += "\n";
}

}  // namespace workbook
