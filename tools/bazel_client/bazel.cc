// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/bazel.h"

#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/bazel_client/progress.h"
#include "tools/process/ticker.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kOutputLimitBytes = std::size_t{64} << 20;

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

std::string UserName() {
  const passwd* const user = ::getpwuid(::geteuid());
  return user != nullptr ? user->pw_name : "user" + std::to_string(::geteuid());
}

// Tells the ticker what Bazel says.
class Teller {
 public:
  explicit Teller(const std::string& task) : ticker_(task) {}

  void Read(std::string_view piece) {
    const bool waited = progress_.waits();
    progress_.Read(piece);
    if (progress_.waits() && !waited) {
      ticker_.Say(
          "workbook: another command is building in this workspace: waiting "
          "for it");
    }
    ticker_.SetStep(progress_.waits() ? "waiting for another command"
                                      : progress_.step());
  }

 private:
  Ticker ticker_;
  BazelProgress progress_;
};

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
  if (const char* user = std::getenv("USER"); user == nullptr || !*user) {
    options.environment.emplace_back("USER", UserName());
  }
  std::optional<Teller> teller;
  if (!settings_.task.empty()) teller.emplace(settings_.task);
  options.on_output = [&teller](std::string_view piece) {
    if (teller) teller->Read(piece);
  };
  std::vector<std::string> command{program_, "--nohome_rc"};
  command.insert(command.end(), settings_.startup.begin(),
                 settings_.startup.end());
  command.insert(command.end(), arguments.begin(), arguments.end());
  static_cast<ProcessResult&>(run) = RunProcess(command, options);
  run.trouble = ExplainEnd(run, root_);
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
      "--show_progress",
      "--show_progress_rate_limit=1",
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
                             const std::vector<std::string>& flags,
                             const std::vector<std::string>& arguments) {
  std::vector<std::string> whole{"run",
                                 "-c",
                                 "opt",
                                 "--color=no",
                                 "--curses=no",
                                 "--show_progress",
                                 "--show_progress_rate_limit=1"};
  whole.insert(whole.end(), flags.begin(), flags.end());
  whole.insert(whole.end(), {label, "--"});
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return Execute(whole);
}

std::optional<std::vector<std::string>> InstalledBazel::Query(
    const std::string& expression, std::string& error) {
  const BazelRun run = Execute(
      {"query", "--color=no", "--curses=no", "--noshow_progress", expression});
  if (run.ExitedWith(0)) {
    std::vector<std::string> lines;
    for (const std::string_view line : SplitLines(run.output)) {
      if (!line.empty()) lines.emplace_back(line);
    }
    return lines;
  }
  if (run.trouble) {
    error = run.trouble->Paragraph();
    return std::nullopt;
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

}  // namespace workbook
