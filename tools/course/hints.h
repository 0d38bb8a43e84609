// The hints of an exercise: exercises/NN_MM/hints.md.
#ifndef WORKBOOK_TOOLS_COURSE_HINTS_H_
#define WORKBOOK_TOOLS_COURSE_HINTS_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

// A nudge, the idea, nearly the code.
inline constexpr int kHintLevels = 3;

// The part under "## Task 1: title", with "### Hint 1" to "### Hint 3" in it.
struct TaskHints {
  int task = 0;
  std::vector<std::string> levels;  // Markdown without its heading, trimmed
};

struct HintsResult {
  std::vector<TaskHints> tasks;  // what could be read, by task
  std::vector<Problem> problems;

  // The text of a level from 1, or nullptr.
  const std::string* Find(int task, int level) const;
};

// Reads the hints of `exercise` in the course at `root`. Checked: the file
// exists; each task has the three levels, in order, none of them empty; no
// heading is one that the reader does not know.
// Thread safety: any thread.
// On failure: `problems`; nothing is thrown.
HintsResult LoadHints(const std::filesystem::path& root,
                      const Exercise& exercise);

// The same from text; `file` is what problems name.
HintsResult ParseHints(const std::string& text, const std::string& file,
                       int task_count);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_HINTS_H_
