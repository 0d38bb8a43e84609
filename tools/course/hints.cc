#include "tools/course/hints.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <sstream>
#include <string_view>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kTaskHeading = "## Task ";
constexpr std::string_view kHintHeading = "### Hint ";

// The number that follows a heading's words, or 0.
int NumberAfter(const std::string& line, std::string_view heading) {
  const char* digits = line.c_str() + heading.size();
  if (std::isdigit(static_cast<unsigned char>(*digits)) == 0) return 0;
  char* end = nullptr;
  const long number = std::strtol(digits, &end, 10);
  const bool complete = *end == '\0' || *end == ':' || *end == ' ';
  return complete && number < 1000 ? static_cast<int>(number) : 0;
}

void Trim(std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) {
    text.clear();
    return;
  }
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Reads line by line; a heading opens a part, other lines go to the open hint.
class HintsReader {
 public:
  HintsReader(std::string file, HintsResult& result)
      : file_(std::move(file)), result_(result) {}

  void Read(const std::string& line) {
    ++line_;
    if (line.starts_with("```")) in_code_ = !in_code_;
    if (!in_code_ && line.starts_with("## ")) {
      OpenTask(line);
    } else if (!in_code_ && line.starts_with("### ")) {
      OpenHint(line);
    } else if (hint_ != nullptr) {
      *hint_ += line + "\n";
    }
  }

  int line() const { return line_; }

 private:
  void Refuse(const std::string& what, const std::string& fix) {
    result_.problems.push_back(ProblemIn(file_, line_, "", what, fix));
  }

  void OpenTask(const std::string& line) {
    hint_ = nullptr;
    const int expected = static_cast<int>(result_.tasks.size()) + 1;
    if (!line.starts_with(kTaskHeading) ||
        NumberAfter(line, kTaskHeading) != expected) {
      Refuse("has the heading `" + line + "` where task " +
                 std::to_string(expected) + " would follow",
             "write `## Task " + std::to_string(expected) +
                 ": title`; tasks are in order");
      return;
    }
    result_.tasks.push_back({expected, {}});
  }

  void OpenHint(const std::string& line) {
    hint_ = nullptr;
    if (result_.tasks.empty()) {
      Refuse("has a hint before the first task",
             "write `## Task 1: title` above it");
      return;
    }
    std::vector<std::string>& levels = result_.tasks.back().levels;
    const int expected = static_cast<int>(levels.size()) + 1;
    if (!line.starts_with(kHintHeading) || expected > kHintLevels ||
        NumberAfter(line, kHintHeading) != expected) {
      Refuse("has the heading `" + line + "` in task " +
                 std::to_string(result_.tasks.back().task),
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

void CheckLevels(const std::string& file, int task_count, int last_line,
                 HintsResult& result) {
  for (int task = 1; task <= task_count; ++task) {
    for (int level = 1; level <= kHintLevels; ++level) {
      const std::string* text = result.Find(task, level);
      if (text != nullptr && !text->empty()) continue;
      result.problems.push_back(ProblemIn(
          file, last_line, "",
          "has no hint " + std::to_string(level) + " for task " +
              std::to_string(task),
          "add `### Hint " + std::to_string(level) + "` under `## Task " +
              std::to_string(task) +
              ": title`: 1 is a nudge, 2 the idea, 3 nearly the code"));
    }
  }
  if (static_cast<int>(result.tasks.size()) > task_count) {
    result.problems.push_back(ProblemIn(
        file, last_line, "",
        "has hints for task " + std::to_string(result.tasks.back().task) +
            ", and the manifest has " + std::to_string(task_count) + " tasks",
        "remove them, or add the task to exercise.toml"));
  }
}

}  // namespace

const std::string* HintsResult::Find(int task, int level) const {
  for (const TaskHints& hints : tasks) {
    if (hints.task != task) continue;
    if (level < 1 || level > static_cast<int>(hints.levels.size())) break;
    return &hints.levels[static_cast<std::size_t>(level - 1)];
  }
  return nullptr;
}

HintsResult ParseHints(const std::string& text, const std::string& file,
                       int task_count) {
  HintsResult result;
  HintsReader reader(file, result);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with('\r')) line.pop_back();
    reader.Read(line);
  }
  for (TaskHints& task : result.tasks) {
    for (std::string& level : task.levels) Trim(level);
  }
  CheckLevels(file, task_count, reader.line(), result);
  return result;
}

HintsResult LoadHints(const std::filesystem::path& root,
                      const Exercise& exercise) {
  const auto text = ReadTextFile(root / exercise.hints);
  if (!text) {
    HintsResult result;
    result.problems.push_back(ProblemIn(
        exercise.hints.string(), 0, "", "can't be read",
        "write it: `## Task 1: title`, then `### Hint 1` to `### Hint 3`"));
    return result;
  }
  return ParseHints(*text, exercise.hints.string(),
                    static_cast<int>(exercise.tasks.size()));
}

}  // namespace workbook
