// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "fmt/format.h"
#include "tools/text/text_file.h"
#include "tools/workbook/fold.h"

namespace workbook::cli {
namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool ShowsColours() {
  if (!Environment("NO_COLOR").empty()) return false;
  const std::string_view kind = Environment("TERM");
  return ::isatty(STDOUT_FILENO) != 0 && !kind.empty() && kind != "dumb";
}

std::string_view Code(Colour colour) {
  switch (colour) {
    case Colour::kPlain:
      return "";
    case Colour::kBold:
      return "\x1b[1m";
    case Colour::kDim:
      return "\x1b[2m";
    case Colour::kGreen:
      return "\x1b[32m";
    case Colour::kYellow:
      return "\x1b[33m";
    case Colour::kRed:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

Terminal Terminal::Detect() {
  const bool interactive =
      ::isatty(STDIN_FILENO) != 0 && ::isatty(STDOUT_FILENO) != 0;
  return Terminal(ShowsColours(), interactive, ::isatty(STDOUT_FILENO) != 0);
}

std::string Terminal::Paint(Colour colour, std::string_view text) const {
  if (!colours_ || colour == Colour::kPlain) return std::string(text);
  return fmt::format("{}{}\x1b[0m", Code(colour), text);
}

std::size_t Terminal::Columns() const {
  return is_screen_ ? ColumnsOf(STDOUT_FILENO) : 0;
}

std::string Terminal::Fit(std::string_view text) const {
  return Fold(text, Columns());
}

bool Terminal::Confirm(std::string_view question) const {
  if (!interactive_) return false;
  fmt::print("{} [y/N] ", question);
  std::fflush(stdout);
  std::string answer;
  if (!std::getline(std::cin, answer)) return false;
  const std::string_view word = TrimSpace(answer);
  return word == "y" || word == "Y" || word == "yes";
}

int Report(const Problem& problem) {
  std::fflush(stdout);
  fmt::print(stderr, "workbook: {}\n", problem.what);
  if (!problem.where.empty()) {
    fmt::print(stderr, "  where: {}\n", problem.where);
  }
  if (!problem.next.empty()) fmt::print(stderr, "  next:  {}\n", problem.next);
  return problem.exit_code;
}

}  // namespace workbook::cli
