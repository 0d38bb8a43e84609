#include "tools/workbook/building.h"

#include <utility>

#include "fmt/format.h"
#include "tools/bazel_client/bazel.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {
namespace {

constexpr std::size_t kMostErrorLines = 6;

Problem NoBazel() {
  return {.what = "Bazel is not installed",
          .where = "neither bazel nor bazelisk is on PATH",
          .next = "Run ./workbook setup, which installs it or says how."};
}

Problem GaveUp(const BazelRun& run,
               const std::vector<std::string>& error_lines) {
  std::string lines;
  for (const std::string& line : error_lines) lines += "\n    " + line;
  Problem problem{
      .what = fmt::format("Bazel gave up ({}){}", DescribeEnd(run),
                          lines.empty() ? "" : ":" + lines),
      .where = "the WORKSPACE and BUILD files, or the installed packages",
      .next =
          "Run ./workbook setup for missing packages; if you changed a "
          "BUILD file, git diff shows it."};
  if (run.errors.find("No space left on device") != std::string::npos) {
    problem.what = "Bazel has no space left on the disk";
    problem.where = "its output folder: bazel info output_base";
    problem.next = "Free some space (bazel clean helps), then try again.";
  }
  return problem;
}

BuildOutcome Execute(const std::filesystem::path& root,
                     const std::string& command,
                     std::vector<std::string> arguments,
                     const std::vector<std::string>& labels,
                     const std::string& what) {
  BuildOutcome outcome;
  const std::string program = FindBazel();
  if (program.empty()) {
    outcome.problem = NoBazel();
    return outcome;
  }
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), labels.begin(), labels.end());
  InstalledBazel bazel(root);
  BazelRun run;
  {
    const Ticker ticker(what);
    run = bazel.BuildOrTest(command, arguments);
  }
  if (!run.Started()) {
    outcome.problem = Problem{.what = "Bazel did not start: " + run.start_error,
                              .where = program,
                              .next = "Run ./workbook setup."};
    return outcome;
  }
  outcome.error_lines = BazelErrorLines(run.errors, kMostErrorLines);
  if (run.events.targets.empty()) {
    outcome.problem = GaveUp(run, outcome.error_lines);
  }
  outcome.events = std::move(run.events);
  return outcome;
}

}  // namespace

BuildOutcome TestTargets(const std::filesystem::path& root,
                         const std::vector<std::string>& labels,
                         const std::string& what) {
  return Execute(root, "test", {}, labels, what);
}

BuildOutcome BuildOptimised(const std::filesystem::path& root,
                            const std::vector<std::string>& labels,
                            const std::string& what) {
  return Execute(root, "build", {"-c", "opt"}, labels, what);
}

}  // namespace workbook::cli
