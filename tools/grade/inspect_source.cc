#include <array>
#include <cctype>
#include <set>
#include <sstream>

#include "tools/grade/inspect.h"
#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

// Lines joined where a backslash ends one, and comments as one blank, so that
// neither hides a directive.
std::string Splice(const std::string& text) {
  std::string whole;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t next =
        text[i] == '\\' ? text.find_first_not_of(" \t\r", i + 1) : i;
    if (next != i && next != std::string::npos && text[next] == '\n') {
      i = next;
    } else {
      whole += text[i];
    }
  }
  std::string spliced;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole.compare(i, 2, "/*") == 0) {
      const std::size_t end = whole.find("*/", i + 2);
      if (end == std::string::npos) break;
      spliced += ' ';
      i = end + 1;
    } else {
      spliced += whole[i];
    }
  }
  return spliced;
}

// Pragmas that change what another file's words mean, or hide a warning about
// it. `text` is the pragma, or all of a file that builds pragmas of strings.
std::string RefusePragma(const std::string& text) {
  static constexpr std::array kForbidden{
      "poison", "push_macro",    "pop_macro",  "redefine_extname",
      "weak",   "system_header", "dependency", "include_alias"};
  const std::set<std::string> words = Words(text);
  for (const char* word : kForbidden) {
    if (words.contains(word)) {
      return std::string("#pragma ") + word + " is not accepted";
    }
  }
  return "";
}

}  // namespace

Findings InspectSource(const std::string& name, const std::string& text) {
  Findings findings;
  std::istringstream lines(Splice(text));
  std::string line;
  while (std::getline(lines, line)) {
    std::size_t i = line.find_first_not_of(" \t\v\f");
    if (i == std::string::npos) continue;
    const bool digraph = line.compare(i, 2, "%:") == 0;
    if (line[i] != '#' && !digraph) continue;
    i = line.find_first_not_of(" \t\v\f", i + (digraph ? 2 : 1));
    if (i == std::string::npos) continue;
    const std::string directive = line.substr(i);
    if (directive.starts_with("pragma")) {
      const std::string why = RefusePragma(directive);
      if (!why.empty()) findings.rejected = name + ": " + why;
    }
    if (directive.starts_with("line") ||
        std::isdigit(static_cast<unsigned char>(directive[0])) != 0) {
      findings.rejected = name + ": #line hides where text comes from";
    }
    if (directive.starts_with("include") &&
        (directive.find("..") != std::string::npos ||
         directive.find("\"/") != std::string::npos ||
         directive.find("</") != std::string::npos)) {
      findings.rejected = name + ": includes a path outside the exercise";
    }
  }
  const std::set<std::string> words = Words(text);
  if (words.contains("_Pragma") || words.contains("__pragma")) {
    const std::string why = RefusePragma(text);
    if (!why.empty()) findings.rejected = name + ": " + why;
  }
  for (const char* word : {"asm", "__asm__", "__asm", "incbin"}) {
    if (words.contains(word)) {
      findings.rejected = name + ": assembler is not accepted";
    }
  }
  for (const char* word : {"constructor", "init_priority", "ifunc",
                           "preinit_array", "init_array", "section"}) {
    if (words.contains(word)) {
      findings.flags.push_back(name + " mentions " + word);
    }
  }
  if (words.contains("preinit_array") || words.contains("init_array") ||
      words.contains("ifunc")) {
    findings.rejected = name + ": code that runs before main is not accepted";
  }
  if (text.find("\"/proc") != std::string::npos) {
    findings.flags.push_back(name + " mentions /proc");
  }
  return findings;
}

}  // namespace workbook::grade
