// SPDX-License-Identifier: Apache-2.0

#include <cctype>
#include <set>

#include "tools/grade/inspect.h"
#include "tools/grade/tokens.h"
#include "tools/grade/words.h"

namespace workbook::grade {
namespace {

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

bool IsAssembler(const std::string& word) {
  return word == "asm" || word == "__asm__" || word == "__asm";
}

std::set<std::string> Names(const std::string& source) {
  std::set<std::string> names;
  ForEachToken(source, [&names](const Token& token) {
    if (token.kind == TokenKind::kName) names.insert(token.text);
  });
  return names;
}

// What a linemarker of -E says: `12 "/student/01_02/pool.h" 1`.
std::string MarkedFile(const std::string& line) {
  const std::size_t start = line.find('"');
  const std::size_t end = line.rfind('"');
  if (start == std::string::npos || end <= start) return "";
  return line.substr(start + 1, end - start - 1);
}

bool IsMarker(const Token& token) {
  return token.kind == TokenKind::kDirective && !token.text.empty() &&
         std::isdigit(static_cast<unsigned char>(token.text[0])) != 0;
}

// What stands behind `#define` or `#undef`; empty for another directive.
std::string ChangedMacro(const std::string& line) {
  if (!line.starts_with("define ") && !line.starts_with("undef ")) return "";
  const std::size_t start = line.find(' ') + 1;
  std::size_t end = start;
  while (end < line.size() && IsWord(line[end])) ++end;
  return line.substr(start, end - start);
}

// Reads the text of `g++ -E` file by file, up to the first fault.
class Reader {
 public:
  explicit Reader(const std::string& student_folder)
      : student_folder_(student_folder) {}
  virtual ~Reader() = default;

  Findings Read(const std::string& preprocessed) {
    ForEachToken(preprocessed, [this](const Token& token) {
      if (!findings_.rejected.empty()) return;
      if (IsMarker(token)) {
        findings_.file = MarkedFile(token.text);
      } else if (token.kind == TokenKind::kDirective) {
        OnDirective(token.text);
      } else if (token.kind == TokenKind::kName && !token.in_directive &&
                 IsOfStudent()) {
        OnStudentsName(token.text);
      }
    });
    if (findings_.rejected.empty()) findings_.file.clear();
    return findings_;
  }

 protected:
  bool IsOfStudent() const {
    return findings_.file.starts_with(student_folder_);
  }
  void Reject(const std::string& why) { findings_.rejected = why; }

 private:
  virtual void OnDirective(const std::string& line) = 0;
  virtual void OnStudentsName(const std::string& name) = 0;

  const std::string& student_folder_;
  Findings findings_;
};

class HeaderReader : public Reader {
 public:
  HeaderReader(const std::string& student_folder,
               const std::string& test_source)
      : Reader(student_folder), test_names_(Names(test_source)) {}

 private:
  // Pragmas are looked for in the source, where none is lost.
  void OnDirective(const std::string& line) override {
    const std::string macro = ChangedMacro(line);
    if (macro.empty()) return;
    if (!IsOfStudent()) {
      trusted_macros_.insert(macro);
    } else if (Keywords().contains(macro) || trusted_macros_.contains(macro) ||
               test_names_.contains(macro) || BelongsToTheJudge(macro)) {
      Reject("a header defines or undefines the macro " + macro +
             ", which changes the test");
    }
  }

  void OnStudentsName(const std::string& name) override {
    if (IsAssembler(name)) Reject("assembler is not accepted");
    if (BelongsToTheJudge(name)) {
      Reject("a header uses " + name + ", which is the judge's");
    }
  }

  const std::set<std::string> test_names_;
  std::set<std::string> trusted_macros_;
};

class CompiledReader : public Reader {
 public:
  using Reader::Reader;

 private:
  void OnDirective(const std::string& line) override {
    if (!IsOfStudent() || !line.starts_with("pragma")) return;
    const std::string why = RefusePragma(line);
    if (!why.empty()) Reject(why);
  }

  void OnStudentsName(const std::string& name) override {
    if (IsAssembler(name)) Reject("assembler is not accepted");
  }
};

}  // namespace

Findings InspectPreprocessed(const std::string& preprocessed,
                             const std::string& student_folder,
                             const std::string& test_source) {
  return HeaderReader(student_folder, test_source).Read(preprocessed);
}

Findings InspectCompiled(const std::string& preprocessed,
                         const std::string& student_folder) {
  return CompiledReader(student_folder).Read(preprocessed);
}

}  // namespace workbook::grade
