// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/error_lines.h"

#include "tools/text/text_file.h"

namespace workbook {
namespace {

// The last of these comes of the client, with a date before the word.
bool IsBazelError(std::string_view line) {
  return line.starts_with("ERROR:") || line.starts_with("FATAL:") ||
         line.starts_with("[FATAL ");
}

// A compiler's or linker's error, or Bazel's.
bool IsError(std::string_view line) {
  return IsBazelError(line) ||
         line.find(" error: ") != std::string_view::npos ||
         line.find("undefined reference") != std::string_view::npos;
}

std::vector<std::string> LinesThat(bool (*fit)(std::string_view),
                                   std::string_view text, std::size_t limit) {
  std::vector<std::string> found;
  for (const std::string_view line : SplitLines(text)) {
    if (found.size() == limit) break;
    if (fit(line)) found.emplace_back(line);
  }
  return found;
}

}  // namespace

std::vector<std::string> BazelErrorLines(std::string_view errors,
                                         std::size_t limit) {
  return LinesThat(IsBazelError, errors, limit);
}

std::vector<std::string> ErrorLines(std::string_view errors,
                                    std::size_t limit) {
  return LinesThat(IsError, errors, limit);
}

}  // namespace workbook
