// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/type_definitions.h"

#include <regex>

#include "tools/text/text_file.h"

namespace workbook::cli {

std::vector<int> DefinitionLines(std::string_view text,
                                 const std::string& name) {
  const std::regex definition(
      "^\\s*(?:template\\s*<.*>\\s*)?(?:struct|class|union)\\s+"
      "(?:alignas\\([^)]*\\)\\s*|\\[\\[[^\\]]*\\]\\]\\s*)*" +
      (name.empty() ? std::string("[A-Za-z_]\\w*") : name) + "\\b.*");
  std::vector<int> numbers;
  int number = 0;
  for (const std::string_view view : SplitLines(text)) {
    ++number;
    const std::string line(TrimSpace(view));
    const bool declared =
        line.ends_with(';') && line.find('{') == std::string::npos;
    if (!declared && std::regex_match(line, definition)) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

bool DefinesAlias(std::string_view text, const std::string& name) {
  const std::string start = "using " + name;
  for (std::string_view line : SplitLines(text)) {
    line = TrimSpace(line);
    if (!line.starts_with(start)) continue;
    if (TrimSpace(line.substr(start.size())).starts_with('=')) return true;
  }
  return false;
}

std::map<int, std::string> DefinedNames(std::string_view text) {
  static const std::regex kName(
      "(?:struct|class|union)\\s+(?:alignas\\([^)]*\\)\\s*|\\[\\[[^\\]]*\\]\\]"
      "\\s*)*([A-Za-z_]\\w*)");
  const auto lines = SplitLines(text);
  std::map<int, std::string> names;
  for (const int number : DefinitionLines(text, "")) {
    std::string line(lines[static_cast<size_t>(number - 1)]);
    // The parameters of a template hold "class" too.
    if (TrimSpace(line).starts_with("template")) {
      line.erase(0, line.find('>') + 1);
    }
    std::smatch match;
    if (std::regex_search(line, match, kName)) {
      names[number] = match[1].str();
    }
  }
  return names;
}

std::vector<std::string> TemplatesIn(std::string_view text) {
  const auto lines = SplitLines(text);
  std::vector<std::string> names;
  for (const auto& [number, name] : DefinedNames(text)) {
    const auto at = static_cast<size_t>(number - 1);
    const auto is_template = [](std::string_view line) {
      line = TrimSpace(line);
      return line.starts_with("template") && !line.starts_with("template <>");
    };
    if (is_template(lines[at]) || (at > 0 && is_template(lines[at - 1]))) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace workbook::cli
