// SPDX-License-Identifier: Apache-2.0

// Which page has the section of a task.
#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>

#include "tools/course/exercise.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

// 1 of "01_02_1_pool.md" with the start "01_02_"; 0 of what is no such name.
int TaskOf(std::string_view name, std::string_view start) {
  if (!name.starts_with(start)) return 0;
  name.remove_prefix(start.size());
  int task = 0;
  const char* const end = name.data() + name.size();
  const auto [behind, error] = std::from_chars(name.data(), end, task);
  return error == std::errc() && behind != end && *behind == '_' ? task : 0;
}

}  // namespace

std::vector<TaskPage> Exercise::TaskPages(const fs::path& root) const {
  const fs::path chapter_folder = page.parent_path();
  std::vector<TaskPage> pages;
  for (const std::string& name : FileNames(root / chapter_folder, ".md")) {
    const int task = TaskOf(name, id + "_");
    if (task > 0) pages.push_back({task, chapter_folder / name});
  }
  std::stable_sort(
      pages.begin(), pages.end(),
      [](const TaskPage& a, const TaskPage& b) { return a.task < b.task; });
  return pages;
}

fs::path Exercise::PageOf(const fs::path& root, const Task& task) const {
  for (const TaskPage& own : TaskPages(root)) {
    if (own.task == task.number) return own.file;
  }
  return page;
}

std::vector<fs::path> Exercise::Pages(const fs::path& root) const {
  std::vector<fs::path> pages = {page};
  for (const TaskPage& own : TaskPages(root)) pages.push_back(own.file);
  return pages;
}

}  // namespace workbook
