// SPDX-License-Identifier: Apache-2.0

#include "tools/process/coprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include "tools/process/process.h"

namespace workbook {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestLine = std::size_t{1} << 16;

// Frees what posix_spawn needs on every way out.
class SpawnActions {
 public:
  SpawnActions() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

int Spawn(const std::vector<std::string>& arguments,
          const std::string& working_directory, int child_end, pid_t& pid) {
  std::vector<std::string> copies = arguments;
  std::vector<char*> argv;
  for (std::string& argument : copies) argv.push_back(argument.data());
  argv.push_back(nullptr);
  SpawnActions actions;
  posix_spawn_file_actions_adddup2(&actions.files, child_end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions.files, child_end, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions.files, STDERR_FILENO, "/dev/null",
                                   O_WRONLY, 0);
  if (!working_directory.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions.files,
                                         working_directory.c_str());
  }
  posix_spawnattr_setflags(&actions.attributes, POSIX_SPAWN_SETPGROUP);
  return posix_spawnp(&pid, argv[0], &actions.files, &actions.attributes,
                      argv.data(), environ);
}

}  // namespace

Coprocess::Coprocess(const std::vector<std::string>& arguments,
                     const std::string& working_directory) {
  // A socket, because writing to one can be told not to raise SIGPIPE.
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    error_ = std::string("no socket: ") + std::strerror(errno);
    return;
  }
  const int failed = Spawn(arguments, working_directory, ends[1], pid_);
  close(ends[1]);
  socket_ = ends[0];
  if (failed != 0) {
    pid_ = -1;
    error_ = std::string("could not be started: ") + std::strerror(failed);
  }
}

Coprocess::~Coprocess() {
  if (socket_ >= 0) close(socket_);
  if (pid_ < 0) return;
  kill(-pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool Coprocess::WriteLine(std::string line) {
  if (!error_.empty()) return false;
  line += '\n';
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t written =
        send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      FailAtItsEnd();
      return false;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> Coprocess::ReadLine(
    std::chrono::milliseconds patience) {
  const Clock::time_point deadline = Clock::now() + patience;
  while (error_.empty()) {
    const std::size_t end = unread_.find('\n');
    if (end != std::string::npos || unread_.size() >= kLongestLine) {
      std::string line = unread_.substr(0, end);
      unread_.erase(0, end == std::string::npos ? end : end + 1);
      return line;
    }
    ReadSome(std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - Clock::now()));
  }
  return std::nullopt;
}

void Coprocess::ReadSome(std::chrono::milliseconds patience) {
  pollfd ready = {.fd = socket_, .events = POLLIN, .revents = 0};
  const int count = patience.count() > 0
                        ? poll(&ready, 1, static_cast<int>(patience.count()))
                        : 0;
  if (count < 0 && errno == EINTR) return;
  if (count == 0) {
    error_ = "no answer in time";
    return;
  }
  std::array<char, 4096> buffer;
  const ssize_t got = read(socket_, buffer.data(), buffer.size());
  if (got > 0) {
    unread_.append(buffer.data(), static_cast<std::size_t>(got));
  } else if (got == 0 || errno != EINTR) {
    FailAtItsEnd();
  }
}

// Its end of the socket is closed. It has ended or is about to; one that goes
// on without its streams is killed after a second.
void Coprocess::FailAtItsEnd() {
  const Clock::time_point deadline = Clock::now() + std::chrono::seconds(1);
  int status = 0;
  pid_t ended = 0;
  while ((ended = waitpid(pid_, &status, WNOHANG)) == 0 &&
         Clock::now() < deadline) {
    poll(nullptr, 0, 1);
  }
  kill(-pid_, SIGKILL);
  while (ended == 0 && waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  ProcessResult result;
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  error_ = DescribeEnd(result);
}

}  // namespace workbook
