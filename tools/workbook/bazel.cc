#include "tools/workbook/bazel.h"

#include <unistd.h>

#include <cstdlib>
#include <system_error>
#include <utility>

#include "fmt/format.h"
#include "tools/process/process.h"
#include "tools/text/text_file.h"
#include "tools/workbook/terminal.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostErrorLines = 6;

// WORKBOOK_BAZEL, else the first that is installed.
std::string FindBazel() {
  const char* chosen = std::getenv("WORKBOOK_BAZEL");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  for (const char* name : {"bazel", "bazelisk"}) {
    if (IsInstalled(name)) return name;
  }
  return {};
}

// A file that is gone when its owner is.
class EventFile {
 public:
  explicit EventFile(const fs::path& folder)
      : path_(folder / fmt::format("events-{}.json", ::getpid())) {
    std::error_code ignored;
    fs::create_directories(folder, ignored);
  }
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;
  ~EventFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Bazel's own "ERROR:" lines: why it gave up.
std::vector<std::string> ErrorLines(const std::string& errors) {
  std::vector<std::string> lines;
  for (const std::string_view line : SplitLines(errors)) {
    if (!line.starts_with("ERROR:") && !line.starts_with("FATAL:")) continue;
    if (lines.size() == kMostErrorLines) break;
    lines.emplace_back(line);
  }
  return lines;
}

Problem NoBazel() {
  return {.what = "Bazel is not installed",
          .where = "neither bazel nor bazelisk is on PATH",
          .next = "Run ./workbook setup, which installs it or says how."};
}

Problem GaveUp(const ProcessResult& result) {
  std::string lines;
  for (const std::string& line : ErrorLines(result.errors)) {
    lines += "\n    " + line;
  }
  Problem problem{
      .what = fmt::format("Bazel gave up ({}){}", DescribeEnd(result),
                          lines.empty() ? "" : ":" + lines),
      .where = "the WORKSPACE and BUILD files, or the installed packages",
      .next =
          "Run ./workbook setup for missing packages; if you changed a "
          "BUILD file, git diff shows it."};
  if (result.errors.find("No space left on device") != std::string::npos) {
    problem.what = "Bazel has no space left on the disk";
    problem.where = "its output folder: bazel info output_base";
    problem.next = "Free some space (bazel clean helps), then try again.";
  }
  return problem;
}

}  // namespace

Bazel::Bazel(fs::path root, fs::path state_folder)
    : root_(std::move(root)), state_folder_(std::move(state_folder)) {}

BazelRun Bazel::Test(const std::vector<std::string>& labels,
                     const std::string& what) const {
  return Run({"test", "--test_output=summary", "--test_summary=none"}, labels,
             what);
}

BazelRun Bazel::BuildOptimised(const std::vector<std::string>& labels,
                               const std::string& what) const {
  return Run({"build", "-c", "opt"}, labels, what);
}

BazelRun Bazel::Run(std::vector<std::string> arguments,
                    const std::vector<std::string>& labels,
                    const std::string& what) const {
  BazelRun run;
  const std::string bazel = FindBazel();
  if (bazel.empty()) {
    run.problem = NoBazel();
    return run;
  }
  const EventFile events(state_folder_);
  arguments.insert(arguments.begin(), bazel);
  for (const char* option :
       {"--keep_going", "--noshow_progress", "--color=no", "--curses=no"}) {
    arguments.emplace_back(option);
  }
  arguments.push_back("--build_event_json_file=" + events.path().string());
  arguments.emplace_back("--");
  arguments.insert(arguments.end(), labels.begin(), labels.end());

  ProcessOptions options;
  options.working_directory = root_.string();
  ProcessResult result;
  {
    const Ticker ticker(what);
    result = RunProcess(arguments, options);
  }
  if (!result.Started()) {
    run.problem = Problem{.what = "Bazel did not start: " + result.start_error,
                          .where = bazel,
                          .next = "Run ./workbook setup."};
    return run;
  }
  run.events = ParseBuildEvents(ReadTextFile(events.path()).value_or(""));
  run.error_lines = ErrorLines(result.errors);
  if (run.events.targets.empty()) run.problem = GaveUp(result);
  return run;
}

}  // namespace workbook::cli
