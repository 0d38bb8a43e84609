#include <set>
#include <sstream>

#include "tools/grade/inspect.h"
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

// What a linemarker of -E says: `# 12 "/student/01_02/pool.h" 1`.
std::string MarkedFile(const std::string& line) {
  const std::size_t start = line.find('"');
  const std::size_t end = line.rfind('"');
  if (start == std::string::npos || end <= start) return "";
  return line.substr(start + 1, end - start - 1);
}

}  // namespace

Findings InspectPreprocessed(const std::string& preprocessed,
                             const std::string& student_folder,
                             const std::string& test_source) {
  Findings findings;
  const std::set<std::string> test_words = Words(test_source);
  std::set<std::string> trusted_macros;
  std::string file;
  bool of_student = false;
  std::istringstream lines(preprocessed);
  std::string line;
  while (std::getline(lines, line) && findings.rejected.empty()) {
    if (line.starts_with("# ")) {
      file = MarkedFile(line);
      of_student = file.starts_with(student_folder);
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
    // Pragmas are looked for in the source, where none is lost.
    if (line.starts_with("#pragma")) continue;
    ForEachWord(line, [&findings](const std::string& word) {
      if (BelongsToTheJudge(word)) {
        findings.rejected = "a header uses " + word + ", which is the judge's";
      }
    });
  }
  if (!findings.rejected.empty()) findings.file = file;
  return findings;
}

}  // namespace workbook::grade
