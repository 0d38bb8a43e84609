// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/progress.h"

#include <cctype>

namespace workbook {
namespace {

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

// "[12 / 119] Compiling ...", not GoogleTest's "[ RUN      ] ...".
bool IsStep(std::string_view line) {
  return line.size() > 1 && line[0] == '[' && IsDigit(line[1]) &&
         line.find(" / ") != std::string_view::npos;
}

// Without what follows "; 9s": strategies, and the number of actions.
std::string_view WithoutStrategies(std::string_view line) {
  for (std::size_t at = line.find("; "); at != std::string_view::npos;
       at = line.find("; ", at + 1)) {
    std::size_t end = at + 2;
    while (end < line.size() && IsDigit(line[end])) ++end;
    if (end > at + 2 && end < line.size() && line[end] == 's') {
      return line.substr(0, end + 1);
    }
  }
  return line;
}

}  // namespace

void BazelProgress::Read(std::string_view piece) {
  for (std::size_t end; (end = piece.find('\n')) != std::string_view::npos;) {
    begun_ += piece.substr(0, end);
    ReadLine(begun_);
    begun_.clear();
    piece.remove_prefix(end + 1);
  }
  begun_ += piece;
}

void BazelProgress::ReadLine(std::string_view line) {
  if (line.starts_with("Another command ")) {
    waits_ = true;
  } else if (IsStep(line) || line.starts_with("Loading: ") ||
             line.starts_with("Analyzing: ")) {
    waits_ = false;
    step_ = WithoutStrategies(line);
  }
}

}  // namespace workbook
