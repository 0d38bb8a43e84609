// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/lint_check.h"

#include <sstream>
#include <string>

#include "tools/process/process.h"

namespace workbook {
namespace {

constexpr char kScript[] = "tools/authoring/lint.sh";
constexpr char kMissing[] = "missing: ";
constexpr int kExitCannotRun = 2;
constexpr std::size_t kOutputLimitBytes = std::size_t{4} << 20;

// A line for each finding, and one for each linter that is not there.
void TellLines(const std::string& output, GateLog& log) {
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kMissing)) {
      log.Gap(line.substr(sizeof kMissing - 1) +
              ", not checked (./workbook setup --author)");
    } else if (!line.empty()) {
      log.Fail(line + ". Fix: correct it; " + kScript + " says the rest. A " +
               "word that is right goes into tools/authoring/known_words.txt.");
    }
  }
}

}  // namespace

void CheckLint(const std::filesystem::path& root, GateLog& log) {
  if (!std::filesystem::exists(root / kScript)) {
    log.Gap("linters: " + std::string(kScript) + " is not there");
    return;
  }
  ProcessOptions options;
  options.working_directory = root.string();
  options.output_limit_bytes = kOutputLimitBytes;
  const ProcessResult run = RunProcess({kScript}, options);
  if (run.ExitedWith(kExitCannotRun)) {
    log.Gap("linters: " + run.errors);
    return;
  }
  TellLines(run.output, log);
  if (run.ExitedWith(0)) log.Pass();
  const bool ended = run.ExitedWith(0) || run.ExitedWith(1);
  if (!ended) {
    log.Fail(std::string(kScript) + " " + DescribeEnd(run) + ": " + run.errors +
             ". Fix: run it by hand.");
  }
}

}  // namespace workbook
