// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/canvas.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>

namespace workbook::grade {
namespace {

// Rows of cells; quotes as in RFC 4180.
bool ParseCsv(const std::string& text,
              std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> row{""};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(row);
      row = {""};
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row[0].empty()) rows.push_back(row);
  return !quoted;
}

std::string Cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text)
    cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + '"';
}

std::size_t Column(const std::vector<std::string>& header,
                   const std::string& name) {
  return static_cast<std::size_t>(
      std::find(header.begin(), header.end(), name) - header.begin());
}

}  // namespace

CanvasResult CanvasCsv(const std::string& canvas_export,
                       const std::string& assignment,
                       const std::vector<StudentMark>& marks) {
  CanvasResult canvas;
  std::vector<std::vector<std::string>> rows;
  std::string text = canvas_export;
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (!ParseCsv(text, rows) || rows.empty()) {
    canvas.error = "the export is empty, or a quote in it never ends";
    return canvas;
  }
  std::vector<std::string> header = rows[0];
  const std::size_t section = Column(header, "Section");
  if (header[0] != "Student" || section == header.size()) {
    canvas.error =
        "line 1 of the export must begin with Student and hold Section";
    return canvas;
  }
  std::map<std::string, const StudentMark*> by_name;
  for (const StudentMark& mark : marks) {
    by_name[mark.student] = &mark;
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::string>& row = rows[r];
    if (row.size() != header.size()) {
      canvas.error = fmt::format("line {} of the export has {} cells, not {}",
                                 r + 1, row.size(), header.size());
      return canvas;
    }
    const std::size_t target = Column(header, assignment);
    std::string value = target < row.size() ? row[target] : "";
    row.resize(section + 1);
    const bool points_row = row[0].find("Points Possible") != std::string::npos;
    if (r == 0) {
      value = assignment;
    } else if (points_row) {
      if (!marks.empty()) {
        value = fmt::format("{:.2f}", marks[0].max_points);
      }
    } else {
      const StudentMark* found = nullptr;
      for (const char* id : {"ID", "SIS User ID", "SIS Login ID"}) {
        const std::size_t column = Column(header, id);
        if (column > section || row[column].empty()) continue;
        const auto named = by_name.find(row[column]);
        if (found == nullptr && named != by_name.end()) found = named->second;
      }
      if (found == nullptr) {
        canvas.unmatched.push_back(row[0]);
      } else if (found->is_marked) {
        value = fmt::format("{:.2f}", found->points);
      }
    }
    row.push_back(value);
    for (std::size_t c = 0; c < row.size(); ++c) {
      canvas.csv += (c == 0 ? "" : ",") + Cell(row[c]);
    }
    canvas.csv += '\n';
  }
  return canvas;
}

}  // namespace workbook::grade
