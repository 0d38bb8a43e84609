// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/git_checkout.h"

#include <chrono>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

// The line that says most of why git failed.
std::string Reason(const ProcessResult& result) {
  if (!result.Started()) return result.start_error;
  std::string last;
  for (const std::string_view line : SplitLines(result.errors)) {
    if (line.starts_with("fatal:") || line.starts_with("error:")) {
      return std::string(TrimSpace(line));
    }
    if (!TrimSpace(line).empty()) last = TrimSpace(line);
  }
  return last.empty() ? DescribeEnd(result) : last;
}

}  // namespace

GitCheckout::GitCheckout(fs::path root, fs::path scratch)
    : root_(std::move(root)), scratch_(std::move(scratch)) {}

ProcessResult GitCheckout::Run(std::vector<std::string> arguments,
                               const fs::path& index) const {
  arguments.insert(arguments.begin(),
                   {"git", "--no-pager", "--literal-pathspecs"});
  ProcessOptions options;
  options.working_directory = root_.string();
  options.unset = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"};
  // Its words are read, and it must never wait for a password.
  options.environment = {{"LC_ALL", "C"},
                         {"GIT_TERMINAL_PROMPT", "0"},
                         {"GIT_OPTIONAL_LOCKS", "0"}};
  if (!index.empty()) {
    options.environment.emplace_back("GIT_INDEX_FILE", index.string());
  }
  options.timeout = std::chrono::minutes(5);
  options.output_limit_bytes = std::size_t{64} << 20;
  return RunProcess(arguments, options);
}

std::string GitCheckout::Line(std::vector<std::string> arguments) const {
  const ProcessResult result = Run(std::move(arguments));
  return result.ExitedWith(0) ? std::string(TrimSpace(result.output)) : "";
}

ScratchIndex::ScratchIndex(const GitCheckout& checkout, const std::string& name)
    : checkout_(checkout), path_(checkout.scratch() / name) {}

ScratchIndex::~ScratchIndex() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

ProcessResult ScratchIndex::Run(std::vector<std::string> arguments) const {
  return checkout_.Run(std::move(arguments), path_);
}

Problem GitProblem(const std::string& what, const ProcessResult& result) {
  Problem problem{.what = what + ": " + Reason(result),
                  .where = "git",
                  .next = "Nothing was changed. Fix that, then update again."};
  if (result.errors.find("No space left") != std::string::npos) {
    problem.next =
        "Nothing was changed. Free some space (df -h), then update again.";
  }
  return problem;
}

}  // namespace workbook::cli
