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

struct Hit {
  std::string_view path;
  std::int64_t bytes;
};

void AppendNumber(std::int64_t number, BufferWriter& writer) {
  writer.Append(' ');
  writer.Skip(FormatInt(number, writer.Rest()).size);
}

}  // namespace

std::optional<LogRecord> ReadLogLine(std::string_view line) {
  std::array<std::string_view, kParts> parts;
  if (Split(Trim(line), ' ', parts) != FitsOrNeeds(kParts, kParts)) {
    return std::nullopt;
  }
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

BufferResult ReportPaths(std::string_view log, Scratch& scratch,
                         std::span<char> out) {
  const ScratchFrame frame(scratch);
  // Asked without room, Split says how much it needs.
  const std::size_t count = Split(log, '\n', {}).size;
  const auto lines = scratch.AllocateArray<std::string_view>(count);
  Split(log, '\n', lines);
  auto hits = scratch.AllocateArray<Hit>(count);
  std::size_t hit_count = 0;
  std::int64_t rejected = 0;
  for (const std::string_view line : lines) {
    const auto record = ReadLogLine(line);
    if (record) hits[hit_count++] = {record->path, record->bytes};
    if (!record && !Trim(line).empty()) ++rejected;
  }
  hits = hits.first(hit_count);
  std::sort(hits.begin(), hits.end(), [](const Hit& left, const Hit& right) {
    return left.path < right.path;
  });
  BufferWriter writer(out);
  while (!hits.empty()) {
    std::size_t same = 0;
    std::int64_t bytes = 0;
    for (; same < hits.size() && hits[same].path == hits[0].path; ++same) {
      bytes += hits[same].bytes;
    }
    writer.Append(hits[0].path);
    AppendNumber(static_cast<std::int64_t>(same), writer);
    AppendNumber(bytes, writer);
    writer.Append('\n');
    hits = hits.subspan(same);
  }
  writer.Append("rejected");
  AppendNumber(rejected, writer);
  writer.Append('\n');
  return writer.Finish();
}

}  // namespace workbook
