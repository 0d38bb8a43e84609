// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/task_uses.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

// "given/ring.h" of `#include "exercises/03_05/given/ring.h"` or of
// `#include "03_05/given/ring.h"`; "" of a line that includes nothing of the
// exercise.
std::string IncludedFile(std::string_view line, const std::string& id) {
  constexpr std::string_view kInclude = "#include \"";
  constexpr std::string_view kFolder = "exercises/";
  if (!line.starts_with(kInclude)) return {};
  line.remove_prefix(kInclude.size());
  if (line.starts_with(kFolder)) line.remove_prefix(kFolder.size());
  if (!line.starts_with(id + "/")) return {};
  line.remove_prefix(id.size() + 1);
  return std::string(line.substr(0, line.find('"')));
}

// The task that `file` is of; nullptr where the learner does not edit it.
const Task* OwnerOf(const Exercise& exercise, const std::string& file) {
  for (const Task& task : exercise.tasks) {
    if (std::find(task.files.begin(), task.files.end(), file) !=
        task.files.end()) {
      return &task;
    }
  }
  return nullptr;
}

}  // namespace

std::set<int> TasksUsedBy(const std::filesystem::path& root,
                          const Exercise& exercise, const Task& task) {
  std::set<int> used;
  std::vector<std::string> open = exercise.TestSources(root, task);
  open.insert(open.end(), task.files.begin(), task.files.end());
  std::set<std::string> seen(open.begin(), open.end());
  const auto add = [&](const std::string& file) {
    if (seen.insert(file).second) open.push_back(file);
  };
  while (!open.empty()) {
    const std::string file = std::move(open.back());
    open.pop_back();
    const auto text = ReadTextFile(root / exercise.folder / file);
    if (!text) continue;
    for (const std::string_view line : SplitLines(*text)) {
      const std::string included = IncludedFile(line, exercise.id);
      if (included.empty()) continue;
      add(included);
      const Task* const owner = OwnerOf(exercise, included);
      if (owner == nullptr || owner->number == task.number) continue;
      used.insert(owner->number);
      // What is linked with the header: pool.cc beside pool.h.
      for (const std::string& more : owner->files) add(more);
    }
  }
  return used;
}

}  // namespace workbook::cli
