// Bazel, as far as the workbook's own programs need it; an interface, so that
// their tests need none.
#ifndef WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_
#define WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bazel_client/build_events.h"
#include "tools/process/process.h"

namespace workbook {

// How it ended, and what it printed. Exit codes: 0, 1 does not build, 3 tests
// failed, 4 no tests; others: it gave up.
struct BazelRun : ProcessResult {
  BuildEvents events;  // of build and test

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

  // `bazel run -c opt label -- arguments`.
  virtual BazelRun Run(const std::string& label,
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
  std::function<void(std::string_view)> on_output;   // as ProcessOptions'
};

// The installed one.
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
  BazelRun Run(const std::string& label,
               const std::vector<std::string>& arguments) override;
  std::optional<std::vector<std::string>> Query(const std::string& expression,
                                                std::string& error) override;

  // What a command that only answers prints: info, aquery.
  // On failure: nullopt.
  std::optional<std::string> Ask(
      const std::vector<std::string>& arguments) const;

 private:
  BazelRun Execute(const std::vector<std::string>& arguments) const;

  std::filesystem::path root_;
  BazelSettings settings_;
  std::string program_;
};

// Bazel's own error lines out of stderr, at most `limit`: why it gave up.
std::vector<std::string> BazelErrorLines(const std::string& errors,
                                         std::size_t limit);

// The same, and the compiler's and linker's.
std::vector<std::string> ErrorLines(const std::string& errors,
                                    std::size_t limit);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BAZEL_CLIENT_BAZEL_H_
