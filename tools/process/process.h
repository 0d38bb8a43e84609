// SPDX-License-Identifier: Apache-2.0

// Runs a program within limits, and says exactly how it ended.
#ifndef WORKBOOK_TOOLS_PROCESS_PROCESS_H_
#define WORKBOOK_TOOLS_PROCESS_PROCESS_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workbook {

struct ProcessOptions {
  // Where the program starts; empty is the caller's own folder. A relative path
  // to the program is looked up from there.
  std::string working_directory;

  // Set on top of the caller's environment.
  std::vector<std::pair<std::string, std::string>> environment;
  // Taken out of it.
  std::vector<std::string> unset;

  // Past this the program and everything that it started are killed.
  std::optional<std::chrono::milliseconds> timeout;

  // What is kept of each stream. The rest is read and dropped, so that a
  // program that prints without end neither blocks nor fills the memory.
  std::size_t output_limit_bytes = std::size_t{1} << 20;

  // Called with each piece of either stream as it comes, past the limit too.
  std::function<void(std::string_view)> on_output;

  // The program writes straight to the caller's stdout and stderr, and reads
  // his stdin: for commands that the user talks to.
  bool inherit_streams = false;
};

struct ProcessResult {
  // Not empty if the program could not be started; the other fields say nothing
  // then.
  std::string start_error;

  int exit_code = -1;  // meaningful if signal is 0 and it did not time out
  int signal = 0;      // the signal that ended it
  bool timed_out = false;
  bool output_truncated = false;
  std::string output;  // stdout
  std::string errors;  // stderr
  std::chrono::milliseconds elapsed{0};

  bool Started() const { return start_error.empty(); }

  // It ended by itself with this code.
  bool ExitedWith(int code) const {
    return Started() && !timed_out && signal == 0 && exit_code == code;
  }
};

// Runs arguments[0], found by PATH unless it holds a slash, with an empty
// stdin, and waits for its end. What it leaves running in its process group is
// killed. REQUIRES: `arguments` is not empty. Cost: a fork and an exec; memory
// up to twice output_limit_bytes. Thread safety: any thread. The program dies
// with the calling thread. On failure: start_error says what failed and why;
// nothing is thrown.
ProcessResult RunProcess(const std::vector<std::string>& arguments,
                         const ProcessOptions& options = {});

// The end in words: "exit code 3", "signal 11 (Segmentation fault)", "stopped
// after 2.0 s", "could not be started: ...".
std::string DescribeEnd(const ProcessResult& result);

// Where RunProcess finds `program`: itself if it holds a slash, else the first
// executable file on PATH, else "".
std::string FindOnPath(const std::string& program);

// Whether `program` is an executable file on PATH.
bool IsInstalled(const std::string& program);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_PROCESS_PROCESS_H_
