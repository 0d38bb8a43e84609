// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/blame.h"

#include <cstdlib>
#include <sstream>

namespace workbook::grade {
namespace {

// Of the last TEST(TaskN..., TEST_F(TaskN... or TEST_P(TaskN... up to `line`.
int TaskAt(const std::string& source, long line) {
  std::istringstream lines(source);
  std::string text;
  int task = 0;
  for (long i = 0; i < line && std::getline(lines, text); ++i) {
    if (!text.starts_with("TEST")) continue;
    const std::size_t suite = text.find('(');
    if (suite != std::string::npos) task = TaskOf(text.substr(suite + 1));
  }
  return task;
}

}  // namespace

int TaskOf(const std::string& name) {
  constexpr std::size_t kPrefix = 4;
  if (!name.starts_with("Task")) return 0;
  return std::atoi(name.c_str() + kPrefix);
}

int TaskToBlame(const std::string& diagnostics, const std::string& path,
                const std::string& source) {
  const std::string mark = path + ":";
  for (std::size_t at = diagnostics.find(mark); at != std::string::npos;
       at = diagnostics.find(mark, at + 1)) {
    // Lines of #include stand above all tests and name no task.
    const long line =
        std::strtol(diagnostics.c_str() + at + mark.size(), nullptr, 10);
    if (const int task = TaskAt(source, line)) return task;
  }
  return 0;
}

}  // namespace workbook::grade
