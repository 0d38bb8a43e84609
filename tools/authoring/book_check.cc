// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/book_check.h"

#include <chrono>
#include <string>

#include "tools/process/process.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr char kScript[] = "tools/book/browser/test.sh";
constexpr std::string_view kMissing = "missing: ";
constexpr int kExitCannotRun = 2;
constexpr std::chrono::minutes kPatience{20};

void TellMissing(const std::string& output, bool strict, GateLog& log) {
  std::string what = output;
  for (const std::string_view line : SplitLines(output)) {
    if (line.starts_with(kMissing)) what = line.substr(kMissing.size());
  }
  const std::string told = "the book in a browser: there is no " + what;
  if (strict) {
    log.Fail(told + ". Fix: ./workbook setup --author");
  } else {
    log.Gap(told + " (./workbook setup --author)");
  }
}

}  // namespace

void CheckBook(const std::filesystem::path& root, bool strict, GateLog& log) {
  if (!std::filesystem::exists(root / kScript)) return;
  ProcessOptions options;
  options.working_directory = root.string();
  options.timeout = kPatience;
  const ProcessResult run =
      log.Run("Driving a browser through the book", {kScript}, options);
  if (run.ExitedWith(0)) return log.Pass();
  if (run.ExitedWith(kExitCannotRun)) {
    return TellMissing(run.output + run.errors, strict, log);
  }
  for (const std::string_view line : SplitLines(run.output)) {
    log.Fail(std::string(line));
  }
  if (!run.ExitedWith(1) || run.output.empty()) {
    log.Fail(std::string(kScript) + " " + DescribeEnd(run) + ": " + run.errors +
             ". Fix: run it by hand.");
  }
}

}  // namespace workbook
