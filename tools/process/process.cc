// SPDX-License-Identifier: Apache-2.0

#include "tools/process/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace workbook {
namespace {

using Clock = std::chrono::steady_clock;

// How long an end can go unnoticed while a pipe stays open. pidfd_open would
// need no polling, and is refused in some containers.
constexpr std::chrono::milliseconds kPollInterval{10};

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  bool Open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    read_end = ends[0];
    write_end = ends[1];
    return true;
  }
  void CloseRead() { CloseEnd(read_end); }
  void CloseWrite() { CloseEnd(write_end); }
  ~Pipe() {
    CloseRead();
    CloseWrite();
  }

 private:
  static void CloseEnd(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

// Everything the child needs, made before the fork: after it, in a process that
// had threads, only async-signal-safe calls are allowed.
struct Launch {
  std::vector<char*> arguments;
  std::vector<std::string> environment_text;
  std::vector<char*> environment;
  std::string program;
  const ProcessOptions* options = nullptr;
  Pipe output;
  Pipe errors;
  Pipe failure;
  pid_t parent = 0;
};

void PrepareEnvironment(const ProcessOptions& options, Launch& launch) {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const bool replaced =
        std::find(options.unset.begin(), options.unset.end(), name) !=
            options.unset.end() ||
        std::any_of(
            options.environment.begin(), options.environment.end(),
            [name](const auto& variable) { return variable.first == name; });
    if (!replaced) launch.environment_text.emplace_back(text);
  }
  for (const auto& [name, value] : options.environment) {
    launch.environment_text.push_back(name + "=" + value);
  }
  for (std::string& text : launch.environment_text) {
    launch.environment.push_back(text.data());
  }
  launch.environment.push_back(nullptr);
}

[[noreturn]] void ReportFailureAndExit(const Launch& launch) {
  const int error = errno;
  [[maybe_unused]] const ssize_t written =
      write(launch.failure.write_end, &error, sizeof(error));
  _exit(127);
}

[[noreturn]] void BecomeProgram(const Launch& launch) {
  const ProcessOptions& options = *launch.options;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != launch.parent) _exit(127);
  if (!options.inherit_streams) {
    setpgid(0, 0);
    const int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 ||
        dup2(launch.output.write_end, STDOUT_FILENO) < 0 ||
        dup2(launch.errors.write_end, STDERR_FILENO) < 0) {
      ReportFailureAndExit(launch);
    }
  }
  if (!options.working_directory.empty() &&
      chdir(options.working_directory.c_str()) != 0) {
    ReportFailureAndExit(launch);
  }
  execve(launch.program.c_str(), launch.arguments.data(),
         launch.environment.data());
  ReportFailureAndExit(launch);
}

void KillAll(pid_t child, const ProcessOptions& options) {
  kill(options.inherit_streams ? child : -child, SIGKILL);
}

// Reads what is there; false at the end of the stream.
bool Drain(int descriptor, std::string& kept, const ProcessOptions& options,
           bool& truncated) {
  std::array<char, 16384> piece{};
  const ssize_t length = read(descriptor, piece.data(), piece.size());
  if (length < 0) return errno == EINTR || errno == EAGAIN;
  if (length == 0) return false;
  const std::size_t count = static_cast<std::size_t>(length);
  const std::size_t room = options.output_limit_bytes -
                           std::min(options.output_limit_bytes, kept.size());
  kept.append(piece.data(), std::min(room, count));
  if (count > room) truncated = true;
  if (options.on_output) options.on_output({piece.data(), count});
  return true;
}

// Whether the child has ended; it stays a zombie, so that its process group
// can't be anyone else's when it is killed.
bool HasEnded(pid_t child) {
  siginfo_t information{};
  return waitid(P_PID, static_cast<id_t>(child), &information,
                WEXITED | WNOHANG | WNOWAIT) == 0 &&
         information.si_pid == child;
}

