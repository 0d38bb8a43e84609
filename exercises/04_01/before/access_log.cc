// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_01/before/access_log.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "exercises/04_01/before/csv_fields.h"
#include "exercises/04_01/before/doubles.h"
#include "exercises/04_01/before/escapes.h"
#include "exercises/04_01/before/inplace_string.h"
#include "exercises/04_01/before/numbers.h"
#include "exercises/04_01/before/text_edit.h"
#include "exercises/04_01/before/text_views.h"
#include "exercises/04_01/before/utf8.h"

namespace workbook::before {
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

// A string as long as what `fill` needs; nothing where it refuses the input.
template <typename Fill>
std::optional<std::string> Filled(Fill fill) {
  std::string text;
  BufferResult result = fill(std::span<char>(text));
  if (result.status == BufferStatus::kTooSmall) {
    text = std::string(result.size, '\0');
    result = fill(std::span<char>(text));
  }
  if (!result.ok()) return std::nullopt;
  return text.substr(0, result.size);
}

struct Entry {
  std::string user;
  std::string path;
  std::string note;
  std::int64_t status = 0;
  double ms = 0;
};

using Row = std::vector<std::string>;

std::shared_ptr<Entry> MakeEntry(Row row) {
  if (row.size() != kFields || !IsUser(row[0])) return nullptr;
  auto entry = std::make_shared<Entry>();
  entry->user = *Filled([&](auto out) { return FoldCase(row[0], out); });
  const auto path = Filled([&](auto out) { return UrlDecode(row[1], out); });
  const Parsed<std::int64_t> status = ParseInt(row[2]);
  const Parsed<double> ms = ParseDouble(row[3]);
  if (!path || !IsUtf8(*path) || !IsUtf8(row[4]) || !IsStatus(status) ||
      !IsDuration(ms)) {
    return nullptr;
  }
  entry->path = *path;
  entry->note = row[4];
  entry->status = status.value;
  entry->ms = ms.value;
  return entry;
}

std::string Quoted(const std::string& text) {
  return "\"" + *Filled([&](auto out) { return JsonEscape(text, out); }) + "\"";
}

std::string Line(Entry entry) {
  const auto status =
      Filled([&](auto out) { return FormatInt(entry.status, out); });
  const auto ms = Filled([&](auto out) { return FormatDouble(entry.ms, out); });
  return "{\"user\":" + Quoted(entry.user) + ",\"path\":" + Quoted(entry.path) +
         ",\"status\":" + *status + ",\"ms\":" + *ms +
         ",\"note\":" + Quoted(entry.note) + "}\n";
}

// All rows as texts; a row of nothing for what is no CSV.
std::vector<Row> ReadRows(std::string_view csv) {
  std::vector<Row> rows;
  if (csv.starts_with(kByteOrderMark)) {
    csv = csv.substr(kByteOrderMark.size());
  }
  while (!csv.empty()) {
    CsvRecord record = ReadCsvRecord(csv, {});
    std::vector<CsvField> fields(record.fields.size);
    if (record.fields.status == BufferStatus::kInvalid) fields.clear();
    record = ReadCsvRecord(csv, fields);
    Row row;
    if (record.fields.ok()) {
      for (const CsvField& field : fields) {
        row.push_back(
            *Filled([&](auto out) { return UnquoteCsvField(field, out); }));
      }
    }
    const bool empty_line = row.size() == 1 && csv[0] != '"' && row[0].empty();
    if (!empty_line) rows.push_back(row);
    csv = csv.substr(record.size_bytes);
  }
  return rows;
}

}  // namespace

BufferResult ConvertAccessLog(std::string_view csv, Scratch&,
                              std::span<char> json) {
  std::vector<std::shared_ptr<Entry>> entries;
  for (const Row& row : ReadRows(csv)) entries.push_back(MakeEntry(row));
  std::string lines;
  std::size_t rejected = 0;
  for (const auto& entry : entries) {
    if (entry == nullptr) {
      ++rejected;
    } else {
      lines += Line(*entry);
    }
  }
  lines += "{\"rejected\":" + std::to_string(rejected) + "}\n";
  BufferWriter writer(json);
  writer.Append(lines);
  return writer.Finish();
}

}  // namespace workbook::before
