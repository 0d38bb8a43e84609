// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_02/before/zone_rows.h"

#include <algorithm>

namespace workbook::before {
namespace {

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

// Checks a row's fields and takes over what they say.
bool Accept(const Row& fields, ZoneRow& row) {
  if (!fields.well_formed || fields.field_count != 4) return false;
  row.codes = fields.fields[0];
  row.zone = fields.fields[2];
  return AreCodes(row.codes) &&
         ParseLatitude(fields.fields[1], row.latitude_seconds) &&
         IsZone(row.zone);
}

}  // namespace

ZoneRows::ZoneRows(std::string_view csv) : rest_(csv) {
  if (rest_.starts_with(kByteOrderMark)) {
    rest_.remove_prefix(kByteOrderMark.size());
  }
}

bool ZoneRows::Next(ZoneRow& row) {
  while (!rest_.empty()) {
    if (rest_.starts_with('\n') || rest_.starts_with("\r\n")) {
      rest_.remove_prefix(rest_.find('\n') + 1);
      continue;
    }
    const Row fields = TakeRow(rest_);
    if (at_header_) {
      at_header_ = false;
    } else if (Accept(fields, row)) {
      return true;
    } else {
      ++rejected_;
    }
  }
  return false;
}

}  // namespace workbook::before
