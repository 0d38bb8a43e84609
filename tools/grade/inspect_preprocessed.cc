// SPDX-License-Identifier: Apache-2.0

#include <cctype>
#include <set>
#include <vector>

#include "tools/grade/header_rules.h"
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
      "testing",   "AllocationScope", "AllocationCounts", "CountAllocation",
      "CountFree", "ProbeState",      "ProbeExtent",      "GTEST_SKIP",
      "UnitTest",  "probe_attention"};
  return words.contains(word) || word.starts_with("EXPECT_") ||
         word.starts_with("ASSERT_") || word.starts_with("GTEST_") ||
         word.starts_with("__asan_") || word.starts_with("__lsan_") ||
         word.starts_with("__ubsan_") || word.starts_with("__tsan_") ||
         word.starts_with("__sanitizer_") || word.starts_with("__msan_");
}

// What exercises whose files count allocations are given.
bool IsOfTheProbe(const std::string& word) {
  return word == "AllocationScope" || word == "AllocationCounts" ||
         word == "ProbeExtent";
}

bool IsAssembler(const std::string& word) {
  return word == "asm" || word == "__asm__" || word == "__asm";
}

// Names that reach around the language: of the C++ runtime's own parts, and of
// who calls, from where.
bool ReachesAround(const std::string& word) {
  static const std::set<std::string> words{"__builtin_return_address",
                                           "__builtin_frame_address",
                                           "__builtin_extract_return_addr",
                                           "__builtin_eh_return",
                                           "__builtin_unwind_init",
                                           "__builtin_longjmp",
                                           "__builtin_setjmp",
                                           "__builtin_apply",
                                           "__builtin_apply_args",
                                           "__builtin_return",
                                           "__builtin_LINE",
                                           "__builtin_FILE",
                                           "__builtin_FUNCTION",
                                           "source_location",
                                           "__ostream_insert"};
  return words.contains(word) || word.starts_with("__libc_") ||
         word.starts_with("__cxa_") || word.starts_with("_dl_") ||
         (word.starts_with("__") && word.ends_with("_type_info"));
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
        OnFile();
      } else if (token.kind == TokenKind::kDirective) {
        OnDirective(token.text);
      } else if (!token.in_directive && IsOfStudent()) {
        if (token.kind == TokenKind::kName) Look(token.text);
        OnStudentsToken(token);
      }
    });
    if (findings_.rejected.empty()) Finish();
    if (findings_.rejected.empty()) findings_.file.clear();
    return findings_;
  }

 protected:
  bool IsOfStudent() const {
    return findings_.file.starts_with(student_folder_);
  }
  void Reject(const std::string& why) { findings_.rejected = why; }
  // At the file that the text was last of.
  void RejectIn(const std::string& file, const std::string& why) {
    findings_.file = file;
    Reject(why);
  }
  void SetMistake() { findings_.is_mistake = true; }
  void Flag(const std::string& flag) {
    if (seen_.insert(flag).second) findings_.flags.push_back(flag);
  }
  const std::string& file() const { return findings_.file; }

 private:
  virtual void OnFile() {}
  virtual void OnDirective(const std::string& line) = 0;
  virtual void OnStudentsToken(const Token& token) = 0;
  virtual void Finish() {}

  void Look(const std::string& name) {
    if (IsAssembler(name)) Reject("assembler is not accepted");
    if (ReachesAround(name)) {
      Flag(file().substr(file().rfind('/') + 1) + " mentions " + name);
    }
  }

  const std::string& student_folder_;
  Findings findings_;
  std::set<std::string> seen_;
};

class HeaderReader : public Reader {
 public:
  HeaderReader(const std::string& student_folder,
               const std::set<std::string>& may_count)
      : Reader(student_folder), may_count_(may_count) {}

 private:
  // A library's header that a brace is open around would be another one. Where
  // the headers end, the file is the judge's own list of them.
  void OnFile() override {
    if (IsOfStudent()) {
      last_ = file();
    } else if (depth_ > 0 && file().starts_with("/judge/")) {
      RejectIn(last_, "it leaves a brace open");
      SetMistake();
    } else if (depth_ > 0) {
      const std::string library = file();
      RejectIn(last_, "a header includes " + library + " inside of braces");
    }
  }

  void OnDirective(const std::string& line) override {
    if (!IsOfStudent()) return;
    if (line.starts_with("pragma")) {
      const std::string why = RefusePragma(line);
      if (!why.empty()) Reject(why);
    }
    const std::string macro = ChangedMacro(line);
    if (macro.empty()) return;
    if (Keywords().contains(macro) || BelongsToTheJudge(macro)) {
      Reject("a header defines or undefines the macro " + macro +
             ", which changes the test");
    }
  }

  void OnStudentsToken(const Token& token) override {
    if (token.kind == TokenKind::kName && BelongsToTheJudge(token.text) &&
        !(IsOfTheProbe(token.text) && may_count_.contains(file()))) {
      Reject("a header uses " + token.text + ", which is the judge's");
    }
    Push(token);
    if (tokens_.back().kind != TokenKind::kOther) return;
    if (tokens_.back().text == "{") ++depth_;
    if (tokens_.back().text == "}") --depth_;
  }

  // <% and %> are braces; nothing else has these two beside each other.
  void Push(const Token& token) {
    const bool follows = token.kind == TokenKind::kOther && !tokens_.empty() &&
                         tokens_.back().kind == TokenKind::kOther;
    if (follows && tokens_.back().text == "<" && token.text == "%") {
      tokens_.back().text = "{";
    } else if (follows && tokens_.back().text == "%" && token.text == ">") {
      tokens_.back().text = "}";
    } else {
      tokens_.push_back(token);
    }
  }

  void Finish() override {
    const HeaderVerdict verdict = CheckNamespaces(tokens_);
    for (const std::string& flag : verdict.flags) Flag(flag);
    if (!verdict.rejected.empty()) {
      RejectIn(last_, "a header: " + verdict.rejected);
    }
  }

  const std::set<std::string>& may_count_;
  int depth_ = 0;              // of the submission's braces
  std::string last_;           // file of the submission
  std::vector<Token> tokens_;  // of the submission
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

  void OnStudentsToken(const Token&) override {}
};

}  // namespace

Findings InspectHeaders(const std::string& preprocessed,
                        const std::string& student_folder,
                        const std::set<std::string>& may_count) {
  return HeaderReader(student_folder, may_count).Read(preprocessed);
}

Findings InspectCompiled(const std::string& preprocessed,
                         const std::string& student_folder) {
  return CompiledReader(student_folder).Read(preprocessed);
}

}  // namespace workbook::grade
