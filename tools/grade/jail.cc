// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail.h"

#include <fcntl.h>
#include <linux/keyctl.h>
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
#include "tools/grade/jail_filter.h"
#include "tools/grade/jail_memory.h"
#include "tools/grade/jail_time.h"

namespace workbook::grade {
namespace {

// Far above the users that a system hands out itself (up to 59999).
constexpr unsigned kFirstJailUser = 60'000;
constexpr int kStatusFd = 5;
constexpr int kFilterFd = 6;
// Wall times until the machine is given up.
constexpr int kPatience = 5;
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
  Pipe output, errors, secret, channel, status, filter;
  bool ok() const {
    return output.ok() && errors.ok() && secret.ok() && channel.ok() &&
           status.ok() && filter.ok();
  }
};

[[noreturn]] void Child(const JailCommand& command, Pipes& pipes,
                        char* const* arguments, bool is_root) {
  // Up and away first: a source may sit where a target has to be.
  const bool is_wired = command.incoming >= 0 && command.outgoing >= 0;
  std::array<int, 7> sources{
      open("/dev/null", O_RDONLY),
      pipes.output.writing(),
      pipes.errors.writing(),
      is_wired ? command.incoming : pipes.secret.reading(),
      is_wired ? command.outgoing : pipes.channel.writing(),
      pipes.status.writing(),
      pipes.filter.reading()};
  for (int& source : sources) source = fcntl(source, F_DUPFD, 32);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    dup2(sources[i], static_cast<int>(i));
  }
  syscall(SYS_close_range, kFilterFd + 1, ~0U, 0);
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
  // Not the grader's: what is put there would outlive the jail. A kernel
  // without keys has no keyring to leave.
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);
  static char path[] = "PATH=/usr/bin:/bin";
  char* const environment[] = {path, nullptr};
  execvpe(arguments[0], arguments, environment);
  _exit(127);
}

class Reader {
 public:
  Reader(pid_t jail, const JailTrees& trees, JailResult& result,
         const JailCommand& command, Pipes& pipes)
      : jail_(jail),
        result_(result),
        limits_(command.limits),
        idle_(command.idle),
        time_(trees, start_),
        streams_{{{&pipes.output, &result.output, 0},
                  {&pipes.errors, &result.errors, 0},
                  {&pipes.channel, &result.channel, 0},
                  {&pipes.status, &status_, 0}}} {}

  // Reads until every stream has ended, or a limit is passed.
  void ReadAll() {
    while (!WasEnded()) {
      std::array<pollfd, 4> waiting{};
      bool open = false;
      for (std::size_t i = 0; i < streams_.size(); ++i) {
        waiting[i] = {streams_[i].pipe->reading(), POLLIN, 0};
        // The status pipe is bubblewrap's own; the jail ends with the others.
        if (waiting[i].fd >= 0) open = true;
      }
      if (!open) return;
      if (MillisecondsToLook() == 0) Look();
      if (WasEnded()) return;
      if (poll(waiting.data(), waiting.size(), MillisecondsToLook()) < 0 &&
          errno != EINTR) {
        return;
      }
      for (std::size_t i = 0; i < streams_.size(); ++i) {
        if (waiting[i].revents != 0) ReadSome(streams_[i]);
      }
    }
  }

  const std::string& status() const { return status_; }
  // Other programs had the machine.
  bool starved() const { return starved_; }
  bool WasEnded() const { return starved_ || result_.WasEnded(); }

 private:
  struct Stream {
    Pipe* pipe;
    std::string* kept;
    std::size_t seen;
  };

  int MillisecondsToLook() const {
    const Clock::duration wait =
        std::min<Clock::duration>(kBetweenLooks, limits_.wall - time_.own());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        looked_ + wait - Clock::now());
    return static_cast<int>(std::max(left, left.zero()).count());
  }

  void Look() {
    looked_ = Clock::now();
    time_.Look(looked_);
    if (time_.own() >= limits_.wall ||
        (idle_.count() > 0 && time_.idle() >= idle_)) {
      result_.timed_out = true;
    } else if (looked_ - start_ >= kPatience * limits_.wall) {
      starved_ = true;
    } else if (ResidentBytesOfTree(jail_) > limits_.memory_bytes) {
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
  const std::chrono::milliseconds idle_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point looked_ = start_;
  OwnTime time_;
  bool starved_ = false;
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

std::chrono::nanoseconds ToDuration(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) +
         std::chrono::microseconds(time.tv_usec);
}

// Adds what the process has used to `used`.
int WaitFor(pid_t process, std::chrono::nanoseconds& used) {
  int status = 0;
  rusage usage{};
  while (wait4(process, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  used += ToDuration(usage.ru_utime) + ToDuration(usage.ru_stime);
  return status;
}

// The first process of the namespace ends after all others in it. `status` says
// "child-pid": 1234; nothing where the jail did not start.
void WaitForNamespace(std::string_view status, std::chrono::nanoseconds& used) {
  constexpr std::string_view kName = "\"child-pid\": ";
  const std::size_t at = status.find(kName);
  if (at == std::string_view::npos) return;
  const std::string_view number = status.substr(at + kName.size());
  pid_t first = 0;
  std::from_chars(number.data(), number.data() + number.size(), first);
  if (first > 1) WaitFor(first, used);
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

// A few thousand bytes: a pipe holds 64 KiB, so this never waits.
void Give(const std::string& bytes, Pipe& pipe) {
  pipe.Close(0);
  [[maybe_unused]] const ssize_t written =
      write(pipe.writing(), bytes.data(), bytes.size());
  pipe.Close(1);
}

JailResult RunOnce(const JailCommand& command) {
  JailResult result;
  const std::vector<std::string> arguments =
      BubblewrapArguments(command, kStatusFd, kFilterFd);
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
  Give(command.secret, pipes.secret);
  Give(CallFilterBytes(), pipes.filter);
  const auto trees =
      command.together ? command.together : std::make_shared<JailTrees>();
  trees->Add(child);
  Reader reader(child, *trees, result, command, pipes);
  reader.ReadAll();
  if (reader.WasEnded()) {
    // bubblewrap's death takes the pid namespace with it (--die-with-parent).
    kill(-child, SIGKILL);
  }
  trees->Remove(child);
  const int wait_status = WaitFor(child, result.used);
  WaitForNamespace(reader.status(), result.used);
  ReadEnd(wait_status, reader.status(), result);
  if (reader.starved()) {
    result.start_error =
        "other programs had the machine for too long: let fewer of them run, "
        "or give fewer --jobs";
  }
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
