// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/progress_text.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr std::string_view kHeader = "memory-workbook progress";

using Words = std::vector<std::string>;

Words SplitWords(std::string_view line) {
  Words words;
  while (!(line = TrimSpace(line)).empty()) {
    const size_t end = std::min(line.find_first_of(" \t"), line.size());
    words.emplace_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return words;
}

bool ReadNumber(std::string_view word, int& number) {
  const char* end = word.data() + word.size();
  const auto result = std::from_chars(word.data(), end, number);
  return result.ec == std::errc() && result.ptr == end && number >= 0;
}

struct Version {
  int major = 0;
  int minor = 0;
};

std::optional<Version> ReadHeader(std::string_view line) {
  line = TrimSpace(line);
  if (!line.starts_with(kHeader)) return std::nullopt;
  const std::string_view word = TrimSpace(line.substr(kHeader.size()));
  const size_t dot = word.find('.');
  Version version;
  if (!ReadNumber(word.substr(0, dot), version.major)) return std::nullopt;
  if (dot != std::string_view::npos &&
      !ReadNumber(word.substr(dot + 1), version.minor)) {
    return std::nullopt;
  }
  // There never was a version 0: what says so is damaged.
  if (version.major == 0) return std::nullopt;
  return version;
}

// Reads the words that version 1.2 knows; returns how many, 0 for damage.
size_t ReadKnown(const Words& words, Progress& progress) {
  const std::string& kind = words[0];
  if (kind == "current" && words.size() >= 2) {
    progress.current = words[1];
    return 2;
  }
  if (kind == "solved" && words.size() >= 3) {
    progress.solved[words[1]] = words[2];
    return 3;
  }
  if (kind == "mastered" && words.size() >= 3) {
    progress.mastered[words[1]] = words[2];
    return 3;
  }
  int task = 0;
  if (words.size() < 4 || !ReadNumber(words[2], task)) return 0;
  if (kind == "hint") {
    int level = 0;
    if (!ReadNumber(words[3], level)) return 0;
    progress.hints[{words[1], task}] = level;
    return 4;
  }
  if (kind == "red") {
    progress.red_tests[{words[1], task}] = words[3];
    return 4;
  }
  if (kind == "block") {
    int level = 0;
    if (words.size() < 5 || !ReadNumber(words[4], level)) return 0;
    progress.blocks[{{words[1], task}, words[3]}] = level;
    return 5;
  }
  if (kind != "task" || words.size() < 6) return 0;
  if (words[3] != "green" && words[3] != "red") return 0;
  TaskProgress record{.green = words[3] == "green"};
  if (!ReadNumber(words[4], record.passed)) return 0;
  if (!ReadNumber(words[5], record.total)) return 0;
  progress.tasks[{words[1], task}] = record;
  return 6;
}

// The words that say what a line is about.
std::string Subject(const Words& words) {
  if (words[0] == "current") return words[0];
  const bool is_stage = words[0] == "solved" || words[0] == "mastered";
  const size_t count = is_stage ? 2 : words[0] == "block" ? 4 : 3;
  return fmt::format("{}",
                     fmt::join(words.begin(), words.begin() + count, " "));
}

bool IsKnownKind(const std::string& kind) {
  return kind == "current" || kind == "task" || kind == "hint" ||
         kind == "solved" || kind == "mastered" || kind == "red" ||
         kind == "block";
}

bool IsPrintable(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](unsigned char c) {
    return c == '\t' || (c >= 0x20 && c != 0x7f);
  });
}

