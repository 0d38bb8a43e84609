// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/size_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "tools/authoring/stub/lines_to_write.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr double kMaxCoreLinesPerMinute = 1.5;
constexpr double kMaxDeepLinesPerMinute = 2;

double MaxLinesPerMinute(Level level) {
  return level == Level::kCore ? kMaxCoreLinesPerMinute
                               : kMaxDeepLinesPerMinute;
}

std::string SizeText(const Exercise& exercise, const Task& task, int lines) {
  return fmt::format(
      "{} task {}: {}, {} lines to write in {} minutes, {:.1f} "
      "a minute",
      exercise.id, task.number, LevelName(task.level), lines, task.minutes,
      static_cast<double>(lines) / task.minutes);
}

Problem TooLarge(const Exercise& exercise, const Task& task, int lines) {
  const double limit = MaxLinesPerMinute(task.level);
  return ProblemIn(
      exercise.manifest.string(), task.line,
      fmt::format("tasks[{}].minutes", task.number),
      fmt::format("is {}, for {} lines to write: more than {} a minute, "
                  "which is all that a {} task may ask",
                  task.minutes, lines, limit, LevelName(task.level)),
      fmt::format("raise minutes to {:.0f}, give more of the task, or split "
                  "a second idea off as a deep task",
                  std::ceil(lines / limit)));
}

// "| [01_02](exercises/01_02/README.md) | ..."; "" where there is none.
std::string RowOf(const std::string& text, const Exercise& exercise) {
  const std::string start = "| [" + exercise.id + "](";
  for (const auto& line : SplitLines(text)) {
    if (line.starts_with(start)) return std::string(line);
  }
  return {};
}

}  // namespace

Check JudgeSizes(const Exercise& exercise, const std::map<int, int>& lines) {
  Check check{exercise.id + " sizes", {}, {}};
  for (const Task& task : exercise.tasks) {
    const auto found = lines.find(task.number);
    const int count = found == lines.end() ? 0 : found->second;
    check.notes.push_back(SizeText(exercise, task, count));
    if (count <= task.minutes * MaxLinesPerMinute(task.level)) continue;
    check.problems.push_back(TooLarge(exercise, task, count));
  }
  return check;
}

Check CheckSizes(const std::filesystem::path& root, const Exercise& exercise) {
  return JudgeSizes(exercise, LinesToWrite(root, exercise));
}

Check CheckTableOfMinutes(const std::filesystem::path& root,
                          const Exercise& exercise) {
  Check check{exercise.id + " minutes in README.md", {}, {}};
  const std::string text = ReadTextFile(root / "README.md").value_or("");
  const std::string row = RowOf(text, exercise);
  const std::string cells = fmt::format("| {} | {} |", exercise.CoreMinutes(),
                                        exercise.DeepMinutes());
  if (!row.empty() && row.find(cells) == std::string::npos) {
    check.problems.push_back(ProblemIn(
        "README.md", LineThatStartsWith(text, "| [" + exercise.id + "]("), "",
        "has other minutes of " + exercise.id + " than its manifest",
        "write `" + cells + "`: core minutes, then deep ones"));
  }
  return check;
}

}  // namespace workbook
