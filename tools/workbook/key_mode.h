// SPDX-License-Identifier: Apache-2.0

// A terminal that gives each key at once, and gets its old state back however
// the program ends.
#ifndef WORKBOOK_TOOLS_WORKBOOK_KEY_MODE_H_
#define WORKBOOK_TOOLS_WORKBOOK_KEY_MODE_H_

namespace workbook::cli {

// One at a time. While it lives, SIGINT, SIGTERM and SIGHUP make stop()
// readable and do not end the program; a crash (SIGSEGV, SIGBUS, SIGABRT,
// SIGFPE, SIGILL) restores the terminal and then ends it as it would have; a
// stop by Ctrl-Z restores it, and fg sets it again.
class KeyMode {
 public:
  // Where `input` is no terminal only the signals are handled.
  explicit KeyMode(int input);
  KeyMode(const KeyMode&) = delete;
  KeyMode& operator=(const KeyMode&) = delete;
  ~KeyMode();

  // Readable once somebody wants the program to end.
  int stop() const;

  // Line mode while another program uses the terminal.
  void Suspend();
  void Resume();
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_KEY_MODE_H_
