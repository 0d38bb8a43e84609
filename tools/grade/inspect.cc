#include "tools/grade/inspect.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string_view>

namespace workbook::grade {
namespace {

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Calls `use` with each word that starts like an identifier.
template <typename Use>
void ForEachWord(std::string_view text, const Use& use) {
  for (std::size_t i = 0; i < text.size();) {
    if (!IsWord(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsWord(text[end])) ++end;
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
      use(std::string(text.substr(i, end - i)));
    }
    i = end;
  }
}

const std::set<std::string>& Keywords() {
  static const std::set<std::string> words{
      "alignas",  "alignof",  "auto",      "bool",      "break",     "case",
      "catch",    "char",     "class",     "const",     "constexpr", "continue",
      "decltype", "default",  "delete",    "do",        "double",    "else",
      "enum",     "explicit", "extern",    "false",     "final",     "float",
      "for",      "friend",   "goto",      "if",        "inline",    "int",
      "long",     "mutable",  "namespace", "new",       "noexcept",  "nullptr",
      "operator", "override", "private",   "protected", "public",    "return",
      "short",    "signed",   "sizeof",    "static",    "struct",    "switch",
      "template", "this",     "throw",     "true",      "try",       "typedef",
      "typename", "union",    "unsigned",  "using",     "virtual",   "void",
      "volatile", "while",    "assert",    "testing",   "std"};
  return words;
}

// Words that a solution has no use for: the judge's own.
bool BelongsToTheJudge(const std::string& word) {
  static const std::set<std::string> words{
      "testing",         "AllocationScope", "AllocationCounts",
      "CountAllocation", "CountFree",       "ProbeState",
      "ProbeExtent",     "GTEST_SKIP",      "UnitTest"};
  return words.contains(word) || word.starts_with("EXPECT_") ||
         word.starts_with("ASSERT_") || word.starts_with("GTEST_") ||
         word.starts_with("__asan_") || word.starts_with("__lsan_") ||
         word.starts_with("__ubsan_") || word.starts_with("__tsan_") ||
         word.starts_with("__sanitizer_") || word.starts_with("__msan_");
}

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

struct Symbol {
  char type = '?';
  std::string name;
};

std::vector<Symbol> ReadSymbols(const std::string& nm_output) {
  std::vector<Symbol> symbols;
  std::istringstream lines(nm_output);
  std::string line;
  while (std::getline(lines, line)) {
    // "0000000000000000 T name" or "                 U name"
    if (line.size() < 20) continue;
    symbols.push_back({line[17], line.substr(19)});
  }
  return symbols;
}

bool IsDefined(const Symbol& symbol) {
  return std::string_view("TDBRVWiuGS").find(symbol.type) !=
         std::string_view::npos;
}

bool IsAllocationFunction(const std::string& name) {
  return name.starts_with("_Znw") || name.starts_with("_Zna") ||
         name.starts_with("_Zdl") || name.starts_with("_Zda");
}

bool NamesTheJudge(const std::string& name) {
  static constexpr std::array kParts{"7testing",
                                     "9benchmark",
                                     "8workbook15AllocationScope",
                                     "8workbook15CountAllocation",
                                     "8workbook9CountFree",
                                     "8workbook10ProbeState",
                                     "8workbook5grade"};
  return std::any_of(kParts.begin(), kParts.end(), [&name](const char* part) {
    return name.find(part) != std::string::npos;
  });
}

std::string RefuseDefinition(const Symbol& symbol) {
  const std::string& name = symbol.name;
  if (symbol.type == 'i') return "an indirect function: " + name;
  if (!name.starts_with("_Z")) {
    if (name.starts_with("DW.ref.") || name.starts_with("__gnu_")) return "";
    return "it defines " + name + " outside C++";
  }
  if (IsAllocationFunction(name)) return "it replaces operator new or delete";
  if (name.starts_with("_ZN10__cxxabiv1")) return "it replaces " + name;
  const bool in_std = name.starts_with("_ZSt") || name.starts_with("_ZNSt") ||
                      name.starts_with("_ZNKSt");
  // Templates of std are weak wherever they are used.
  if (in_std && symbol.type == 'T') return "it defines " + name + " in std";
  return "";
}

bool PassesByTheMeasure(const std::string& symbol) {
  static const std::set<std::string> calls{
      "mmap",          "mmap64",        "sbrk",         "brk",
      "syscall",       "dlsym",         "dlopen",       "fork",
      "vfork",         "clone",         "execve",       "execv",
      "execvp",        "system",        "popen",        "ptrace",
      "_exit",         "quick_exit",    "_Exit",        "exit",
      "__libc_malloc", "__libc_free",   "memfd_create", "shm_open",
      "setitimer",     "alarm",         "sigaction",    "signal",
      "atexit",        "socket",        "connect",      "getenv",
      "secure_getenv", "environ",       "open",         "open64",
      "fopen",         "fopen64",       "opendir",      "readlink",
      "longjmp",       "__longjmp_chk", "siglongjmp"};
  return calls.contains(symbol.substr(0, symbol.find('@')));
}

// What a linemarker of -E says: `# 12 "/student/01_02/pool.h" 1`.
std::string MarkedFile(const std::string& line) {
  const std::size_t start = line.find('"');
  const std::size_t end = line.rfind('"');
  if (start == std::string::npos || end <= start) return "";
  return line.substr(start + 1, end - start - 1);
}

std::string RefusePragma(const std::string& line) {
  static constexpr std::array kForbidden{
      "poison", "push_macro",    "pop_macro", "redefine_extname",
      "weak",   "system_header", "dependency"};
  for (const char* word : kForbidden) {
    if (line.find(word) != std::string::npos) {
      return std::string("#pragma ") + word + " in a header";
    }
  }
  return "";
}

}  // namespace

std::set<std::string> Words(const std::string& source) {
  std::set<std::string> words;
  ForEachWord(source,
              [&words](std::string word) { words.insert(std::move(word)); });
  return words;
}

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

Findings InspectPreprocessed(const std::string& preprocessed,
                             const std::string& student_folder,
                             const std::string& test_source) {
  Findings findings;
  const std::set<std::string> test_words = Words(test_source);
  std::set<std::string> trusted_macros;
  bool of_student = false;
  std::istringstream lines(preprocessed);
  std::string line;
  while (std::getline(lines, line) && findings.rejected.empty()) {
    if (line.starts_with("# ")) {
      of_student = MarkedFile(line).starts_with(student_folder);
      continue;
    }
    const bool defines = line.starts_with("#define ");
    if (defines || line.starts_with("#undef ")) {
      const std::size_t start = line.find(' ') + 1;
      std::size_t end = start;
      while (end < line.size() && IsWord(line[end])) ++end;
      const std::string macro = line.substr(start, end - start);
      if (!of_student) {
        trusted_macros.insert(macro);
      } else if (Keywords().contains(macro) || trusted_macros.contains(macro) ||
                 test_words.contains(macro) || BelongsToTheJudge(macro)) {
        findings.rejected = "a header defines or undefines the macro " + macro +
                            ", which changes the test";
      }
      continue;
    }
    if (!of_student) continue;
    if (line.starts_with("#pragma")) {
      findings.rejected = RefusePragma(line);
      continue;
    }
    ForEachWord(line, [&findings](const std::string& word) {
      if (BelongsToTheJudge(word)) {
        findings.rejected = "a header uses " + word + ", which is the judge's";
      }
    });
  }
  return findings;
}

Findings InspectObject(const std::string& nm_output) {
  Findings findings;
  for (const Symbol& symbol : ReadSymbols(nm_output)) {
    if (NamesTheJudge(symbol.name)) {
      findings.rejected = "it uses or defines the judge's " + symbol.name;
    }
    if (IsDefined(symbol)) {
      const std::string why = RefuseDefinition(symbol);
      if (!why.empty()) findings.rejected = why;
    } else if (symbol.type == 'U' && PassesByTheMeasure(symbol.name)) {
      findings.flags.push_back("calls " + symbol.name);
    }
  }
  return findings;
}

Findings InspectTestObject(const std::string& nm_output) {
  Findings findings;
  for (const Symbol& symbol : ReadSymbols(nm_output)) {
    if (!IsDefined(symbol) || NamesTheJudge(symbol.name)) continue;
    const std::string why = RefuseDefinition(symbol);
    if (!why.empty()) findings.rejected = "a header: " + why;
  }
  return findings;
}

}  // namespace workbook::grade
