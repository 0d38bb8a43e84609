// SPDX-License-Identifier: Apache-2.0

#include "tools/course/hints.h"

#include <algorithm>
#include <string_view>

#include "tools/course/hint_readers.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

// The old form's headings have a colon behind the number, and hints are
// headings of their own.
bool IsOldForm(const std::string& text) {
  if (LineThatStartsWith(text, "### Hint ") != 0) return true;
  const int line = LineThatStartsWith(text, kTaskHeading);
  if (line == 0) return false;
  const std::string_view heading =
      SplitLines(text)[static_cast<std::size_t>(line - 1)];
  std::size_t end = 0;
  const std::string_view rest = heading.substr(kTaskHeading.size());
  return LeadingNumber(rest, end) != 0 && rest.substr(end).starts_with(':');
}

// The instance of a parametrised suite, "Prefix/Suite" or "Suite/1", is named
// by its suite.
bool HasPiece(const std::string& whole, const std::string& piece) {
  const std::string padded = "/" + whole + "/";
  return padded.find("/" + piece + "/") != std::string::npos;
}

// "SharedStringThreads", "two threads", "ARaceOfTwo", "a race"; not "a trace".
bool SpeaksOfThreads(const std::string& words) {
  return words.find("hread") != std::string::npos ||
         words.find("Race") != std::string::npos ||
         (" " + words).find(" race") != std::string::npos;
}

// "Deallocate" of "// in FixedSizePool::Deallocate(void* block)" and of
// "void* FixedSizePool::Deallocate(void* block) {"; "" of other lines.
std::string FunctionOf(std::string_view line) {
  constexpr std::string_view kIn = "// in ";
  const bool is_in = line.starts_with(kIn);
  // Statements are indented or end with a semicolon.
  if (!is_in && (line.empty() || line.front() == ' ' || line.ends_with(';'))) {
    return {};
  }
  if (is_in) line.remove_prefix(kIn.size());
  const std::size_t bracket = line.find('(');
  if (!is_in && bracket == std::string_view::npos) return {};
  line = line.substr(0, bracket);
  const std::size_t begin = line.find_last_of(" :*&");
  return std::string(begin == std::string_view::npos ? line
                                                     : line.substr(begin + 1));
}

}  // namespace

const HintBlock* HintsResult::FindFor(int task, const std::string& name) const {
  for (const HintBlock& block : blocks) {
    if (block.task != task) continue;
    for (const HintCode& code : block.code) {
      for (const std::string_view line : SplitLines(code.text)) {
        if (!name.empty() && FunctionOf(line) == name) return &block;
      }
    }
  }
  return nullptr;
}

const HintBlock* HintsResult::FindAboutThreads(int task) const {
  const HintBlock* found = nullptr;
  for (const HintBlock& block : blocks) {
    if (block.task != task) continue;
    if (std::any_of(block.names.begin(), block.names.end(), SpeaksOfThreads)) {
      return &block;
    }
    if (found == nullptr && SpeaksOfThreads(block.seen)) found = &block;
  }
  return found;
}

FoundHint HintsResult::Find(int task, const std::string& red_test) const {
  const std::size_t dot = std::min(red_test.find('.'), red_test.size());
  const std::string suite = red_test.substr(0, dot);
  const std::string test =
      dot < red_test.size() ? red_test.substr(dot + 1) : "";
  FoundHint best;
  for (const HintBlock& block : blocks) {
    if (block.task != task) continue;
    HintFit fit = HintFit::kTask;
    for (const std::string& name : block.names) {
      if (name == red_test || HasPiece(test, name)) {
        fit = HintFit::kTest;
      } else if (const std::size_t at = name.find('.');
                 at != std::string::npos &&
                 HasPiece(suite, name.substr(0, at)) &&
                 HasPiece(test, name.substr(at + 1))) {
        fit = HintFit::kTest;
      } else if (HasPiece(suite, name)) {
        fit = std::max(fit, HintFit::kSuite);
      }
    }
    if (best.block == nullptr || fit > best.fit) best = {&block, fit};
  }
  return best;
}

HintsResult ParseHints(const std::string& text, const std::string& file,
                       int task_count) {
  // As on Windows.
  std::string unix_text = text;
  std::erase(unix_text, '\r');
  HintsResult result;
  result.old_form = IsOldForm(unix_text);
  if (result.old_form) {
    ReadOldHints(unix_text, file, task_count, result);
  } else {
    ReadHintBlocks(unix_text, file, task_count, result);
  }
  return result;
}

HintsResult LoadHints(const std::filesystem::path& root,
                      const Exercise& exercise) {
  const auto text = ReadTextFile(root / exercise.hints);
  if (!text) {
    HintsResult result;
    result.problems.push_back(ProblemIn(
        exercise.hints.string(), 0, "", "can't be read",
        "write it: `## Task 1 · TestName: what is seen`, then a list of three "
        "levels"));
    return result;
  }
  return ParseHints(*text, exercise.hints.string(),
                    static_cast<int>(exercise.tasks.size()));
}

}  // namespace workbook
