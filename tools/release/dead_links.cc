// SPDX-License-Identifier: Apache-2.0

#include "tools/release/dead_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "tools/release/pages.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

// `line` with blanks in the place of what stands between backticks.
std::string WithoutCode(std::string_view line) {
  std::string text(line);
  bool in_code = false;
  for (char& c : text) {
    if (c == '`') in_code = !in_code;
    if (in_code) c = ' ';
  }
  return text;
}

// What stands between each `open` and the next of `ends`.
void AddBetween(std::string_view text, std::string_view open,
                std::string_view ends, std::vector<std::string>& targets) {
  for (std::size_t at = text.find(open); at != std::string_view::npos;
       at = text.find(open, at + 1)) {
    const std::string_view rest = text.substr(at + open.size());
    targets.emplace_back(rest.substr(0, rest.find_first_of(ends)));
  }
}

std::vector<std::string> TargetsOf(std::string_view line) {
  const std::string text = WithoutCode(line);
  std::vector<std::string> targets;
  AddBetween(text, "](", ")", targets);
  // Behind a blank there may be a title.
  for (std::string& target : targets) {
    target.resize(std::min(target.find(" \""), target.size()));
  }
  AddBetween(text, "src=\"", "\"", targets);
  AddBetween(text, "href=\"", "\"", targets);
  if (text.starts_with('[')) AddBetween(text, "]: ", " ", targets);
  return targets;
}

bool IsRelative(std::string_view target) {
  return !target.empty() && target.find(' ') == std::string_view::npos &&
         target.front() != '#' && target.front() != '/' &&
         target.find(':') == std::string_view::npos;
}

void CheckPage(const fs::path& folder, const fs::path& page,
               std::vector<Problem>& problems) {
  const std::string text = ReadTextFile(page).value_or("");
  int number = 0;
  bool in_code = false;
  for (const std::string_view line : SplitLines(text)) {
    ++number;
    if (IsFence(line)) in_code = !in_code;
    if (in_code) continue;
    for (const std::string& target : TargetsOf(line)) {
      if (!IsRelative(target)) continue;
      const std::string file = target.substr(0, target.find('#'));
      if (fs::exists(page.parent_path() / file)) continue;
      problems.push_back(
          {fmt::format("a link of the copy leads nowhere: {}", target),
           fmt::format("{}:{}", page.lexically_relative(folder).string(),
                       number),
           "Name the file in tools/release/contents.txt, or take the link out "
           "of the page."});
    }
  }
}

}  // namespace

std::vector<Problem> DeadLinks(const fs::path& folder) {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".md") {
      pages.push_back(entry.path());
    }
  }
  std::sort(pages.begin(), pages.end());
  std::vector<Problem> problems;
  for (const fs::path& page : pages) CheckPage(folder, page, problems);
  return problems;
}

}  // namespace workbook::release
