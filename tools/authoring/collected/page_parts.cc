// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/collected/page_parts.h"

#include "tools/text/text_file.h"

namespace workbook {
namespace {

// Takes the stars off "*warm*, *cold*".
std::string Unstarred(std::string_view text) {
  std::string plain;
  for (const char letter : text) {
    if (letter != '*') plain += letter;
  }
  return plain;
}

// "dyn_array/append" of "<!-- table: docs/03_01.md#dyn_array/append -->"; ""
// where the line is none such.
std::string NameOfTable(std::string_view line) {
  constexpr std::string_view kBegin = "<!-- table: ";
  const std::size_t hash = line.find('#');
  if (!line.starts_with(kBegin) || hash == std::string_view::npos) return "";
  const std::size_t end = line.find(" -->", hash);
  return std::string(line.substr(hash + 1, end - hash - 1));
}

std::string Redirected(const std::string& target,
                       const std::filesystem::path& file) {
  if (target.find("://") != std::string::npos) return target;
  const std::filesystem::path from_root =
      target.starts_with("#")
          ? std::filesystem::path(file.string() + target)
          : (file.parent_path() / target).lexically_normal();
  return from_root.lexically_relative("chapters").string();
}

}  // namespace

std::string ParagraphOf(std::string_view page, std::string_view label) {
  const std::string begin = "**" + std::string(label) + "** ";
  std::string paragraph;
  for (const std::string_view line : SplitLines(page)) {
    if (paragraph.empty() && !line.starts_with(begin)) continue;
    if (line.empty()) break;
    if (!paragraph.empty()) paragraph += ' ';
    paragraph += line;
  }
  return paragraph.empty() ? "" : paragraph.substr(begin.size());
}

std::vector<Word> WordsOf(std::string_view page) {
  constexpr std::string_view kBetween = " · ";
  std::vector<Word> words;
  std::string rest = ParagraphOf(page, "Words");
  while (!rest.empty()) {
    const std::size_t end = rest.find(kBetween);
    const std::string entry = rest.substr(0, end);
    rest = end == std::string::npos ? "" : rest.substr(end + kBetween.size());
    const std::size_t colon = entry.find(": ");
    if (colon == std::string::npos) continue;
    Word word = {Unstarred(entry.substr(0, colon)), entry.substr(colon + 2)};
    if (rest.empty() && word.meaning.ends_with('.')) word.meaning.pop_back();
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<std::string> InterviewQuestionsOf(std::string_view page) {
  constexpr std::string_view kBegin = "<details><summary>Interview:";
  constexpr std::string_view kEnd = "</details>\n";
  std::vector<std::string> questions;
  for (std::size_t at = page.find(kBegin); at != std::string_view::npos;
       at = page.find(kBegin, at + 1)) {
    const std::size_t end = page.find(kEnd, at);
    if (end == std::string_view::npos) break;
    questions.emplace_back(page.substr(at, end + kEnd.size() - at));
  }
  return questions;
}

std::vector<CostTable> CostTablesOf(std::string_view page) {
  std::vector<CostTable> tables;
  bool is_in_section = false;
  std::string name;
  for (const std::string_view line : SplitLines(page)) {
    if (line.starts_with("## ")) is_in_section = line == "## What it costs";
    if (!is_in_section) continue;
    const std::string next = NameOfTable(line);
    if (!next.empty()) {
      name = next;
    } else if (line.starts_with('|') && !name.empty()) {
      if (tables.empty() || tables.back().name != name) {
        tables.push_back({name, ""});
      }
      tables.back().text += std::string(line) + '\n';
    } else {
      name.clear();
    }
  }
  return tables;
}

std::string WithLinksFromChapters(std::string_view text,
                                  const std::filesystem::path& file) {
  constexpr std::string_view kOpen = "](";
  std::string result;
  while (true) {
    const std::size_t open = text.find(kOpen);
    const std::size_t close = text.find(')', open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      return result + std::string(text);
    }
    const std::size_t target = open + kOpen.size();
    result += text.substr(0, target);
    result +=
        Redirected(std::string(text.substr(target, close - target)), file);
    text.remove_prefix(close);
  }
}

}  // namespace workbook
