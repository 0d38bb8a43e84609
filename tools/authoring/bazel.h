// Bazel, as far as the gate needs it; an interface, so that the gate's own
// tests need none.
#ifndef WORKBOOK_TOOLS_AUTHORING_BAZEL_H_
#define WORKBOOK_TOOLS_AUTHORING_BAZEL_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/authoring/bazel_events.h"

namespace workbook {

struct BazelRun {
  int exit_code =
      -1;  // Bazel's: 0, 1 does not build, 3 tests failed, 4 no tests
  std::string start_error;  // not empty if it could not run at all
  std::string output;       // stdout
  std::string errors;       // stderr
  BazelEvents events;       // of build and test
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

// The installed one: WORKBOOK_BAZEL if that is set, else `bazel` or `bazelisk`.
class InstalledBazel : public Bazel {
 public:
  explicit InstalledBazel(std::filesystem::path root);

  BazelRun BuildOrTest(const std::string& command,
                       const std::vector<std::string>& arguments) override;
  BazelRun Run(const std::string& label,
               const std::vector<std::string>& arguments) override;
  std::optional<std::vector<std::string>> Query(const std::string& expression,
                                                std::string& error) override;

 private:
  BazelRun Execute(const std::vector<std::string>& arguments) const;

  std::filesystem::path root_;
  std::string program_;
};

// Bazel's and the compiler's own error lines out of stderr, at most `limit`.
std::vector<std::string> ErrorLines(const std::string& errors,
                                    std::size_t limit);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_BAZEL_H_
