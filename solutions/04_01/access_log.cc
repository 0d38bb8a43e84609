// SPDX-License-Identifier: Apache-2.0

#include "04_01/access_log.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "04_01/csv_fields.h"
#include "04_01/doubles.h"
#include "04_01/escapes.h"
#include "04_01/inplace_string.h"
#include "04_01/numbers.h"
#include "04_01/text_edit.h"
#include "04_01/text_views.h"
#include "04_01/utf8.h"

namespace workbook {
namespace {

constexpr std::size_t kFields = 5;
constexpr std::size_t kLongestUser = 32;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsStatus(Parsed<std::int64_t> status) {
  return status.status == ParseStatus::kOk && status.value >= 100 &&
         status.value <= 599;
}

bool IsDuration(Parsed<double> ms) {
  return ms.status == ParseStatus::kOk && !(ms.value < 0);
}

bool IsUser(std::string_view user) {
  return !user.empty() && user.size() <= kLongestUser && Trim(user) == user &&
         IsUtf8(user);
}

}  // namespace

namespace {

struct Entry {
  InplaceString<kLongestUser> user;
  std::string_view path;  // in the scratch, as the note
  std::string_view note;
  std::int64_t status = 0;
  double ms = 0;
};

// The part of `buffer` that `result` says was written.
std::string_view Written(std::span<const char> buffer, BufferResult result) {
  return {buffer.data(), result.size};
}

// What the field says: itself, or a copy in the scratch where quotes are
// doubled.
std::string_view TextOf(const CsvField& field, Scratch& scratch) {
  if (!field.has_doubled_quotes) return field.text;
  const auto copy = scratch.AllocateArray<char>(field.text.size());
  return Written(copy, UnquoteCsvField(field, copy));
}

// The decoded path; nothing where an escape is wrong.
std::optional<std::string_view> PathOf(const CsvField& field,
                                       Scratch& scratch) {
  const std::string_view text = TextOf(field, scratch);
  if (text.find('%') == std::string_view::npos) return text;
  const auto decoded = scratch.AllocateArray<char>(text.size());
  const BufferResult result = UrlDecode(text, decoded);
  if (!result.ok()) return std::nullopt;
  return Written(decoded, result);
}

bool ReadEntry(std::span<const CsvField> fields, Scratch& scratch,
               Entry& entry) {
  const std::string_view user = TextOf(fields[0], scratch);
  const auto status = ParseInt(TextOf(fields[2], scratch));
  const auto ms = ParseDouble(TextOf(fields[3], scratch));
  if (!IsUser(user) || !IsStatus(status) || !IsDuration(ms)) return false;
  const auto path = PathOf(fields[1], scratch);
  const std::string_view note = TextOf(fields[4], scratch);
  if (!path || !IsUtf8(*path) || !IsUtf8(note)) return false;
  std::array<char, kLongestUser> folded;
  entry.path = *path;
  entry.note = note;
  entry.status = status.value;
  entry.ms = ms.value;
  return entry.user.TryAssign(Written(folded, FoldCase(user, folded)));
}

void AppendQuoted(std::string_view text, BufferWriter& writer) {
  writer.Append('"');
  writer.Skip(JsonEscape(text, writer.Rest()).size);
  writer.Append('"');
}

void AppendLine(const Entry& entry, BufferWriter& writer) {
  writer.Append("{\"user\":");
  AppendQuoted(entry.user.view(), writer);
  writer.Append(",\"path\":");
  AppendQuoted(entry.path, writer);
  writer.Append(",\"status\":");
  writer.Skip(FormatInt(entry.status, writer.Rest()).size);
  writer.Append(",\"ms\":");
  writer.Skip(FormatDouble(entry.ms, writer.Rest()).size);
  writer.Append(",\"note\":");
  AppendQuoted(entry.note, writer);
  writer.Append("}\n");
}

bool IsEmptyLine(std::string_view csv) {
  return csv[0] == '\n' || csv.starts_with("\r\n");
}

}  // namespace

BufferResult ConvertAccessLog(std::string_view csv, Scratch& scratch,
                              std::span<char> json) {
  BufferWriter writer(json);
  std::int64_t rejected = 0;
  if (csv.starts_with(kByteOrderMark)) csv.remove_prefix(kByteOrderMark.size());
  while (!csv.empty()) {
    const ScratchFrame frame(scratch);
    std::array<CsvField, kFields> fields;
    const CsvRecord record = ReadCsvRecord(csv, fields);
    Entry entry;
    if (record.fields == BufferResult{BufferStatus::kOk, kFields} &&
        ReadEntry(fields, scratch, entry)) {
      AppendLine(entry, writer);
    } else if (!IsEmptyLine(csv)) {
      ++rejected;
    }
    csv.remove_prefix(record.size_bytes);
  }
  writer.Append("{\"rejected\":");
  writer.Skip(FormatInt(rejected, writer.Rest()).size);
  writer.Append("}\n");
  return writer.Finish();
}

}  // namespace workbook