// Reads both streams until the child ends or its time is over.
void Watch(pid_t child, Launch& launch, Clock::time_point start,
           ProcessResult& result) {
  const ProcessOptions& options = *launch.options;
  std::array<pollfd, 2> streams{{{launch.output.read_end, POLLIN, 0},
                                 {launch.errors.read_end, POLLIN, 0}}};
  const std::array<std::string*, 2> kept{&result.output, &result.errors};
  bool killed = false;
  bool ended = false;
  for (;;) {
    const int ready = poll(streams.data(), streams.size(),
                           ended ? 0 : static_cast<int>(kPollInterval.count()));
    for (std::size_t i = 0; ready > 0 && i < streams.size(); ++i) {
      if (streams[i].revents == 0) continue;
      if (!Drain(streams[i].fd, *kept[i], options, result.output_truncated)) {
        streams[i].fd = -1;
      }
    }
    // After the end, what is still in the pipes is read, and no more is waited
    // for: a descendant that left the group may hold them open.
    if (ended && ready <= 0) return;
    if (!ended && HasEnded(child)) {
      ended = true;
      KillAll(child, options);
    }
    if (!ended && !killed && options.timeout &&
        Clock::now() - start > *options.timeout) {
      result.timed_out = killed = true;
      KillAll(child, options);
    }
  }
}

std::string FailureText(const std::vector<std::string>& arguments,
                        const ProcessOptions& options, int error) {
  std::string text = arguments[0] + ": " + std::strerror(error);
  if (!options.working_directory.empty()) {
    text += " (in " + options.working_directory + ")";
  }
  return text;
}

}  // namespace

ProcessResult RunProcess(const std::vector<std::string>& arguments,
                         const ProcessOptions& options) {
  ProcessResult result;
  Launch launch;
  launch.options = &options;
  launch.parent = getpid();
  launch.program = FindOnPath(arguments[0]);
  if (launch.program.empty()) {
    result.start_error = arguments[0] + " is not installed (not on PATH)";
    return result;
  }
  std::vector<std::string> owned = arguments;
  for (std::string& argument : owned) {
    launch.arguments.push_back(argument.data());
  }
  launch.arguments.push_back(nullptr);
  PrepareEnvironment(options, launch);
  if (!launch.output.Open() || !launch.errors.Open() ||
      !launch.failure.Open()) {
    result.start_error = FailureText(arguments, options, errno);
    return result;
  }
  const Clock::time_point start = Clock::now();
  const pid_t child = fork();
  if (child == 0) BecomeProgram(launch);
  if (child < 0) {
    result.start_error = FailureText(arguments, options, errno);
    return result;
  }
  // Here too: whichever of the two is first, the group exists before a kill.
  if (!options.inherit_streams) setpgid(child, child);
  launch.output.CloseWrite();
  launch.errors.CloseWrite();
  launch.failure.CloseWrite();
  int error = 0;
  const bool failed =
      read(launch.failure.read_end, &error, sizeof(error)) == sizeof(error);
  if (!failed) Watch(child, launch, start, result);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (failed) {
    result.start_error = FailureText(arguments, options, error);
    return result;
  }
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      Clock::now() - start);
  return result;
}

std::string DescribeEnd(const ProcessResult& result) {
  if (!result.Started()) return "could not be started: " + result.start_error;
  if (result.timed_out) {
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "stopped after %.1f s",
                  static_cast<double>(result.elapsed.count()) / 1000.0);
    return text.data();
  }
  if (result.signal != 0) {
    return "signal " + std::to_string(result.signal) + " (" +
           strsignal(result.signal) + ")";
  }
  return "exit code " + std::to_string(result.exit_code);
}

std::string FindOnPath(const std::string& program) {
  if (program.find('/') != std::string::npos) return program;
  const char* path = std::getenv("PATH");
  std::string_view folders = path != nullptr ? path : "/usr/bin:/bin";
  while (!folders.empty()) {
    const std::size_t end = folders.find(':');
    const std::string_view folder = folders.substr(0, end);
    std::string candidate =
        std::string(folder.empty() ? "." : folder) + "/" + program;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    if (end == std::string_view::npos) break;
    folders.remove_prefix(end + 1);
  }
  return {};
}

bool IsInstalled(const std::string& program) {
  const std::string path = FindOnPath(program);
  return !path.empty() && access(path.c_str(), X_OK) == 0;
}

}  // namespace workbook
