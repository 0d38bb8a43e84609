// Runs Bazel and reads what it did from its build events.
#ifndef WORKBOOK_TOOLS_WORKBOOK_BAZEL_H_
#define WORKBOOK_TOOLS_WORKBOOK_BAZEL_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/workbook/build_events.h"
#include "tools/workbook/problem.h"

namespace workbook::cli {

struct BazelRun {
  // Set where Bazel could not be run or gave up before it built anything; the
  // events then say nothing.
  std::optional<Problem> problem;
  BuildEvents events;
  // Bazel's own "ERROR:" lines, the first few.
  std::vector<std::string> error_lines;
};

class Bazel {
 public:
  // `root` is the workspace, `state_folder` where the event files may lie.
  Bazel(std::filesystem::path root, std::filesystem::path state_folder);

  // `bazel test --keep_going` of `labels`.
  BazelRun Test(const std::vector<std::string>& labels,
                const std::string& what) const;

  // `bazel build -c opt --keep_going` of `labels`.
  BazelRun BuildOptimised(const std::vector<std::string>& labels,
                          const std::string& what) const;

 private:
  BazelRun Run(std::vector<std::string> arguments,
               const std::vector<std::string>& labels,
               const std::string& what) const;

  std::filesystem::path root_;
  std::filesystem::path state_folder_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_BAZEL_H_
