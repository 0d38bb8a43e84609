// SPDX-License-Identifier: Apache-2.0

// Bazel, as far as the workbook's own programs need it; an interface, so that
// their tests need none.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/bazel_client/error_lines.h"
#include "tools/bazel_client/trouble.h"
#include "tools/process/process.h"

namespace workbook {

// How it ended, and what it printed. Exit codes: 0, 1 does not build, 3 tests
// failed, 4 no tests; others: it gave up.
struct BazelRun : ProcessResult {
  BuildEvents events;  // of build and test

  // Why it gave up, if it did; not what is wrong with the code.
  std::optional<BazelTrouble> trouble;

  // It came to an end of its own, good or bad.
  bool Ended() const { return Started() && signal == 0 && !timed_out; }
};

class Bazel {
 public:
  virtual ~Bazel() = default;

  // `bazel build` or `bazel test` with these arguments, going on after a
  // failure.
  virtual BazelRun BuildOrTest(const std::string& command,
                               const std::vector<std::string>& arguments) = 0;

  // `bazel run -c opt flags label -- arguments`.
  virtual BazelRun Run(const std::string& label,
                       const std::vector<std::string>& flags,
                       const std::vector<std::string>& arguments) = 0;

  // The lines that `bazel query expression` prints.
  // On failure: nothing, and `error` says why.
  virtual std::optional<std::vector<std::string>> Query(
      const std::string& expression, std::string& error) = 0;
};

// WORKBOOK_BAZEL if that is set, else the first of `bazel` and `bazelisk` that
// is installed, else "". Debian's `bazel` is a script that looks through its
// folder for the versions installed there: where there is one and nothing asks
// for another, that one, which saves some hundredths of a second a start.
std::string FindBazel();

struct BazelSettings {
  std::vector<std::string> startup;  // before the command: --output_base=...
  std::optional<std::chrono::milliseconds> timeout;  // of each run

  // What it is for: "Building the benchmark of 01_02". A Ticker on stderr says
  // so, and how far Bazel is. Empty: it is silent.
  std::string task;
};

// The installed one. It does not read ~/.bazelrc, which is about other
// projects, and has a $USER: Bazel ends at once where that is unset and the
// user has no entry in /etc/passwd.
// Thread safety: one thread of a process.
// On failure: the run's start_error; nothing is thrown.
class InstalledBazel : public Bazel {
 public:
  // `root` is the workspace. What Bazel leaves for the caller lies in its
  // folder .workbook, which is made where it is missing, for as long as it is
  // read.
  explicit InstalledBazel(std::filesystem::path root,
                          BazelSettings settings = {});

  BazelRun BuildOrTest(const std::string& command,
                       const std::vector<std::string>& arguments) override;
  BazelRun Run(const std::string& label, const std::vector<std::string>& flags,
               const std::vector<std::string>& arguments) override;
  std::optional<std::vector<std::string>> Query(const std::string& expression,
                                                std::string& error) override;

  // Any command: `bazel arguments`.
  BazelRun Execute(const std::vector<std::string>& arguments) const;

  // What a command that only answers prints: info, aquery.
  // On failure: nullopt.
  std::optional<std::string> Ask(
      const std::vector<std::string>& arguments) const;

 private:
  std::filesystem::path root_;
  BazelSettings settings_;
  std::string program_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_
