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

#if WORKBOOK_STUB
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
      field.copy = field.copy + csv[at++];
    }
    field.copy = field.copy + csv[at];
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
      field.copy = field.copy + csv[at++];
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
  BufferWriter writer(out);
  writer.Append(made);
  return writer.Finish();
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
    text = text + field.text[i];
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
    if (c == '"') quoted = quoted + '"';
    quoted = quoted + c;
  }
  return Give(quoted + '"', out);
}
#else
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
#endif

}  // namespace workbook
