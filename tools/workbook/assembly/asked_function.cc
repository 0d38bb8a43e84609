// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/assembly/asked_function.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "tools/text/text_file.h"
#include "tools/workbook/assembly/code_symbols.h"

namespace workbook::cli {
namespace {

bool IsWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool HasWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !IsWord(text[at - 1])) &&
        (end == text.size() || !IsWord(text[end]) || !IsWord(word.back()))) {
      return true;
    }
  }
  return false;
}

void AddNames(std::string_view text, std::set<std::string>& names) {
  for (std::size_t at = text.find('('); at != std::string_view::npos;
       at = text.find('(', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && IsWord(text[begin - 1])) --begin;
    // Functions of this course begin with a capital.
    if (begin < at && std::isupper(static_cast<unsigned char>(text[begin]))) {
      names.emplace(text.substr(begin, at - begin));
    }
  }
}

}  // namespace

std::string LastName(std::string_view asked) {
  std::string name = QualifiedName(asked);
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

std::vector<int> TasksThatName(const std::filesystem::path& root,
                               const Exercise& exercise,
                               std::string_view asked) {
  const std::string word = LastName(asked);
  std::vector<int> tasks;
  if (word.empty()) return tasks;
  for (const Task& task : exercise.tasks) {
    const bool names_it = std::any_of(
        task.files.begin(), task.files.end(), [&](const std::string& file) {
          return HasWord(
              ReadTextFile(root / exercise.folder / file).value_or(""), word);
        });
    if (names_it) tasks.push_back(task.number);
  }
  return tasks;
}

std::vector<std::string> FunctionNames(const std::filesystem::path& root,
                                       const Exercise& exercise) {
  std::set<std::string> names;
  for (const Task& task : exercise.tasks) {
    for (const std::string& file : task.files) {
      const auto text = ReadTextFile(root / exercise.folder / file);
      AddNames(text.value_or(""), names);
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace workbook::cli