// Only a newer minor version may say what this one does not know: elsewhere it
// is damage, and must not pass for a fact.
bool ReadLine(std::string_view line, Progress& progress) {
  const Words words = SplitWords(line);
  const bool newer = progress.minor > kProgressMinor;
  if (!IsKnownKind(words[0])) {
    if (!newer || !IsPrintable(line)) return false;
    progress.unknown_lines.emplace_back(line);
    return true;
  }
  Progress read = progress;
  const size_t known = ReadKnown(words, read);
  if (known == 0 || (known < words.size() && !newer)) return false;
  if (known < words.size()) {
    if (!IsPrintable(line)) return false;
    const auto first = words.begin() + static_cast<std::ptrdiff_t>(known);
    read.unknown_words[Subject(words)] =
        fmt::format("{}", fmt::join(first, words.end(), " "));
  }
  progress = std::move(read);
  return true;
}

// A line, and what a newer version said at its end.
void Append(const Progress& progress, const std::string& subject,
            const std::string& value, std::string& text) {
  text += subject + " " + value;
  const auto more = progress.unknown_words.find(subject);
  if (more != progress.unknown_words.end()) text += " " + more->second;
  text += '\n';
}

// The oldest minor version that has the lines of `progress`; an older program
// keeps what it does not know only of a newer file.
int MinorOf(const Progress& progress) {
  if (!progress.red_tests.empty() || !progress.blocks.empty()) return 2;
  return progress.mastered.empty() ? 0 : 1;
}

}  // namespace

int Progress::HintsShown(const TaskKey& task) const {
  const auto found = hints.find(task);
  int shown = found == hints.end() ? 0 : found->second;
  for (const auto& [key, level] : blocks) {
    if (key.first == task) shown += level;
  }
  return shown;
}

int Progress::GreenTasks(const std::string& exercise) const {
  return static_cast<int>(
      std::count_if(tasks.begin(), tasks.end(), [&exercise](const auto& entry) {
        return entry.first.first == exercise && entry.second.green;
      }));
}

ProgressText ParseProgress(std::string_view text) {
  ProgressText result;
  const auto lines = SplitLines(text);
  const auto version =
      lines.empty() ? std::nullopt : ReadHeader(TrimSpace(lines[0]));
  if (!version) ++result.damaged_lines;
  if (version) {
    result.major = version->major;
    if (result.TooNew()) return result;
    result.progress.minor = version->minor;
  }
  for (size_t i = version ? 1 : 0; i < lines.size(); ++i) {
    // A copy by way of Windows may have carriage returns.
    const std::string_view line = TrimSpace(lines[i]);
    if (line.empty() || line.starts_with('#')) continue;
    if (!version && i == 0 && !IsKnownKind(SplitWords(line)[0])) continue;
    if (!ReadLine(line, result.progress)) ++result.damaged_lines;
  }
  return result;
}

std::string FormatProgress(const Progress& progress) {
  std::string text = fmt::format("{} {}", kHeader, kProgressMajor);
  const int minor = std::max(progress.minor, MinorOf(progress));
  if (minor > 0) text += fmt::format(".{}", minor);
  text += '\n';
  if (!progress.current.empty()) {
    Append(progress, "current", progress.current, text);
  }
  for (const auto& [key, task] : progress.tasks) {
    Append(progress, fmt::format("task {} {}", key.first, key.second),
           fmt::format("{} {} {}", task.green ? "green" : "red", task.passed,
                       task.total),
           text);
  }
  for (const auto& [key, level] : progress.hints) {
    Append(progress, fmt::format("hint {} {}", key.first, key.second),
           std::to_string(level), text);
  }
  for (const auto& [key, test] : progress.red_tests) {
    Append(progress, fmt::format("red {} {}", key.first, key.second), test,
           text);
  }
  for (const auto& [key, level] : progress.blocks) {
    Append(progress,
           fmt::format("block {} {} {}", key.first.first, key.first.second,
                       key.second),
           std::to_string(level), text);
  }
  for (const auto& [exercise, time] : progress.solved) {
    Append(progress, "solved " + exercise, time, text);
  }
  for (const auto& [exercise, time] : progress.mastered) {
    Append(progress, "mastered " + exercise, time, text);
  }
  for (const std::string& line : progress.unknown_lines) text += line + '\n';
  return text;
}

}  // namespace workbook::cli
