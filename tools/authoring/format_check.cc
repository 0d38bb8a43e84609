// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/format_check.h"

#include <sstream>
#include <vector>

#include "tools/process/process.h"

namespace workbook {
namespace {

constexpr std::size_t kOutputLimitBytes = std::size_t{16} << 20;

ProcessResult RunIn(const std::filesystem::path& root,
                    const std::vector<std::string>& command) {
  ProcessOptions options;
  options.working_directory = root.string();
  options.output_limit_bytes = kOutputLimitBytes;
  return RunProcess(command, options);
}

// "a.cc:3:1: error: code should be clang-formatted": each file once.
std::set<std::string> FilesIn(const std::string& errors) {
  std::set<std::string> files;
  std::istringstream lines(errors);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(':');
    if (colon != std::string::npos &&
        line.find("[-Wclang-format-violations]") != std::string::npos) {
      files.insert(line.substr(0, colon));
    }
  }
  return files;
}

}  // namespace

void CheckFormat(const std::filesystem::path& root,
                 const std::set<std::string>& not_ours, GateLog& log) {
  if (!IsInstalled("clang-format")) {
    log.Gap(
        "the layout of sources: clang-format is not installed (./workbook "
        "setup --author)");
    return;
  }
  const ProcessResult list =
      RunIn(root, {"git", "ls-files", "--", "*.h", "*.cc"});
  if (!list.ExitedWith(0)) {
    log.Gap("the layout of sources: this is not a git checkout");
    return;
  }
  std::vector<std::string> command{"clang-format", "--dry-run", "-Werror"};
  const std::size_t without_files = command.size();
  std::istringstream lines(list.output);
  for (std::string file; std::getline(lines, file);) {
    if (not_ours.count(file) == 0 && std::filesystem::exists(root / file)) {
      command.push_back(file);
    }
  }
  if (command.size() == without_files) {
    log.Gap("the layout of sources: git tracks none");
    return;
  }
  const ProcessResult run = RunIn(root, command);
  if (run.ExitedWith(0)) {
    log.Pass();
    return;
  }
  std::string files;
  for (const std::string& file : FilesIn(run.errors)) files += " " + file;
  log.Fail(files.empty()
               ? "clang-format " + DescribeEnd(run) + ": " + run.errors
               : "not laid out as .clang-format says:" + files +
                     ". Fix: clang-format -i" + files);
}

}  // namespace workbook
