// SPDX-License-Identifier: Apache-2.0

// A program that is asked and answers, a line at a time.
#ifndef WORKBOOK_TOOLS_PROCESS_COPROCESS_H_
#define WORKBOOK_TOOLS_PROCESS_COPROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace workbook {

// Owns a running program: it is killed, and what it started in its process
// group with it, when the object dies. It ends by itself when the caller dies,
// if it reads its stdin to the end.
// Thread safety: one thread at a time.
class Coprocess {
 public:
  // Starts arguments[0] in `working_directory` ("" is the caller's own). Its
  // stderr goes nowhere.
  // REQUIRES: `arguments` is not empty.
  // On failure: error() says why, and nothing can be asked.
  Coprocess(const std::vector<std::string>& arguments,
            const std::string& working_directory);
  ~Coprocess();
  Coprocess(const Coprocess&) = delete;
  Coprocess& operator=(const Coprocess&) = delete;

  // Writes `line` and a line break. Returns whether the program takes it.
  bool WriteLine(std::string line);

  // The next line of its stdout, without its break; nothing when the program
  // ended, or said nothing until `patience` was over: error() says which.
  // Lines longer than 64 KiB are cut into several.
  std::optional<std::string> ReadLine(std::chrono::milliseconds patience);

  // "" while it runs; then how it ended, "signal 11 (Segmentation fault)".
  const std::string& error() const { return error_; }

 private:
  void ReadSome(std::chrono::milliseconds patience);
  void FailAtItsEnd();

  pid_t pid_ = -1;
  int socket_ = -1;  // its stdin and stdout
  std::string unread_;
  std::string error_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROCESS_COPROCESS_H_
