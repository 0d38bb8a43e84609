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

// "OneAndAHalf" of "struct OneAndAHalf {"; "" for what opens no class.
std::string ClassOpenedBy(std::string_view line) {
  for (const std::string_view word : {"struct ", "class "}) {
    if (!line.starts_with(word) || line.ends_with(';')) continue;
    line.remove_prefix(word.size());
    size_t end = 0;
    while (end < line.size() && IsWord(line[end])) ++end;
    return std::string(line.substr(0, end));
  }
  return {};
}

// The class of the outermost level in which line `i` lies; "" outside of all.
std::string ClassAround(const std::vector<std::string_view>& lines, size_t i) {
  while (i > 0) {
    --i;
    if (lines[i].starts_with("};")) return {};
    if (std::string name = ClassOpenedBy(lines[i]); !name.empty()) return name;
  }
  return {};
}

struct Declaration {
  size_t line = 0;
  std::string in_class;
};

std::vector<Declaration> DeclarationsOf(
    const std::vector<std::string_view>& lines, const std::string& name) {
  std::vector<Declaration> found;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!Declares(lines[i], name) || FirstSentence(lines, i).empty()) continue;
    found.push_back({i, ClassAround(lines, i)});
  }
  return found;
}

// The declaration that is meant; nullptr where that is not to be known.
const Declaration* Meant(const std::vector<Declaration>& declarations,
                         std::string_view sentence, std::string_view subject) {
  if (declarations.empty()) return nullptr;
  const Declaration* meant = nullptr;
  bool several = false;
  for (const Declaration& each : declarations) {
    several = several || each.in_class != declarations.front().in_class;
    if (each.in_class.empty()) continue;
    const bool named =
        sentence.find(each.in_class + "::") != std::string_view::npos ||
        subject.find(each.in_class) != std::string_view::npos;
    // The longest name: "Pool" is in "PoolAllocator", too.
    if (named &&
        (meant == nullptr || each.in_class.size() > meant->in_class.size())) {
      meant = &each;
    }
  }
  if (meant != nullptr) return meant;
  return several ? nullptr : &declarations.front();
}

// "NextCapacity" of a line that declares it; "" of any other.
std::string DeclaredName(std::string_view line) {
  const size_t bracket = line.find('(');
  if (IsComment(line) || bracket == std::string_view::npos) return {};
  size_t begin = bracket;
  while (begin > 0 && IsWord(line[begin - 1])) --begin;
  return std::string(line.substr(begin, bracket - begin));
}

// The only function with a contract in the class that `subject` names: a test
// of "GoBefore118GrowsAsPublished" is about it, whatever its sentence says.
std::optional<ContractLine> OnlyFunctionOfClass(
    const std::vector<std::string_view>& lines, std::string_view subject) {
  std::string named;
  for (const std::string_view line : lines) {
    const std::string name = ClassOpenedBy(line);
    if (name.size() > named.size() &&
        subject.find(name) != std::string_view::npos) {
      named = name;
    }
  }
  if (named.empty()) return std::nullopt;
  std::optional<ContractLine> only;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string name = DeclaredName(lines[i]);
    if (name.empty() || ClassAround(lines, i) != named) continue;
    std::string text = FirstSentence(lines, i);
    if (text.empty()) continue;
    if (only) return std::nullopt;
    only = ContractLine{.function = name,
                        .line = static_cast<int>(i) + 1,
                        .text = std::move(text)};
  }
  return only;
}

}  // namespace

std::optional<ContractLine> FindContract(std::string_view header,
                                         std::string_view sentence,
                                         std::string_view subject) {
  const auto lines = SplitLines(header);
  std::optional<ContractLine> found;
  // The last name of "FixedSizePool::Allocate" is the function.
  for (const std::string& name : Names(sentence)) {
    const auto declarations = DeclarationsOf(lines, name);
    const Declaration* const meant = Meant(declarations, sentence, subject);
    if (meant == nullptr) continue;
    const bool scope = sentence.find(name + "::") != std::string_view::npos;
    if (!found || !scope) {
      found = ContractLine{.function = name,
                           .line = static_cast<int>(meant->line) + 1,
                           .text = FirstSentence(lines, meant->line)};
    }
    if (!scope) return found;
  }
  return found ? found : OnlyFunctionOfClass(lines, subject);
}

int FindPageSection(std::string_view page, int task) {
  return LineThatStartsWith(page, fmt::format("## {}. ", task));
}

}  // namespace workbook::cli
