// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace workbook::grade {
namespace {

constexpr std::size_t kBarWidth = 30;

std::string InWords(std::int64_t seconds) {
  if (seconds < 90) return fmt::format("{} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{} min", (seconds + 30) / 60);
  return fmt::format("{} h {} min", seconds / 3600, seconds % 3600 / 60);
}

}  // namespace

std::string RenderProgress(std::size_t done, std::size_t all,
                           std::size_t graded, std::chrono::seconds elapsed) {
  const std::size_t filled = all == 0 ? kBarWidth : kBarWidth * done / all;
  std::string line =
      fmt::format("[{}{}] {} of {} submissions", std::string(filled, '#'),
                  std::string(kBarWidth - filled, '.'), done, all);
  if (graded == 0 || done >= all) return line;
  const double left = static_cast<double>(elapsed.count()) /
                      static_cast<double>(graded) *
                      static_cast<double>(all - done);
  return line + ", about " + InWords(static_cast<std::int64_t>(left)) + " left";
}

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

void Progress::operator()(std::size_t done, std::size_t all,
                          std::size_t graded) {
  const std::string line =
      RenderProgress(done, all, graded,
                     std::chrono::duration_cast<std::chrono::seconds>(
                         std::chrono::steady_clock::now() - start_));
  if (terminal_) {
    // The end of a longer line before it is erased.
    fmt::print(stderr, "\r{}\x1b[K{}", line, done < all ? "" : "\n");
    return;
  }
  const std::size_t tenths = done * 10 / all;
  if (tenths == tenths_) return;
  tenths_ = tenths;
  fmt::print(stderr, "grade: {}\n", line);
}

}  // namespace workbook::grade
