// SPDX-License-Identifier: Apache-2.0

// A program in a terminal of any size, as a learner sees it. For tests.
#ifndef WORKBOOK_TOOLS_WORKBOOK_PSEUDO_TERMINAL_H_
#define WORKBOOK_TOOLS_WORKBOOK_PSEUDO_TERMINAL_H_

#include <sys/types.h>
#include <termios.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace workbook::cli {

// One program. What it prints is kept; every wait ends after half a minute.
class PseudoTerminal {
 public:
  PseudoTerminal() = default;
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;
  // Kills the program if it still runs.
  ~PseudoTerminal();

  // REQUIRES: not started before.
  void Start(
      std::vector<std::string> arguments,
      const std::vector<std::pair<std::string, std::string>>& environment,
      int columns = 80);

  // Whether `text` appears on the screen after what was found before.
  testing::AssertionResult Shows(const std::string& text);
  // All that the program printed, at its end.
  std::string ReadToEnd();

  void Press(char key);
  void Type(const std::string& keys);
  void Resize(int rows, int columns);
  void Signal(int signal);

  // The status of waitpid; the program is killed where it does not end.
  int WaitForEnd();

  // Whether the modes are those from before the program began.
  testing::AssertionResult IsAsBefore() const;

 private:
  // False at the end of what comes.
  bool ReadMore();

  int master_ = -1;
  int slave_ = -1;
  pid_t child_ = -1;
  termios before_ = {};
  std::string screen_;
  std::size_t read_to_ = 0;
};

// What is left of `text` without colours and other orders to the terminal; what
// is written over a line is a line of its own.
std::string WithoutEscapes(const std::string& text);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_PSEUDO_TERMINAL_H_
