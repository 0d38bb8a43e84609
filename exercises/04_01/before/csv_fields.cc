// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/csv_fields.h"

#include <algorithm>
#include <string>
#include <vector>

namespace workbook::before {
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

// Where a field was found, and a copy of it.
struct FoundField {
  std::string copy;
  std::size_t start = 0;
  bool has_doubled_quotes = false;
};

struct FoundRecord {
  std::vector<FoundField> fields;
  std::size_t size_bytes = 0;
  bool valid = false;
  std::size_t wrong = 0;
};

// Reads a quoted field behind its first quote; returns where it ends.
std::size_t ReadQuoted(std::string_view csv, std::size_t at,
                       FoundField& field) {
  for (; at < csv.size(); ++at) {
    if (csv[at] == '"') {
      if (at + 1 == csv.size() || csv[at + 1] != '"') return at + 1;
      field.has_doubled_quotes = true;
      field.copy += csv[at++];
    }
    field.copy += csv[at];
  }
  return std::string_view::npos;
}

FoundRecord FindRecord(std::string_view csv) {
  FoundRecord record;
  std::size_t at = 0;
  for (;; ++at) {
    FoundField field;
    const bool quoted = at < csv.size() && csv[at] == '"';
    field.start = quoted ? at + 1 : at;
    if (quoted) {
      at = ReadQuoted(csv, at + 1, field);
      record.wrong = std::min(at, csv.size());
      if (at == std::string_view::npos) return record;
    }
    while (!quoted && at < csv.size() && csv[at] != ',' &&
           LineEndBytes(csv, at) == 0) {
      record.wrong = at;
      if (csv[at] == '"') return record;
      field.copy += csv[at++];
    }
    record.fields.push_back(field);
    record.wrong = at;
    if (at == csv.size() || csv[at] != ',') break;
  }
  if (at < csv.size() && LineEndBytes(csv, at) == 0) return record;
  record.valid = true;
  record.size_bytes = at + (at < csv.size() ? LineEndBytes(csv, at) : 0);
  return record;
}

BufferResult Give(const std::string& made, std::span<char> out) {
  if (made.size() <= out.size()) made.copy(out.data(), made.size());
  return FitsOrNeeds(made.size(), out.size());
}

}  // namespace

CsvRecord ReadCsvRecord(std::string_view csv, std::span<CsvField> fields) {
  const FoundRecord found = FindRecord(csv);
  if (!found.valid) return InvalidRecord(csv, found.wrong);
  for (std::size_t i = 0; i < std::min(found.fields.size(), fields.size());
       ++i) {
    const FoundField& field = found.fields[i];
    fields[i] = {csv.substr(field.start, field.copy.size()),
                 field.has_doubled_quotes};
  }
  return {FitsOrNeeds(found.fields.size(), fields.size()), found.size_bytes};
}

BufferResult UnquoteCsvField(const CsvField& field, std::span<char> out) {
  std::string text;
  for (std::size_t i = 0; i < field.text.size(); ++i) {
    text += field.text[i];
    if (field.has_doubled_quotes && field.text[i] == '"') ++i;
  }
  return Give(text, out);
}

BufferResult QuoteCsvField(std::string_view text, std::span<char> out) {
  if (std::string(text).find_first_of(",\"\r\n") == std::string::npos) {
    return Give(std::string(text), out);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return Give(quoted + '"', out);
}

}  // namespace workbook::before
