// SPDX-License-Identifier: Apache-2.0

// The hints of an exercise: exercises/NN_MM/hints.md.
//
//   ## Task 1 · ReusesAFreedBlock, Task1Threads: a freed block never comes back
//
//   1. A question that makes one look at the right place.
//   2. The idea.
//   3. ```cpp
//      // in FixedSizePool::Deallocate
//      node->next = free_;
//      free_ = node;
//      ```
//
// A block serves a sub-goal: the tests or suites of that task that its heading
// names, and what one sees while they are red. Whatever belongs to a level
// stands behind its number, or below and indented by three spaces.
//
// The reader takes the form from before sub-goals as well, `## Task 1: title`
// and then `### Hint 1` to `### Hint 3`; verify refuses it.
#ifndef WORKBOOK_TOOLS_COURSE_HINTS_H_
#define WORKBOOK_TOOLS_COURSE_HINTS_H_

#include <filesystem>
#include <string>
#include <vector>

#include "tools/course/exercise.h"
#include "tools/problem/problem.h"

namespace workbook {

// A question, the idea, code.
inline constexpr int kHintLevels = 3;

// What stands in a fence ```cpp of level 3.
struct HintCode {
  std::string text;
  int line = 0;  // of its first line in hints.md
};

struct HintBlock {
  int task = 0;
  std::vector<std::string> names;   // none in the old form
  std::string seen;                 // "a freed block never comes back"
  int line = 0;                     // of its heading
  std::vector<std::string> levels;  // Markdown, trimmed, without indentation
  std::vector<HintCode> code;       // none in the old form

  // What the progress file calls it: its first name; "" in the old form.
  std::string Key() const { return names.empty() ? "" : names.front(); }
};

// How near a block is to a test.
enum class HintFit {
  kTask,   // it is one of the task's
  kSuite,  // it names the test's suite
  kTest,   // it names the test
};

struct FoundHint {
  const HintBlock* block = nullptr;
  HintFit fit = HintFit::kTask;
};

struct HintsResult {
  bool old_form = false;
  std::vector<HintBlock> blocks;  // in the order of the file
  std::vector<Problem> problems;

  // Returns the block of `task` that names `red_test` ("Suite.Test"), else the
  // one that names its suite, else the first of the task; no block if the task
  // has none.
  FoundHint Find(int task, const std::string& red_test) const;

  // Returns the block of `task` whose names, else whose words, speak of threads
  // or races; nullptr if there is none.
  const HintBlock* FindAboutThreads(int task) const;

  // Returns the block of `task` whose code is for the function `name`: it
  // stands behind `// in NAME`, or defines it; nullptr if there is none.
  const HintBlock* FindFor(int task, const std::string& name) const;
};

// Reads the hints of `exercise` in the course at `root`. Checked: the file
// exists; each task has a block; each block has the three levels, in order,
// none of them empty, and code in the third; no heading is one that the reader
// does not know. Whether the names exist is the gate's question.
// Thread safety: any thread.
// On failure: `problems`; nothing is thrown.
HintsResult LoadHints(const std::filesystem::path& root,
                      const Exercise& exercise);

// Does the same from text; `file` is what problems name.
HintsResult ParseHints(const std::string& text, const std::string& file,
                       int task_count);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_COURSE_HINTS_H_
