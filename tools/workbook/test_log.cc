// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_log.h"

#include <algorithm>
#include <array>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

bool SaysWhy(std::string_view line) {
  constexpr std::array<std::string_view, 9> kMarks = {
      "the stack ran out", "Sanitizer:",  "runtime error:",
      "terminate called",  "  what():",   "free(): ",
      "malloc(): ",        "double free", "pure virtual method"};
  return std::any_of(kMarks.begin(), kMarks.end(), [line](auto mark) {
    return line.find(mark) != std::string_view::npos;
  });
}

// "[ RUN      ] Suite.Test" gives "Suite.Test".
std::string_view AfterMark(std::string_view line, std::string_view mark) {
  if (!line.starts_with(mark)) return {};
  line.remove_prefix(mark.size());
  return line.substr(0, line.find_first_of(" ,"));
}

// The first failure among the lines that a test printed, as a report has it:
// the place alone in its first line.
std::string FirstFailure(const std::vector<std::string_view>& lines) {
  constexpr std::string_view kFailure = ": Failure";
  const auto begins = [&](std::string_view line) {
    return line.ends_with(kFailure);
  };
  const auto first = std::find_if(lines.begin(), lines.end(), begins);
  if (first == lines.end()) return {};
  std::string text(first->substr(0, first->size() - kFailure.size()));
  for (auto line = first + 1; line != lines.end() && !begins(*line); ++line) {
    text += '\n';
    text += *line;
  }
  return text;
}

// "terminate called after throwing an instance of 'std::length_error'", and the
// line below it, in one: "std::length_error: too long".
void AddWhat(std::string_view line, std::string& words) {
  constexpr std::string_view kInstance = "an instance of '";
  constexpr std::string_view kWhat = "what():";
  const std::string_view what =
      TrimSpace(line.substr(line.find(kWhat) + kWhat.size()));
  const size_t at = words.find(kInstance);
  const size_t end = words.rfind('\'');
  if (at == std::string::npos || end < at + kInstance.size()) {
    words = what;
    return;
  }
  const size_t begin = at + kInstance.size();
  words = "an exception was not caught, " + words.substr(begin, end - begin) +
          ": " + std::string(what);
}

// What a line of a running test says about a crash.
void TakeWords(std::string_view line, TestLog& result,
               std::string_view& last_line) {
  if (result.last_words.empty() && SaysWhy(line)) {
    result.last_words = TrimSpace(line);
  } else if (result.last_words.starts_with("terminate called") &&
             line.starts_with("  what():")) {
    AddWhat(line, result.last_words);
  } else if (!result.running_test.empty() && !line.starts_with("-- Test") &&
             !TrimSpace(line).empty()) {
    last_line = TrimSpace(line);
  }
}

}  // namespace

TestLog ParseTestLog(std::string_view log) {
  TestLog result;
  std::string_view last_line;
  std::vector<std::string_view> printed;  // by the running test
  for (const std::string_view line : SplitLines(log)) {
    if (const auto started = AfterMark(line, "[ RUN      ] ");
        !started.empty()) {
      result.running_test = started;
      result.last_words.clear();
      last_line = {};
      printed.clear();
      continue;
    }
    if (const auto passed = AfterMark(line, "[       OK ] "); !passed.empty()) {
      result.passed.emplace_back(passed);
      result.running_test.clear();
      continue;
    }
    if (line.starts_with("[  FAILED  ]") || line.starts_with("[  SKIPPED ]")) {
      if (line[3] == 'F' && !result.running_test.empty()) {
        result.failed.push_back({result.running_test, FirstFailure(printed)});
      }
      result.running_test.clear();
      continue;
    }
    printed.push_back(line);
    TakeWords(line, result, last_line);
  }
  if (result.running_test.empty()) last_line = {};
  if (result.last_words.empty()) result.last_words = last_line;
  return result;
}

}  // namespace workbook::cli
