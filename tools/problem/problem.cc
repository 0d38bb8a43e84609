// SPDX-License-Identifier: Apache-2.0

#include "tools/problem/problem.h"

namespace workbook {

std::string Problem::Text() const {
  std::string text = where + ": " + what;
  if (!next.empty()) text += ". Fix: " + next;
  if (!text.ends_with('.') && !text.ends_with('?')) text += '.';
  return text;
}

std::string Problem::Paragraph() const {
  return what + "\n    where: " + where + "\n    next:  " + next;
}

Problem ProblemIn(const std::string& file, int line, const std::string& field,
                  const std::string& what, const std::string& next) {
  return {.what = field.empty() ? what : field + " " + what,
          .where = line > 0 ? file + ":" + std::to_string(line) : file,
          .next = next};
}

}  // namespace workbook
