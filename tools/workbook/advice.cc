// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/advice.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Every name of `sentence` in order; the test decides whether one is declared.
std::vector<std::string> Names(std::string_view sentence) {
  std::vector<std::string> names;
  for (size_t i = 0; i < sentence.size();) {
    size_t end = i;
    while (end < sentence.size() && IsWord(sentence[end])) ++end;
    // One letter and numbers are no functions.
    if (end - i > 1 && std::isupper(static_cast<unsigned char>(sentence[i]))) {
      names.emplace_back(sentence.substr(i, end - i));
    }
    i = end == i ? i + 1 : end;
  }
  return names;
}

bool IsComment(std::string_view line) {
  return TrimSpace(line).starts_with("//");
}

bool Declares(std::string_view line, const std::string& name) {
  if (IsComment(line)) return false;
  const size_t at = line.find(name + "(");
  return at != std::string_view::npos && (at == 0 || !IsWord(line[at - 1])) &&
         (at == 0 || (line[at - 1] != '.' && line[at - 1] != '~'));
}

// The comment that ends above line `i`, up to its first full stop.
std::string FirstSentence(const std::vector<std::string_view>& lines,
                          size_t i) {
  size_t begin = i;
  // A return type or a template head of its own line lies between.
  while (begin > 0 && !IsComment(lines[begin - 1]) &&
         !TrimSpace(lines[begin - 1]).empty() && i - begin < 2) {
    --begin;
  }
  const size_t end = begin;
  while (begin > 0 && IsComment(lines[begin - 1])) --begin;
  std::string text;
  for (; begin < end; ++begin) {
    std::string_view line = TrimSpace(lines[begin]);
    line.remove_prefix(std::min(line.size(), size_t{2}));
    line = TrimSpace(line);
    if (!text.empty()) text += ' ';
    text += line;
    if (const size_t stop = text.find(". "); stop != std::string::npos) {
      text.resize(stop + 1);
      break;
    }
    if (line.ends_with('.')) break;
  }
  return text;
}

}  // namespace

std::optional<ContractLine> FindContract(std::string_view header,
                                         std::string_view sentence) {
  const auto lines = SplitLines(header);
  std::optional<ContractLine> found;
  // The last name of "FixedSizePool::Allocate" is the function.
  for (const std::string& name : Names(sentence)) {
    for (size_t i = 0; i < lines.size(); ++i) {
      if (!Declares(lines[i], name)) continue;
      std::string text = FirstSentence(lines, i);
      if (text.empty()) continue;
      const bool scope = sentence.find(name + "::") != std::string_view::npos;
      if (!found || !scope) {
        found = ContractLine{.function = name,
                             .line = static_cast<int>(i) + 1,
                             .text = std::move(text)};
      }
      if (!scope) return found;
      break;
    }
  }
  return found;
}

int FindPageSection(std::string_view page, int task) {
  return LineThatStartsWith(page, fmt::format("## {}. ", task));
}

}  // namespace workbook::cli
