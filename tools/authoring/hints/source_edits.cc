// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/hints/source_edits.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "tools/text/text_file.h"

namespace workbook {

std::string Squeezed(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

std::string LineDirective(int line, const std::string& file) {
  return "#line " + std::to_string(line) + " \"" + file + "\"\n";
}

std::string WithEdits(const std::string& name, const std::string& text,
                      std::vector<SourceEdit> edits,
                      std::vector<EditConflict>& conflicts) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const SourceEdit& a, const SourceEdit& b) {
                     return std::pair(a.first, !a.IsInsertion()) <
                            std::pair(b.first, !b.IsInsertion());
                   });
  const auto lines = SplitLines(text);
  std::string edited = LineDirective(1, name);
  int next = 1;
  const auto copy_to = [&](int end) {
    for (; next < end && next <= static_cast<int>(lines.size()); ++next) {
      edited += std::string(lines[static_cast<std::size_t>(next - 1)]) + "\n";
    }
  };
  const SourceEdit* before = nullptr;
  for (const SourceEdit& edit : edits) {
    if (edit.first < next && before != nullptr) {
      // Two hints may show the same lines, but not others for the same place.
      if (Squeezed(edit.piece.text) != Squeezed(before->piece.text)) {
        conflicts.push_back({edit.piece.line, before->piece.line});
      }
      continue;
    }
    before = &edit;
    copy_to(edit.first);
    next = std::max(next, edit.last + 1);
    edited += edit.text + LineDirective(next, name);
  }
  copy_to(static_cast<int>(lines.size()) + 1);
  return edited;
}

}  // namespace workbook
