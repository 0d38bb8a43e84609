#include "tools/authoring/bazel.h"

#include <cstdlib>
#include <sstream>
#include <string_view>
#include <utility>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::size_t kOutputLimitBytes = std::size_t{32} << 20;

std::string FindBazel() {
  const char* chosen = std::getenv("WORKBOOK_BAZEL");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  return IsInstalled("bazel") ? "bazel" : "bazelisk";
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

// A compiler's or linker's error, or Bazel's.
bool IsErrorLine(std::string_view line) {
  return line.starts_with("ERROR:") || line.starts_with("FATAL:") ||
         line.find(" error: ") != std::string_view::npos ||
         line.find("undefined reference") != std::string_view::npos;
}

}  // namespace

InstalledBazel::InstalledBazel(std::filesystem::path root)
    : root_(std::move(root)), program_(FindBazel()) {}

BazelRun InstalledBazel::Execute(
    const std::vector<std::string>& arguments) const {
  ProcessOptions options;
  options.working_directory = root_.string();
  options.output_limit_bytes = kOutputLimitBytes;
  std::vector<std::string> command{program_};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ProcessResult result = RunProcess(command, options);
  BazelRun run;
  if (!result.Started() || result.signal != 0) {
    run.start_error = DescribeEnd(result);
  }
  run.exit_code = result.exit_code;
  run.output = std::move(result.output);
  run.errors = std::move(result.errors);
  return run;
}

BazelRun InstalledBazel::BuildOrTest(
    const std::string& command, const std::vector<std::string>& arguments) {
  const ScratchFolder folder;
  const std::string events = (folder.path() / "events.json").string();
  std::vector<std::string> whole{
      command,       "--keep_going",      "--color=no",
      "--curses=no", "--noshow_progress", "--build_event_json_file=" + events};
  if (command == "test") {
    whole.insert(whole.end(), {"--test_output=summary", "--test_summary=none"});
  }
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  BazelRun run = Execute(whole);
  run.events = ParseBazelEvents(ReadTextFile(events).value_or(""));
  return run;
}

BazelRun InstalledBazel::Run(const std::string& label,
                             const std::vector<std::string>& arguments) {
  std::vector<std::string> whole{
      "run", "-c", "opt", "--color=no", "--curses=no", "--noshow_progress",
      label, "--"};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return Execute(whole);
}

std::optional<std::vector<std::string>> InstalledBazel::Query(
    const std::string& expression, std::string& error) {
  const BazelRun run = Execute(
      {"query", "--color=no", "--curses=no", "--noshow_progress", expression});
  if (run.start_error.empty() && run.exit_code == 0) return Lines(run.output);
  error = run.start_error;
  for (const std::string& line : ErrorLines(run.errors, 5)) {
    error += (error.empty() ? "" : "\n") + line;
  }
  if (error.empty()) error = run.errors;
  return std::nullopt;
}

std::vector<std::string> ErrorLines(const std::string& errors,
                                    std::size_t limit) {
  std::vector<std::string> found;
  for (std::string& line : Lines(errors)) {
    if (found.size() == limit) break;
    if (IsErrorLine(line)) found.push_back(std::move(line));
  }
  return found;
}

}  // namespace workbook
