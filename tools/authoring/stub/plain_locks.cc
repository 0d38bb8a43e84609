// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/stub/plain_locks.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "tools/authoring/stub/source_text.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kHeader =
    "#include \"tools/exercise/thread_annotations.h\"";
constexpr std::string_view kMutexHeader = "#include <mutex>";
constexpr std::string_view kSystemInclude = "#include <";

bool IsAnnotation(std::string_view word) {
  constexpr std::array<std::string_view, 9> kWords = {
      "GUARDED_BY", "PT_GUARDED_BY",     "REQUIRES",
      "ACQUIRE",    "TRY_ACQUIRE",       "RELEASE",
      "CAPABILITY", "SCOPED_CAPABILITY", "NO_THREAD_SAFETY_ANALYSIS"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::string_view PlainName(std::string_view word) {
  if (word == "Mutex") return "std::mutex";
  if (word == "MutexLock") return "std::lock_guard";
  return word;
}

// Behind the brackets that begin at `at`, or `at` where there are none.
std::size_t BehindArguments(std::string_view code, std::size_t at) {
  if (at == code.size() || code[at] != '(') return at;
  int depth = 0;
  do {
    depth += code[at] == '(';
    depth -= code[at] == ')';
    ++at;
  } while (depth > 0 && at < code.size());
  return at;
}

std::string WithPlainWords(const std::string& text) {
  const std::string code = BlankLiterals(text);
  std::string plain;
  std::size_t at = 0;
  while (at < code.size()) {
    std::size_t end = at;
    while (end < code.size() && IsWordCharacter(code[end])) ++end;
    const std::string_view word = std::string_view(code).substr(at, end - at);
    if (word.empty()) {
      plain += text[at++];
    } else if (IsAnnotation(word)) {
      plain.erase(plain.find_last_not_of(" \n") + 1);
      at = BehindArguments(code, end);
    } else {
      plain += PlainName(word);
      at = end;
    }
  }
  return plain;
}

std::string WithPlainInclude(const std::string& text) {
  std::vector<std::string> lines;
  for (const std::string_view line : SplitLines(text)) {
    if (line != kHeader) lines.emplace_back(line);
  }
  if (std::find(lines.begin(), lines.end(), kMutexHeader) == lines.end()) {
    // Into the last block, in order: C headers have one of their own.
    std::size_t at = lines.size();
    while (at > 0 && !lines[at - 1].starts_with(kSystemInclude)) --at;
    while (at > 0 && lines[at - 1].starts_with(kSystemInclude) &&
           lines[at - 1] > kMutexHeader) {
      --at;
    }
    lines.emplace(lines.begin() + static_cast<std::ptrdiff_t>(at),
                  kMutexHeader);
  }
  return JoinLines(lines);
}

}  // namespace

bool IncludesThreadAnnotations(const std::string& text) {
  return text.find(kHeader) != std::string::npos;
}

std::string WithPlainLocks(const std::string& text) {
  const std::string plain = WithPlainWords(text);
  return IncludesThreadAnnotations(plain) ? WithPlainInclude(plain) : plain;
}

}  // namespace workbook
