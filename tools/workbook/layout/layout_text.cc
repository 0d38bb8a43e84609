// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/layout_text.h"

#include <algorithm>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "nlohmann/json.hpp"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

int64_t LineOf(const Part& part) {
  return part.offset_bits / 8 / kCacheLineBytes;
}

std::string Bytes(int64_t count) {
  return fmt::format("{} {}", count, count == 1 ? "byte" : "bytes");
}

std::string Rule(int64_t line) {
  return fmt::format("  {:->6} cache line {} {:-<40}\n", "", line, "");
}

const char* KindName(PartKind kind) {
  switch (kind) {
    case PartKind::kField:
      return "field";
    case PartKind::kBitField:
      return "bit-field";
    case PartKind::kBase:
      return "base";
    case PartKind::kVirtualTable:
      return "virtual table";
    case PartKind::kHole:
      return "hole";
    case PartKind::kPadding:
      return "padding";
  }
  return "";
}

std::string Unused(const Record& record) {
  const int64_t bits = UnusedBits(record);
  if (bits == 0 || record.kind == "union") return {};
  std::string amount = Bytes(bits / 8);
  if (bits % 8 != 0) amount += fmt::format(" and {} bits", bits % 8);
  return fmt::format("  unused: {} of {}\n", amount, record.size_bytes);
}

std::string Advice(const Record& record) {
  std::string text = Unused(record);
  for (const Part& part : LineCrossings(record)) {
    text += fmt::format(
        "  {} crosses a border of cache lines, for an object that begins on "
        "one\n",
        PartName(part));
  }
  if (HasDeliberateGaps(record)) {
    text += "  alignas sets fields apart: no order is looked for\n";
  } else if (const auto order = SmallerOrder(record)) {
    text += fmt::format(
        "  in this order it is {} bytes, {} less: {}\n", order->size_bytes,
        record.size_bytes - order->size_bytes, fmt::join(order->fields, ", "));
  }
  return text;
}

Json PartJson(const Part& part) {
  return {{"kind", KindName(part.kind)},
          {"name", part.name},
          {"type", part.type},
          {"offset_bits", part.offset_bits},
          {"size_bits", part.size_bits}};
}

}  // namespace

std::string BytesAndBits(int64_t bits) {
  if (bits % 8 == 0) return std::to_string(bits / 8);
  return fmt::format("{}.{}", bits / 8, bits % 8);
}

std::string PartSize(const Part& part) {
  if (part.size_bits % 8 == 0) return std::to_string(part.size_bits / 8);
  return fmt::format("{} bit", part.size_bits);
}

std::string PartName(const Part& part) {
  switch (part.kind) {
    case PartKind::kBase:
      return "(base)";
    case PartKind::kVirtualTable:
      return "(virtual table)";
    case PartKind::kHole:
      return "[hole]";
    case PartKind::kPadding:
      return "[padding]";
    default:
      return part.name;
  }
}

std::string LayoutText(const Record& record) {
  const int64_t lines =
      (record.size_bytes + kCacheLineBytes - 1) / kCacheLineBytes;
  std::string text =
      fmt::format("{} {}: {}, alignment {}, {} {}\n", record.kind, record.name,
                  Bytes(record.size_bytes), record.alignment_bytes, lines,
                  lines == 1 ? "cache line" : "cache lines");
  if (record.line > 0) {
    text += fmt::format("  {}:{}\n", record.file, record.line);
  }
  const auto parts = WithHoles(record);
  size_t width = 5;
  for (const Part& part : parts) width = std::max(width, PartName(part).size());
  text += fmt::format("  {:>6}  {:>6}  {:<{}}  type\n", "offset", "size",
                      "field", width);
  int64_t line = 0;
  for (const Part& part : parts) {
    if (LineOf(part) > line && part.size_bits > 0) {
      line = LineOf(part);
      text += Rule(line);
    }
    const std::string row = fmt::format(
        "  {:>6}  {:>6}  {:<{}}  {}", BytesAndBits(part.offset_bits),
        PartSize(part), PartName(part), width, part.type);
    text += row.substr(0, row.find_last_not_of(' ') + 1) + '\n';
  }
  return text + Advice(record);
}

std::string LayoutJson(const std::vector<Record>& records) {
  Json types = Json::array();
  for (const Record& record : records) {
    Json parts = Json::array();
    for (const Part& part : WithHoles(record)) parts.push_back(PartJson(part));
    Json smaller;
    if (const auto order = SmallerOrder(record)) {
      smaller = {{"size_bytes", order->size_bytes}, {"fields", order->fields}};
    }
    types.push_back({{"name", record.name},
                     {"kind", record.kind},
                     {"file", record.file},
                     {"line", record.line},
                     {"size_bytes", record.size_bytes},
                     {"alignment_bytes", record.alignment_bytes},
                     {"cache_lines", (record.size_bytes + kCacheLineBytes - 1) /
                                         kCacheLineBytes},
                     {"unused_bits", UnusedBits(record)},
                     {"parts", parts},
                     {"smaller_order", smaller}});
  }
  return Json{{"types", types}}.dump(2);
}

}  // namespace workbook::cli
