// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_export.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

#include "tools/exercise/todo.h"

namespace workbook {

namespace {

// Appends a number in the shortest form that reads back the same.
void AppendNumber(std::string& text, auto number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
  text.append(digits, end);
}

}  // namespace

void AppendPrometheus(const MonitorSnapshot& snapshot, std::string& text) {
  Todo("04_04 task 12: AppendPrometheus");
}

void AppendCsv(const MonitorSnapshot& snapshot, std::string& text) {
  Todo("04_04 task 12: AppendCsv");
}

}  // namespace workbook
