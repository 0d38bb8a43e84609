// SPDX-License-Identifier: Apache-2.0

#include "tools/text/escape.h"

namespace workbook {

std::string EscapeHtml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\n':
      case '\t':
        escaped += c;
        break;
      default:
        escaped += c >= ' ' && c <= '~' ? c : '?';
    }
  }
  return escaped;
}

std::string PlainText(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    plain += (c >= ' ' && c <= '~') || c == '\n' ? c : '?';
  }
  return plain;
}

std::string CsvCell(std::string_view text) {
  std::string cell = "\"";
  if (!text.empty() &&
      std::string_view("=+-@").find(text.front()) != std::string_view::npos) {
    cell += '\'';
  }
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c >= ' ' && c <= '~' ? c : '?';
  }
  return cell + '"';
}

}  // namespace workbook
