// SPDX-License-Identifier: Apache-2.0

// Figures and tables for pages.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tools/authoring/page/markdown.h"
#include "tools/authoring/page/source.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Json = nlohmann::json;

constexpr double kMaxExact = 1e15;

SourceText Refuse(std::string what, std::string fix) {
  return {false, {}, std::move(what), std::move(fix)};
}

std::string WithCommas(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string TextOf(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>()
                                                     : "";
}

// The row `name` of the case: its implementation, or "role:implementation".
// The learner's own row is meant by its role only.
const Json* FindRow(const Json& cases, const std::string& case_name,
                    const std::string& name) {
  for (const Json& one : cases) {
    if (!one.is_object() || TextOf(one, "case") != case_name) continue;
    const auto rows = one.find("rows");
    if (rows == one.end()) return nullptr;
    for (const Json& row : *rows) {
      if (!row.is_object()) continue;
      const std::string role = TextOf(row, "role");
      const std::string implementation = TextOf(row, "implementation");
      if (role + ":" + implementation == name ||
          (implementation == name && role != "yours")) {
        return &row;
      }
    }
  }
  return nullptr;
}

const Json* FindField(const Json& row, const std::string& field) {
  const std::size_t dot = field.find('.');
  const auto found = row.find(field.substr(0, dot));
  if (found == row.end()) return nullptr;
  if (dot == field.npos) return &*found;
  return found->is_object() ? FindField(*found, field.substr(dot + 1))
                            : nullptr;
}

}  // namespace

std::string FigureText(double value) {
  if (std::abs(value) < kMaxExact && value == std::floor(value)) {
    return WithCommas(fmt::format("{:.0f}", value));
  }
  const int magnitude =
      static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double unit = std::pow(10, magnitude - 1);
  const double rounded = std::round(value / unit) * unit;
  if (magnitude >= 1) return WithCommas(fmt::format("{:.0f}", rounded));
  return fmt::format("{:.{}f}", rounded, 1 - magnitude);
}

SourceText ReadFigure(const std::filesystem::path& root,
                      std::string_view source) {
  const std::size_t first = source.find('#');
  const std::size_t second =
      first == source.npos ? first : source.find('#', first + 1);
  if (second == source.npos || !source.substr(0, first).ends_with(".json")) {
    return Refuse(
        "includes `" + std::string(source) + "`, which is no figure",
        "write `docs/benchmarks/NN_MM.json#CASE/IMPLEMENTATION#FIELD`");
  }
  const std::string file(source.substr(0, first));
  const std::string row_name(source.substr(first + 1, second - first - 1));
  const std::string field(source.substr(second + 1));
  const auto text = ReadTextFile(root / file);
  if (!text)
    return Refuse(file + " can't be read", "measure, or correct the path");
  const Json json = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  const auto cases = json.is_object() ? json.find("cases") : json.end();
  if (cases == json.end() || !cases->is_array()) {
    return Refuse(file + " is no file of figures: it has no cases",
                  "let the command that writes it write it again");
  }
  const std::size_t slash = row_name.rfind('/');
  const Json* const row = slash == row_name.npos
                              ? nullptr
                              : FindRow(*cases, row_name.substr(0, slash),
                                        row_name.substr(slash + 1));
  if (row == nullptr) {
    return Refuse(file + " has no row " + row_name,
                  "write CASE/IMPLEMENTATION as the file has them");
  }
  const Json* const value = FindField(*row, field);
  if (value == nullptr || !value->is_number()) {
    return Refuse(
        "the row " + row_name + " of " + file + " has no number " + field,
        "name one of its fields, as ns_per_op or allocs_per_op");
  }
  return {true, FigureText(value->get<double>()), {}, {}};
}

SourceText ReadTable(const std::filesystem::path& root,
                     std::string_view source) {
  const std::size_t hash = source.find('#');
  const std::string file(source.substr(0, hash));
  if (hash == source.npos || !file.ends_with(".md")) {
    return Refuse("includes `" + std::string(source) + "`, which is no table",
                  "write `docs/benchmarks/NN_MM.md#HEADING`");
  }
  const std::string heading(source.substr(hash + 1));
  const auto text = ReadTextFile(root / file);
  if (!text)
    return Refuse(file + " can't be read", "measure, or correct the path");
  bool is_under = false;
  SourceText table{true, {}, {}, {}};
  for (const MarkdownLine& line : ReadMarkdown(*text)) {
    if (line.kind == LineKind::kHeading) {
      if (!table.text.empty()) break;
      const std::size_t level = line.text.find_first_not_of('#');
      is_under =
          TrimSpace(std::string_view(line.text).substr(level)) == heading;
    } else if (is_under && line.text.starts_with('|')) {
      table.text += line.text + "\n";
    } else if (!table.text.empty()) {
      break;
    }
  }
  if (table.text.empty()) {
    return Refuse(file + " has no table under the heading " + heading,
                  "write the heading as the file has it");
  }
  return table;
}

}  // namespace workbook
