// SPDX-License-Identifier: Apache-2.0

// hints.md from before there were sub-goals: one block of three levels a task.
#include <utility>

#include "tools/course/hint_readers.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kHintHeading = "### Hint ";

// The number that follows a heading's words, or 0.
int NumberAfter(std::string_view line, std::string_view heading) {
  if (!line.starts_with(heading)) return 0;
  const std::string_view rest = line.substr(heading.size());
  std::size_t end = 0;
  const int number = LeadingNumber(rest, end);
  const bool complete =
      end == rest.size() || rest[end] == ':' || rest[end] == ' ';
  return complete ? number : 0;
}

// Reads line by line; a heading opens a part, other lines go to the open hint.
class OldReader {
 public:
  OldReader(std::string file, HintsResult& result)
      : file_(std::move(file)), result_(result) {}

  void Read(std::string_view line) {
    ++line_;
    if (line.starts_with("```")) in_code_ = !in_code_;
    if (!in_code_ && line.starts_with("## ")) {
      OpenTask(line);
    } else if (!in_code_ && line.starts_with("### ")) {
      OpenHint(line);
    } else if (hint_ != nullptr) {
      *hint_ += std::string(line) + "\n";
    }
  }

  int line() const { return line_; }

 private:
  void Refuse(const std::string& what, const std::string& fix) {
    result_.problems.push_back(ProblemIn(file_, line_, "", what, fix));
  }

  void OpenTask(std::string_view line) {
    hint_ = nullptr;
    const int expected = static_cast<int>(result_.blocks.size()) + 1;
    if (NumberAfter(line, kTaskHeading) != expected) {
      Refuse("has the heading `" + std::string(line) + "` where task " +
                 std::to_string(expected) + " would follow",
             "write `## Task " + std::to_string(expected) +
                 ": title`; tasks are in order");
      return;
    }
    HintBlock block;
    block.task = expected;
    block.line = line_;
    result_.blocks.push_back(std::move(block));
  }

  void OpenHint(std::string_view line) {
    hint_ = nullptr;
    if (result_.blocks.empty()) {
      Refuse("has a hint before the first task",
             "write `## Task 1: title` above it");
      return;
    }
    std::vector<std::string>& levels = result_.blocks.back().levels;
    const int expected = static_cast<int>(levels.size()) + 1;
    if (expected > kHintLevels || NumberAfter(line, kHintHeading) != expected) {
      Refuse("has the heading `" + std::string(line) + "` in task " +
                 std::to_string(result_.blocks.back().task),
             "each task has `### Hint 1`, `### Hint 2` and `### Hint 3`, in "
             "order, and no other heading");
      return;
    }
    hint_ = &levels.emplace_back();
  }

  std::string file_;
  HintsResult& result_;
  std::string* hint_ = nullptr;
  int line_ = 0;
  bool in_code_ = false;
};

bool HasLevel(const HintsResult& result, int task, int level) {
  const auto at = static_cast<std::size_t>(task - 1);
  const auto index = static_cast<std::size_t>(level - 1);
  return at < result.blocks.size() && index < result.blocks[at].levels.size() &&
         !result.blocks[at].levels[index].empty();
}

void CheckLevels(const std::string& file, int task_count, int last_line,
                 HintsResult& result) {
  for (int task = 1; task <= task_count; ++task) {
    for (int level = 1; level <= kHintLevels; ++level) {
      if (HasLevel(result, task, level)) continue;
      result.problems.push_back(ProblemIn(
          file, last_line, "",
          "has no hint " + std::to_string(level) + " for task " +
              std::to_string(task),
          "add `### Hint " + std::to_string(level) + "` under `## Task " +
              std::to_string(task) +
              ": title`: 1 is a nudge, 2 the idea, 3 nearly the code"));
    }
  }
  if (static_cast<int>(result.blocks.size()) > task_count) {
    result.problems.push_back(ProblemIn(
        file, last_line, "",
        "has hints for task " + std::to_string(result.blocks.back().task) +
            ", and the manifest has " + std::to_string(task_count) + " tasks",
        "remove them, or add the task to exercise.toml"));
  }
}

}  // namespace

void ReadOldHints(const std::string& text, const std::string& file,
                  int task_count, HintsResult& result) {
  OldReader reader(file, result);
  for (const std::string_view line : SplitLines(text)) reader.Read(line);
  for (HintBlock& block : result.blocks) {
    for (std::string& level : block.levels) level = TrimSpace(level);
  }
  CheckLevels(file, task_count, reader.line(), result);
}

}  // namespace workbook
