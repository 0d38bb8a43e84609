// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <string_view>

#include "tools/grade/bubblewrap.h"
#include "tools/grade/jail_memory.h"

namespace workbook::grade {
namespace {

// Far above the users that a system hands out itself (up to 59999).
constexpr unsigned kFirstJailUser = 60'000;
constexpr int kSecretFd = 3;
constexpr int kChannelFd = 4;
constexpr int kStatusFd = 5;
constexpr char kNotStarted[] = "the jail did not start: ";
// A look costs about 0.1 ms with four processes: a thousandth of this.
constexpr std::chrono::milliseconds kBetweenLooks{100};

using Clock = std::chrono::steady_clock;

class Pipe {
 public:
  Pipe() { ok_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    Close(0);
    Close(1);
  }
  bool ok() const { return ok_; }
  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void Close(std::size_t end) {
    if (ok_ && ends_[end] >= 0) close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
  bool ok_ = false;
};

unsigned JailUser(int slot) {
  return kFirstJailUser + static_cast<unsigned>(slot % 1000);
}

void Limit(__rlimit_resource resource, std::uint64_t value) {
  const rlimit both{value, value};
  setrlimit(resource, &both);
}

void CloseWires(const JailCommand& command) {
  if (command.incoming >= 0) close(command.incoming);
  if (command.outgoing >= 0) close(command.outgoing);
}

// In the child, between fork and exec: only system calls.
void ApplyLimits(const JailLimits& limits) {
  // At the second limit the kernel kills; at the first it says why.
  const auto cpu_seconds = static_cast<rlim_t>(limits.cpu_seconds);
  const rlimit cpu{cpu_seconds, cpu_seconds + 1};
  setrlimit(RLIMIT_CPU, &cpu);
  Limit(RLIMIT_DATA, limits.data_bytes);
  Limit(RLIMIT_AS, limits.address_space_bytes);
  Limit(RLIMIT_FSIZE, limits.file_bytes);
  Limit(RLIMIT_CORE, 0);
  Limit(RLIMIT_NOFILE, static_cast<std::uint64_t>(limits.open_files));
  Limit(RLIMIT_NPROC, static_cast<std::uint64_t>(limits.processes));
  Limit(RLIMIT_MEMLOCK, 64 << 10);
  Limit(RLIMIT_MSGQUEUE, 0);
}

struct Pipes {
  Pipe output, errors, secret, channel, status;
  bool ok() const {
    return output.ok() && errors.ok() && secret.ok() && channel.ok() &&
           status.ok();
  }
};

[[noreturn]] void Child(const JailCommand& command, Pipes& pipes,
                        char* const* arguments, bool is_root) {
  // Up and away first: a source may sit where a target has to be.
  const bool is_wired = command.incoming >= 0 && command.outgoing >= 0;
  std::array<int, 6> sources{
      open("/dev/null", O_RDONLY),
      pipes.output.writing(),
      pipes.errors.writing(),
      is_wired ? command.incoming : pipes.secret.reading(),
      is_wired ? command.outgoing : pipes.channel.writing(),
      pipes.status.writing()};
  for (int& source : sources) source = fcntl(source, F_DUPFD, 32);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    dup2(sources[i], static_cast<int>(i));
  }
  syscall(SYS_close_range, kStatusFd + 1, ~0U, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  setpgid(0, 0);
  ApplyLimits(command.limits);
  if (is_root) {
    const unsigned user = JailUser(command.slot);
    syscall(SYS_setgroups, 0, nullptr);
    syscall(SYS_setresgid, user, user, user);
    syscall(SYS_setresuid, user, user, user);
  }
  static char path[] = "PATH=/usr/bin:/bin";
  char* const environment[] = {path, nullptr};
  execvpe(arguments[0], arguments, environment);
  _exit(127);
}

class Reader {
 public:
  Reader(pid_t jail, JailResult& result, const JailLimits& limits, Pipes& pipes)
      : jail_(jail),
        result_(result),
        limits_(limits),
        streams_{{{&pipes.output, &result.output, 0},
                  {&pipes.errors, &result.errors, 0},
                  {&pipes.channel, &result.channel, 0},
                  {&pipes.status, &status_, 0}}} {}

  // Reads until every stream has ended, or a limit is passed.
  void ReadAll(Clock::time_point deadline) {
    while (!result_.flooded) {
      std::array<pollfd, 4> waiting{};
      bool open = false;
      for (std::size_t i = 0; i < streams_.size(); ++i) {
        waiting[i] = {streams_[i].pipe->reading(), POLLIN, 0};
        // The status pipe is bubblewrap's own; the jail ends with the others.
        if (waiting[i].fd >= 0) open = true;
      }
      if (!open) return;
      Look(deadline);
      if (result_.WasEnded()) return;
      if (poll(waiting.data(), waiting.size(), MillisecondsTo(deadline)) < 0 &&
          errno != EINTR) {
        return;
      }
      for (std::size_t i = 0; i < streams_.size(); ++i) {
        if (waiting[i].revents != 0) ReadSome(streams_[i]);
      }
    }
  }

  const std::string& status() const { return status_; }

 private:
  struct Stream {
    Pipe* pipe;
    std::string* kept;
    std::size_t seen;
  };

