#include "tools/bazel_client/bazel.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kOutputLimitBytes = std::size_t{32} << 20;

constexpr std::string_view kEventsName = "events-";

// A file that is gone when its owner is.
class EventFile {
 public:
  explicit EventFile(const fs::path& folder)
      : path_(folder / (std::string(kEventsName) + std::to_string(::getpid()) +
                        ".json")) {
    std::error_code ignored;
    fs::create_directories(folder, ignored);
    RemoveLeftOnes(folder);
  }
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;
  ~EventFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  // By killed ones. No build takes a day, and a process's number would say
  // nothing of one in another container.
  static void RemoveLeftOnes(const fs::path& folder) {
    const auto yesterday =
        fs::file_time_type::clock::now() - std::chrono::hours(24);
    for (const std::string& name : FileNames(folder, ".json")) {
      std::error_code error;
      if (name.starts_with(kEventsName) &&
          fs::last_write_time(folder / name, error) < yesterday && !error) {
        fs::remove(folder / name, error);
      }
    }
  }

  fs::path path_;
};

bool IsScript(const fs::path& program) {
  char start[2] = {};
  return std::ifstream(program).read(start, 2) && start[0] == '#' &&
         start[1] == '!';
}

// The only "bazel-4" or the like next to the script `name`; else `name`.
std::string BehindScript(const std::string& name) {
  std::error_code error;
  const fs::path script = fs::canonical(FindOnPath(name), error);
  if (error || !IsScript(script) || std::getenv("USE_BAZEL_VERSION")) {
    return name;
  }
  std::string found;
  for (const auto& entry :
       fs::directory_iterator(script.parent_path(), error)) {
    if (!entry.path().filename().string().starts_with("bazel-")) continue;
    if (!found.empty()) return name;
    found = entry.path();
  }
  return !found.empty() && IsInstalled(found) ? found : name;
}

bool IsBazelError(std::string_view line) {
  return line.starts_with("ERROR:") || line.starts_with("FATAL:");
}

// A compiler's or linker's error, or Bazel's.
bool IsError(std::string_view line) {
  return IsBazelError(line) ||
         line.find(" error: ") != std::string_view::npos ||
         line.find("undefined reference") != std::string_view::npos;
}

std::vector<std::string> LinesThat(bool (*fit)(std::string_view),
                                   const std::string& text, std::size_t limit) {
  std::vector<std::string> found;
  for (const std::string_view line : SplitLines(text)) {
    if (found.size() == limit) break;
    if (fit(line)) found.emplace_back(line);
  }
  return found;
}

}  // namespace

std::string FindBazel() {
  const char* chosen = std::getenv("WORKBOOK_BAZEL");
  if (chosen != nullptr && *chosen != '\0') return chosen;
  for (const char* name : {"bazel", "bazelisk"}) {
    if (IsInstalled(name)) return BehindScript(name);
  }
  return {};
}

InstalledBazel::InstalledBazel(fs::path root, BazelSettings settings)
    : root_(std::move(root)),
      settings_(std::move(settings)),
      program_(FindBazel()) {}

BazelRun InstalledBazel::Execute(
    const std::vector<std::string>& arguments) const {
  BazelRun run;
  if (program_.empty()) {
    run.start_error = "neither bazel nor bazelisk is on PATH";
    return run;
  }
  ProcessOptions options;
  options.working_directory = root_.string();
  options.output_limit_bytes = kOutputLimitBytes;
  options.timeout = settings_.timeout;
  options.on_output = settings_.on_output;
  std::vector<std::string> command{program_};
  command.insert(command.end(), settings_.startup.begin(),
                 settings_.startup.end());
  command.insert(command.end(), arguments.begin(), arguments.end());
  static_cast<ProcessResult&>(run) = RunProcess(command, options);
  return run;
}

BazelRun InstalledBazel::BuildOrTest(
    const std::string& command, const std::vector<std::string>& arguments) {
  const EventFile events(root_ / ".workbook");
  std::vector<std::string> whole{
      command,
      "--keep_going",
      "--color=no",
      "--curses=no",
      "--noshow_progress",
      "--build_event_json_file=" + events.path().string()};
  if (command == "test") {
    whole.insert(whole.end(), {"--test_output=summary", "--test_summary=none"});
  }
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  BazelRun run = Execute(whole);
  run.events = ParseBuildEvents(ReadTextFile(events.path()).value_or(""));
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
  if (run.ExitedWith(0)) {
    return LinesThat([](std::string_view line) { return !line.empty(); },
                     run.output, run.output.size());
  }
  error = run.Ended() ? "" : DescribeEnd(run);
  for (const std::string& line : ErrorLines(run.errors, 5)) {
    error += (error.empty() ? "" : "\n") + line;
  }
  if (error.empty()) error = run.errors;
  return std::nullopt;
}

std::optional<std::string> InstalledBazel::Ask(
    const std::vector<std::string>& arguments) const {
  BazelRun run = Execute(arguments);
  if (!run.ExitedWith(0) || run.output_truncated) return std::nullopt;
  return std::move(run.output);
}

std::vector<std::string> BazelErrorLines(const std::string& errors,
                                         std::size_t limit) {
  return LinesThat(IsBazelError, errors, limit);
}

std::vector<std::string> ErrorLines(const std::string& errors,
                                    std::size_t limit) {
  return LinesThat(IsError, errors, limit);
}

}  // namespace workbook
