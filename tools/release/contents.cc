// SPDX-License-Identifier: Apache-2.0

#include "tools/release/contents.h"

#include <fnmatch.h>

#include <algorithm>

#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

std::string Filled(std::string text, std::string_view name,
                   std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos;
       at = text.find(name, at + value.size())) {
    text.replace(at, name.size(), value);
  }
  return text;
}

bool Fits(const std::string& pattern, const std::string& file) {
  if (pattern.ends_with("/**")) {
    return file.starts_with(pattern.substr(0, pattern.size() - 2));
  }
  return fnmatch(pattern.c_str(), file.c_str(), FNM_PATHNAME) == 0;
}

}  // namespace

Contents::Contents(std::string_view text,
                   const std::vector<const Exercise*>& exercises) {
  for (const Exercise* exercise : exercises) {
    exercise_folders_.push_back("exercises/" + exercise->id + "/");
  }
  for (const std::string_view raw : SplitLines(text)) {
    std::string line(TrimSpace(raw.substr(0, raw.find('#'))));
    if (line.empty()) continue;
    const bool keeps_home = line.front() == '!';
    if (keeps_home) line.erase(0, 1);
    if (line.find('{') == std::string::npos) {
      patterns_.push_back({line, false, keeps_home});
      continue;
    }
    for (const Exercise* exercise : exercises) {
      patterns_.push_back({Filled(Filled(line, "{id}", exercise->id),
                                  "{chapter}", exercise->chapter),
                           true, keeps_home});
    }
  }
}

bool Contents::Allows(const std::string& file) const {
  bool allowed = false;
  for (const Pattern& pattern : patterns_) {
    if (!Fits(pattern.text, file)) continue;
    if (pattern.keeps_home) return false;
    allowed = true;
  }
  return allowed;
}

std::vector<std::string> Contents::Unused(
    const std::vector<std::string>& files) const {
  std::vector<std::string> unused;
  for (const Pattern& pattern : patterns_) {
    if (pattern.of_exercise) continue;
    if (std::none_of(files.begin(), files.end(), [&](const std::string& file) {
          return Fits(pattern.text, file);
        })) {
      unused.push_back(pattern.text);
    }
  }
  return unused;
}

std::vector<std::string> Contents::Undecided(
    const std::vector<std::string>& files) const {
  std::vector<std::string> undecided;
  for (const std::string& file : files) {
    const bool is_of_exercise = std::any_of(
        exercise_folders_.begin(), exercise_folders_.end(),
        [&](const auto& folder) { return file.starts_with(folder); });
    if (is_of_exercise &&
        std::none_of(patterns_.begin(), patterns_.end(),
                     [&](const auto& each) { return Fits(each.text, file); })) {
      undecided.push_back(file);
    }
  }
  return undecided;
}

}  // namespace workbook::release