  // At most to the next look.
  static int MillisecondsTo(Clock::time_point deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    return static_cast<int>(
        std::clamp(left, std::chrono::milliseconds(0), kBetweenLooks).count());
  }

  void Look(Clock::time_point deadline) {
    const Clock::time_point now = Clock::now();
    if (now >= deadline) result_.timed_out = true;
    if (now - looked_ < kBetweenLooks) return;
    looked_ = now;
    if (ResidentBytesOfTree(jail_) > limits_.memory_bytes) {
      result_.out_of_memory = true;
    }
  }

  void ReadSome(Stream& stream) {
    std::array<char, 65536> buffer;
    const ssize_t count =
        read(stream.pipe->reading(), buffer.data(), buffer.size());
    if (count <= 0) {
      if (count == 0 || errno != EINTR) stream.pipe->Close(0);
      return;
    }
    const auto bytes = static_cast<std::size_t>(count);
    stream.seen += bytes;
    const std::size_t room =
        limits_.output_bytes -
        std::min(limits_.output_bytes, stream.kept->size());
    stream.kept->append(buffer.data(), std::min(room, bytes));
    if (stream.seen > limits_.flood_bytes) result_.flooded = true;
  }

  const pid_t jail_;
  JailResult& result_;
  const JailLimits& limits_;
  Clock::time_point looked_ = Clock::now();
  std::string status_;
  std::array<Stream, 4> streams_;
};

// bubblewrap ends before the first process of its pid namespace is reaped.
// Where process 1 of the machine is slow at that, or of a container never does
// it, such zombies would fill the slot's number of processes.
void AdoptOrphans() {
  [[maybe_unused]] static const int adopts =
      prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

int WaitFor(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// The first process of the namespace ends after all others in it. `status` says
// "child-pid": 1234; nothing where the jail did not start.
void WaitForNamespace(std::string_view status) {
  constexpr std::string_view kName = "\"child-pid\": ";
  const std::size_t at = status.find(kName);
  if (at == std::string_view::npos) return;
  const std::string_view number = status.substr(at + kName.size());
  pid_t first = 0;
  std::from_chars(number.data(), number.data() + number.size(), first);
  if (first > 1) WaitFor(first);
}

void ReadEnd(int wait_status, const std::string& status, JailResult& result) {
  if (WIFSIGNALED(wait_status)) {
    result.signal = WTERMSIG(wait_status);
  } else {
    result.exit_code = WEXITSTATUS(wait_status);
  }
  if (result.WasEnded()) return;
  if (status.find("child-pid") == std::string::npos) {
    result.start_error = kNotStarted + result.errors;
    return;
  }
  // bubblewrap tells a signal as a shell does.
  if (result.exit_code > 128) result.signal = result.exit_code - 128;
}

JailResult RunOnce(const JailCommand& command) {
  JailResult result;
  const std::vector<std::string> arguments =
      BubblewrapArguments(command, kStatusFd);
  std::vector<char*> raw;
  raw.reserve(arguments.size() + 1);
  for (const std::string& argument : arguments) {
    raw.push_back(const_cast<char*>(argument.c_str()));
  }
  raw.push_back(nullptr);
  Pipes pipes;
  if (!pipes.ok()) {
    result.start_error = std::string("no pipe: ") + std::strerror(errno);
    CloseWires(command);
    return result;
  }
  AdoptOrphans();
  const bool is_root = geteuid() == 0;
  const pid_t child = fork();
  if (child == 0) Child(command, pipes, raw.data(), is_root);
  CloseWires(command);
  if (child < 0) {
    result.start_error = std::string("no process: ") + std::strerror(errno);
    return result;
  }
  setpgid(child, child);
  pipes.output.Close(1);
  pipes.errors.Close(1);
  pipes.channel.Close(1);
  pipes.status.Close(1);
  pipes.secret.Close(0);
  // At most a few hundred bytes: a pipe holds 64 KiB, so this never waits.
  [[maybe_unused]] const ssize_t written = write(
      pipes.secret.writing(), command.secret.data(), command.secret.size());
  pipes.secret.Close(1);
  Reader reader(child, result, command.limits, pipes);
  reader.ReadAll(Clock::now() + command.limits.wall);
  if (result.WasEnded()) {
    // bubblewrap's death takes the pid namespace with it (--die-with-parent).
    kill(-child, SIGKILL);
  }
  const int wait_status = WaitFor(child);
  WaitForNamespace(reader.status());
  ReadEnd(wait_status, reader.status(), result);
  return result;
}

}  // namespace

void PrepareWritable(const std::string& folder, int slot) {
  if (geteuid() != 0) return;
  if (chown(folder.c_str(), JailUser(slot), JailUser(slot)) != 0) return;
}

JailResult RunInJail(const JailCommand& command) {
  JailResult result = RunOnce(command);
  // How bubblewrap says what it failed in after its start. A command can say so
  // as well, in order not to be judged: then this jail can start it.
  if (result.start_error.empty() && result.errors.starts_with("bwrap: ")) {
    JailCommand trial = command;
    trial.incoming = trial.outgoing = -1;
    trial.arguments = {"/usr/bin/test", "-x", command.arguments[0]};
    if (!RunOnce(trial).ExitedWith(0)) {
      result.start_error = kNotStarted + result.errors;
    }
  }
  return result;
}

}  // namespace workbook::grade
