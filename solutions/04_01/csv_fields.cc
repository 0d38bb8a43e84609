// SPDX-License-Identifier: Apache-2.0

#include "04_01/csv_fields.h"

#include <algorithm>
#include <string>
#include <vector>

namespace workbook {
namespace {

// Bytes of the line end at `at`: 0 where there is none.
std::size_t LineEndBytes(std::string_view csv, std::size_t at) {
  if (csv[at] == '\n') return 1;
  return csv[at] == '\r' && at + 1 < csv.size() && csv[at + 1] == '\n' ? 2 : 0;
}

// What is no record ends with its first line.
CsvRecord InvalidRecord(std::string_view csv, std::size_t wrong) {
  const std::size_t line_end = csv.find('\n');
  return {InvalidAt(wrong),
          line_end == std::string_view::npos ? csv.size() : line_end + 1};
}

}  // namespace

namespace {

// The end of what a field says, and whether anything was wrong.
struct FieldEnd {
  std::size_t at = 0;    // of the closing quote, comma, line end or input
  bool doubled = false;  // a doubled quote was met
  bool valid = true;
};

FieldEnd FindQuotedEnd(std::string_view csv, std::size_t at) {
  FieldEnd end;
  for (;; at += 2) {
    at = csv.find('"', at);
    if (at == std::string_view::npos) return {csv.size(), end.doubled, false};
    if (at + 1 == csv.size() || csv[at + 1] != '"') break;
    end.doubled = true;
  }
  end.at = at;
  return end;
}

FieldEnd FindPlainEnd(std::string_view csv, std::size_t at) {
  for (; at < csv.size() && csv[at] != ','; ++at) {
    if (csv[at] == '"') return {at, false, false};
    // Above the three, as nearly all characters are: one comparison for each.
    if (csv[at] <= '\r' && LineEndBytes(csv, at) != 0) break;
  }
  return {at, false, true};
}

}  // namespace

CsvRecord ReadCsvRecord(std::string_view csv, std::span<CsvField> fields) {
  std::size_t count = 0;
  std::size_t at = 0;
  for (;; ++at) {
    const bool quoted = at < csv.size() && csv[at] == '"';
    const std::size_t start = quoted ? at + 1 : at;
    const FieldEnd end =
        quoted ? FindQuotedEnd(csv, start) : FindPlainEnd(csv, start);
    if (!end.valid) return InvalidRecord(csv, end.at);
    if (count < fields.size()) {
      fields[count] = {csv.substr(start, end.at - start), end.doubled};
    }
    ++count;
    at = end.at + (quoted ? 1 : 0);
    if (at == csv.size() || csv[at] != ',') break;
  }
  const std::size_t line_end = at == csv.size() ? 0 : LineEndBytes(csv, at);
  if (at != csv.size() && line_end == 0) return InvalidRecord(csv, at);
  return {FitsOrNeeds(count, fields.size()), at + line_end};
}

BufferResult UnquoteCsvField(const CsvField& field, std::span<char> out) {
  BufferWriter writer(out);
  std::string_view rest = field.text;
  while (field.has_doubled_quotes) {
    const std::size_t quote = rest.find('"');
    if (quote == std::string_view::npos) break;
    writer.Append(rest.substr(0, quote + 1));
    rest.remove_prefix(std::min(quote + 2, rest.size()));
  }
  writer.Append(rest);
  return writer.Finish();
}

BufferResult QuoteCsvField(std::string_view text, std::span<char> out) {
  BufferWriter writer(out);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    writer.Append(text);
    return writer.Finish();
  }
  writer.Append('"');
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos;
       quote = text.find('"')) {
    writer.Append(text.substr(0, quote + 1));
    writer.Append('"');
    text.remove_prefix(quote + 1);
  }
  writer.Append(text);
  writer.Append('"');
  return writer.Finish();
}

}  // namespace workbook
