// SPDX-License-Identifier: Apache-2.0

// The screen, or the pipe in its place.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_
#define WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "tools/problem/problem.h"
#include "tools/process/ticker.h"

namespace workbook::cli {

enum class Colour { kPlain, kBold, kDim, kGreen, kYellow, kRed };

class Terminal {
 public:
  // Colours only where stdout is a terminal that knows them and NO_COLOR is not
  // set; questions only where stdin and stdout are terminals.
  static Terminal Detect();

  // `is_screen`: stdout has a width.
  Terminal(bool colours, bool interactive, bool is_screen = false)
      : colours_(colours), interactive_(interactive), is_screen_(is_screen) {}

  bool interactive() const { return interactive_; }

  std::string Paint(Colour colour, std::string_view text) const;

  // Of the screen as it is now; 0 where stdout is none: nothing is folded.
  std::size_t Columns() const;

  // `text` folded at the screen's width (fold.h).
  std::string Fit(std::string_view text) const;

  // Asks a yes/no question; without a terminal the answer is no, at once.
  bool Confirm(std::string_view question) const;

 private:
  bool colours_;
  bool interactive_;
  bool is_screen_;
};

// Writes "workbook: what", "  where: ..." and "  next:  ..." to stderr, and
// gives back the problem's exit code.
int Report(const Problem& problem);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_
