// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/prediction_answers.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/file_lock.h"
#include "tools/workbook/session.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeader = "memory-workbook predictions ";
constexpr int kVersion = 1;
constexpr std::string_view kNotMeasured = "-";

// 0 where the line is no header.
int VersionOf(std::string_view line) {
  if (!line.starts_with(kHeader)) return 0;
  line.remove_prefix(kHeader.size());
  int version = 0;
  std::from_chars(line.data(), line.data() + line.size(), version);
  return version;
}

std::string_view TakeWord(std::string_view& line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line = TrimSpace(line.substr(end));
  return word;
}

bool ReadLine(std::string_view line, PredictionLog& log) {
  const std::string_view kind = TakeWord(line);
  const std::string_view exercise = TakeWord(line);
  const std::string_view id = TakeWord(line);
  const std::string_view at = TakeWord(line);
  const bool is_answer = kind == "answer";
  if ((!is_answer && kind != "revealed") || line.empty()) return false;
  KeptPrediction& kept = log.kept[{std::string(exercise), std::string(id)}];
  if (is_answer) {
    // An answer after the reveal repeats what one has read.
    if (kept.last.empty() && !kept.is_revealed) kept.first = line;
    kept.last = line;
    kept.last_at = at;
  } else {
    kept.is_revealed = true;
    if (kept.measured.empty() && line != kNotMeasured) kept.measured = line;
  }
  return true;
}

// A choice is free text, and a line end would begin another fact.
std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

PredictionLog ParsePredictionLog(std::string_view text) {
  PredictionLog log;
  const auto lines = SplitLines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = TrimSpace(lines[i]);
    if (i == 0 && VersionOf(line) > 0) {
      log.too_new = VersionOf(line) > kVersion;
      if (log.too_new) return log;
    } else if (!line.empty() && !ReadLine(line, log)) {
      ++log.damaged_lines;
    }
  }
  return log;
}

PredictionAnswers::PredictionAnswers(const fs::path& folder)
    : path_(folder / "predictions") {}

PredictionLog PredictionAnswers::Load(std::string& notice) const {
  const auto text = ReadTextFile(path_);
  PredictionLog log = ParsePredictionLog(text.value_or(""));
  if (log.too_new) {
    notice = fmt::format(
        "{} was written by a newer Memory Workbook, so no prediction is read. "
        "Fix: ./workbook update",
        path_.string());
  } else if (log.damaged_lines > 0) {
    notice = fmt::format("{} has damaged lines, which are left out: {}.",
                         path_.string(), log.damaged_lines);
  }
  return log;
}

std::optional<Problem> PredictionAnswers::AddAnswer(
    const PredictionKey& key, const std::string& text) const {
  return Add("answer", key, text);
}

std::optional<Problem> PredictionAnswers::AddReveal(
    const PredictionKey& key, const std::string& measured) const {
  return Add("revealed", key,
             measured.empty() ? std::string(kNotMeasured) : measured);
}

std::optional<Problem> PredictionAnswers::Add(const std::string& kind,
                                              const PredictionKey& key,
                                              const std::string& text) const {
  std::error_code ignored;
  fs::create_directories(path_.parent_path(), ignored);
  const FileLock lock(path_.string() + ".lock", FileLock::If::kWait);
  const auto read = ReadTextFile(path_);
  if (!read && fs::exists(path_, ignored)) {
    return Problem{.what = "cannot read the file of your predictions",
                   .where = path_.string(),
                   .next = "Give yourself the right to read it: chmod u+rw " +
                           path_.string()};
  }
  std::string all = read.value_or(fmt::format("{}{}\n", kHeader, kVersion));
  if (ParsePredictionLog(all).too_new) {
    return Problem{
        .what = "a newer Memory Workbook wrote the file of your predictions",
        .where = path_.string(),
        .next = "./workbook update; or move the file away to start a new one."};
  }
  if (!all.empty() && all.back() != '\n') all += '\n';
  all += fmt::format("{} {} {} {} {}\n", kind, key.first, key.second, UtcNow(),
                     OneLine(text));
  return WriteTextFile(path_, all);
}

}  // namespace workbook::cli
