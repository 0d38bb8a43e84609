// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/mutant_patch.h"

#include <sstream>
#include <string_view>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kWrong = "Wrong: ";
constexpr std::string_view kCaughtBy = "Caught by: ";
constexpr std::string_view kNoCase = "No case: ";
constexpr std::string_view kLongCase = "Long case: ";

MutantPatchResult Fault(int line, const std::string& message) {
  MutantPatchResult result;
  result.line = line;
  result.message = message;
  return result;
}

std::string Trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// One "Suite.Test" and nothing that a filter would read as more: no wildcard,
// no second filter.
bool IsTestName(const std::string& name) {
  const std::size_t dot = name.find('.');
  return dot != std::string::npos && dot > 0 && dot + 1 < name.size() &&
         name.find('.', dot + 1) == std::string::npos &&
         name.find_first_of("*?:- \t") == std::string::npos;
}

}  // namespace

MutantPatchResult ParseMutantPatch(const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  MutantPatchResult result;
  if (!std::getline(lines, line) || !line.starts_with(kWrong) ||
      Trimmed(line.substr(kWrong.size())).empty()) {
    return Fault(1,
                 "the first line must be `Wrong: ` and one sentence that says "
                 "what the mutant does");
  }
  result.patch.wrong = Trimmed(line.substr(kWrong.size()));
  if (!std::getline(lines, line) || !line.starts_with(kCaughtBy)) {
    return Fault(2,
                 "the second line must be `Caught by: Suite.Test`, the test "
                 "that sees the fault");
  }
  std::istringstream names(line.substr(kCaughtBy.size()));
  for (std::string name; std::getline(names, name, ',');) {
    name = Trimmed(name);
    if (!IsTestName(name)) {
      return Fault(2, "`" + name +
                          "` is not a test's name: write `Caught by: "
                          "Suite.Test`, several separated by commas, without "
                          "wildcards");
    }
    result.patch.caught_by.push_back(name);
  }
  if (result.patch.caught_by.empty()) {
    return Fault(2, "it names no test: write `Caught by: Suite.Test`");
  }
  int line_number = 3;
  std::getline(lines, line);
  if (line.starts_with(kNoCase) || line.starts_with(kLongCase)) {
    result.patch.case_reason = Trimmed(line.substr(line.find(": ") + 2));
    if (result.patch.case_reason.empty()) {
      return Fault(3, "`No case: ` and `Long case: ` need the reason");
    }
    ++line_number;
    std::getline(lines, line);
  }
  if (!lines || !Trimmed(line).empty()) {
    return Fault(
        line_number,
        line_number == 3
            ? "the third line must be blank, the diff follows it"
            : "a blank line must follow the third line, then the diff");
  }
  bool old_file = false;
  bool new_file = false;
  bool hunk = false;
  while (std::getline(lines, line)) {
    old_file = old_file || line.starts_with("--- a/solutions/");
    new_file = new_file || line.starts_with("+++ b/solutions/");
    hunk = hunk || line.starts_with("@@ ");
  }
  if (!old_file || !new_file || !hunk) {
    return Fault(4,
                 "no unified diff with the paths a/solutions/NN_MM/file and "
                 "b/solutions/NN_MM/file: make it with `git diff`");
  }
  result.ok = true;
  return result;
}

MutantPatchResult ReadMutantPatch(const std::string& path) {
  const auto text = ReadTextFile(path);
  MutantPatchResult result =
      text ? ParseMutantPatch(*text)
           : Fault(0, "it can't be read; is the path right?");
  if (!result.ok) {
    result.message =
        path + ":" + std::to_string(result.line) + ": " + result.message;
  }
  return result;
}

}  // namespace workbook
