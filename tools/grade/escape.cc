#include "tools/grade/escape.h"

#include "tools/text/escape.h"

namespace workbook::grade {

std::string Escape(const std::string& text) { return EscapeHtml(Plain(text)); }

std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    plain += (c >= ' ' && c <= '~') || c == '\n' ? c : '?';
  }
  return plain;
}

}  // namespace workbook::grade
