// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/building.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <algorithm>
#include <utility>

#include "fmt/format.h"
#include "tools/bazel_client/bazel.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

constexpr std::size_t kMaxErrorLines = 6;

Problem NoBazel() {
  return {.what = "Bazel is not installed",
          .where = "neither bazel nor bazelisk is on PATH",
          .next = "Run ./workbook setup, which installs it or says how."};
}

Problem GaveUp(const BazelRun& run,
               const std::vector<std::string>& error_lines) {
  if (run.trouble) return *run.trouble;
  std::string lines;
  for (const std::string& line : error_lines) lines += "\n    " + line;
  return {.what = fmt::format("Bazel gave up ({}){}", DescribeEnd(run),
                              lines.empty() ? "" : ":" + lines),
          .where = "the WORKSPACE and BUILD files, or the installed packages",
          .next =
              "Run ./workbook setup for missing packages; if you changed a "
              "BUILD file, git diff shows it."};
}

// Whether every change of a file under `folder` comes through this kernel, so
// that inotify sees it. Network disks and the shared folders of virtual
// machines are changed from outside: there Bazel has to look at each file.
bool KernelSeesEveryChange(const std::filesystem::path& folder) {
  constexpr unsigned long kXfs = 0x58465342;  // <linux/magic.h> lacks it
  constexpr unsigned long kLocal[] = {EXT4_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
                                      F2FS_SUPER_MAGIC, OVERLAYFS_SUPER_MAGIC,
                                      TMPFS_MAGIC,      kXfs};
  struct statfs disk = {};
  if (::statfs(folder.c_str(), &disk) != 0) return false;
  return std::find(std::begin(kLocal), std::end(kLocal),
                   static_cast<unsigned long>(disk.f_type)) != std::end(kLocal);
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
  BazelSettings settings;
  settings.task = what;
  BazelRun run = InstalledBazel(root, settings).BuildOrTest(command, arguments);
  if (!run.Started()) {
    outcome.problem = Problem{.what = "Bazel did not start: " + run.start_error,
                              .where = program,
                              .next = "Run ./workbook setup."};
    return outcome;
  }
  outcome.error_lines = BazelErrorLines(run.errors, kMaxErrorLines);
  if (run.events.targets.empty() ||
      (run.trouble && !run.trouble->results_stand)) {
    outcome.problem = GaveUp(run, outcome.error_lines);
  }
  outcome.events = std::move(run.events);
  return outcome;
}

// Of a check. The same for every command: others would cost Bazel what it
// knows of the BUILD files.
std::vector<std::string> LoopOptions(const std::filesystem::path& root) {
  std::vector<std::string> options{"--config=loop"};
  // A tenth of a second of each check.
  if (KernelSeesEveryChange(root)) options.emplace_back("--watchfs");
  return options;
}

}  // namespace

BuildOutcome TestTargets(const std::filesystem::path& root,
                         const std::vector<std::string>& labels,
                         const std::string& what, RedTests red_tests) {
  std::vector<std::string> arguments = LoopOptions(root);
  if (red_tests == RedTests::kRunAgain) {
    arguments.emplace_back("--cache_test_results=auto");
  }
  return Execute(root, "test", std::move(arguments), labels, what);
}

BuildOutcome TestForRaces(const std::filesystem::path& root,
                          const std::vector<std::string>& labels,
                          const std::string& what) {
  std::vector<std::string> arguments = LoopOptions(root);
  arguments.emplace_back("--config=tsan");
  return Execute(root, "test", std::move(arguments), labels, what);
}

std::optional<std::string> ActionsBehind(
    const std::filesystem::path& root, const std::vector<std::string>& labels) {
  std::vector<std::string> arguments{"aquery"};
  for (std::string& option : LoopOptions(root)) {
    arguments.push_back(std::move(option));
  }
  std::string tests;
  for (const std::string& label : labels) tests += ' ' + label;
  // --config=loop says the first of these to `test` alone.
  arguments.insert(
      arguments.end(),
      {"--cache_test_results=yes", "--output=jsonproto",
       fmt::format("mnemonic(\"CppCompile|CppLink\", deps(set({})))", tests)});
  return InstalledBazel(root).Ask(arguments);
}

std::optional<std::string> ExecutionRoot(const std::filesystem::path& root) {
  const auto answer = InstalledBazel(root).Ask({"info", "execution_root"});
  if (!answer) return std::nullopt;
  return std::string(TrimSpace(*answer));
}

BuildOutcome Build(const std::filesystem::path& root,
                   const std::vector<std::string>& labels,
                   const std::string& what) {
  return Execute(root, "build", {}, labels, what);
}

BuildOutcome BuildOptimised(const std::filesystem::path& root,
                            const std::vector<std::string>& labels,
                            const std::string& what) {
  return Execute(root, "build", {"-c", "opt"}, labels, what);
}

BuildOutcome BuildWithLines(const std::filesystem::path& root,
                            const std::vector<std::string>& labels,
                            const std::string& what) {
  // Not --copt: all else is what bench has built already. Of DWARF 5 objdump
  // 2.40 takes the wrong file names.
  return Execute(
      root, "build",
      {"-c", "opt", "--per_file_copt=^(exercises|solutions)/.*@-gdwarf-4,-g1"},
      labels, what);
}

}  // namespace workbook::cli
