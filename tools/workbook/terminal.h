// The screen, or the pipe in its place.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_
#define WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "tools/workbook/problem.h"

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

// Shows how long something takes, on one line of a terminal that is gone when
// it ends; where stderr is no terminal it shows nothing.
class Ticker {
 public:
  explicit Ticker(std::string what);
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;
  ~Ticker();

 private:
  void Run();

  const std::string what_;
  const std::chrono::steady_clock::time_point start_;
  std::mutex mutex_;
  std::condition_variable done_changed_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TERMINAL_H_
