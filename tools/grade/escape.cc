#include "tools/grade/escape.h"

namespace workbook::grade {

std::string Escape(const std::string& text) {
  std::string escaped;
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
        escaped += '\n';
        break;
      default:
        escaped += c >= ' ' && c <= '~' ? c : '?';
    }
  }
  return escaped;
}

std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    plain += (c >= ' ' && c <= '~') || c == '\n' ? c : '?';
  }
  return plain;
}

}  // namespace workbook::grade
