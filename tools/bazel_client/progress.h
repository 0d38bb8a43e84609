// SPDX-License-Identifier: Apache-2.0

// How far Bazel is, out of what it says on stderr.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_PROGRESS_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_PROGRESS_H_

#include <string>
#include <string_view>

namespace workbook {

// Reads what comes of --color=no --curses=no, in pieces of any size.
// Thread safety: one thread.
class BazelProgress {
 public:
  void Read(std::string_view piece);

  // Bazel's newest line of progress without its names of strategies:
  // "[12 / 119] 3 / 40 tests; Compiling a.cc; 9s". Empty before the first.
  const std::string& step() const { return step_; }

  // It waits for another command in the same workspace.
  bool waits() const { return waits_; }

 private:
  void ReadLine(std::string_view line);

  std::string begun_;  // a line without its end
  std::string step_;
  bool waits_ = false;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_PROGRESS_H_
