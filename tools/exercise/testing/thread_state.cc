// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/thread_state.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdio>
#include <string_view>

namespace workbook {
namespace {

// The files have about 300 and 1,500 bytes.
using Text = std::array<char, 4096>;

std::string_view Read(int thread_id, const char* name, Text& text) {
  std::array<char, 64> path;
  std::snprintf(path.data(), path.size(), "/proc/self/task/%d/%s", thread_id,
                name);
  const int file = open(path.data(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t bytes = read(file, text.data(), text.size());
  close(file);
  return {text.data(), bytes < 0 ? 0 : static_cast<std::size_t>(bytes)};
}

}  // namespace

bool SleepsNow(int thread_id) {
  Text text;
  const std::string_view stat = Read(thread_id, "stat", text);
  const std::size_t name_end = stat.rfind(") ");
  return name_end != std::string_view::npos && name_end + 2 < stat.size() &&
         stat[name_end + 2] == 'S';
}

std::int64_t TimesAsleep(int thread_id) {
  constexpr std::string_view kName = "\nvoluntary_ctxt_switches:\t";
  Text text;
  const std::string_view status = Read(thread_id, "status", text);
  const std::size_t at = status.find(kName);
  std::int64_t times = 0;
  if (at != std::string_view::npos) {
    std::from_chars(status.data() + at + kName.size(),
                    status.data() + status.size(), times);
  }
  return times;
}

}  // namespace workbook
