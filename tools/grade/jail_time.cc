// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jail_time.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/grade/jail_memory.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

struct ThreadUse {
  char state = 0;
  std::uint64_t ticks = 0;
};

// "RUN WAIT TIMES", in nanoseconds; 0 where the kernel has no such file.
std::uint64_t ReadDelay(const fs::path& schedstat) {
  std::ifstream in(schedstat);
  std::uint64_t run = 0;
  std::uint64_t delay = 0;
  return in >> run >> delay ? delay : 0;
}

// "12 (a name) R 1 ...": the state, and fields 14 and 15, time in the program
// and in the kernel for it. The name may hold anything.
ThreadUse ReadThread(const fs::path& stat) {
  ThreadUse use;
  std::ifstream in(stat);
  // A thread that ends now makes reading fail (ESRCH). getline() says so by a
  // state; an iterator would throw.
  std::string text;
  std::getline(in, text, '\0');
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return use;
  std::istringstream fields(text.substr(name_end + 1));
  fields >> use.state;
  constexpr int kFirst = 14;
  std::string skipped;
  for (int field = 4; field < kFirst; ++field) fields >> skipped;
  std::uint64_t program = 0;
  std::uint64_t kernel = 0;
  if (fields >> program >> kernel) use.ticks = program + kernel;
  return use;
}

}  // namespace

void JailTrees::Add(pid_t root) {
  const MutexLock lock(mutex_);
  roots_.push_back(root);
}

void JailTrees::Remove(pid_t root) {
  const MutexLock lock(mutex_);
  std::erase(roots_, root);
}

std::vector<pid_t> JailTrees::roots() const {
  const MutexLock lock(mutex_);
  return roots_;
}

OwnTime::Use OwnTime::Read() const {
  Use use;
  for (const pid_t process : ProcessesOfTrees(trees_.roots())) {
    const fs::path tasks = fs::path("/proc") / std::to_string(process) / "task";
    std::error_code ended;
    for (fs::directory_iterator thread(tasks, ended), last;
         !ended && thread != last; thread.increment(ended)) {
      const ThreadUse one = ReadThread(thread->path() / "stat");
      const std::string name = thread->path().filename().string();
      pid_t id = 0;
      std::from_chars(name.data(), name.data() + name.size(), id);
      use.ticks += one.ticks;
      use.delay +=
          std::chrono::nanoseconds(ReadDelay(thread->path() / "schedstat"));
      use.is_ready = use.is_ready || one.state == 'R';
      use.threads.insert(id);
    }
  }
  return use;
}

void OwnTime::Look(Clock::time_point now) {
  static const auto kTick =
      std::chrono::duration_cast<Clock::duration>(std::chrono::seconds(1)) /
      sysconf(_SC_CLK_TCK);
  Use use = Read();
  const Clock::duration passed = now - last_;
  last_ = now;
  // What starts and ends between two looks is not seen: a tree that does that
  // is busy.
  const bool same = use.threads == before_.threads;
  const std::uint64_t ticks = use.ticks - std::min(use.ticks, before_.ticks);
  const Clock::duration used = kTick * static_cast<std::int64_t>(ticks);
  const Clock::duration delay =
      std::max(use.delay, before_.delay) - before_.delay;
  before_ = std::move(use);
  if (same && before_.is_ready && used < passed / 2) return;
  Clock::duration counted = std::min<Clock::duration>(passed, kMostALook);
  // Of jails that take turns, each may have been asleep when it was looked at.
  if (same && used < passed / 2) counted -= std::min(counted, delay);
  own_ += counted;
  idle_ = same && ticks == 0 ? idle_ + counted : Clock::duration{0};
}

}  // namespace workbook::grade
