// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/bench_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <thread>

namespace workbook {
namespace {

// flock knows no time-out; a benchmark takes minutes, so a fifth of a second
// more is nothing.
constexpr std::chrono::milliseconds kBetweenTries{200};

int Open(const std::filesystem::path& file) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW;
  const int created = open(file.c_str(), kFlags | O_CREAT, 0644);
  // Somebody else's in a sticky folder: fs.protected_regular refuses O_CREAT,
  // and reading is enough for a lock.
  return created >= 0 ? created : open(file.c_str(), kFlags);
}

}  // namespace

BenchLock::BenchLock(const std::filesystem::path& file,
                     std::chrono::seconds patience,
                     const std::function<void()>& on_wait)
    : descriptor_(Open(file)) {
  if (descriptor_ < 0) {
    error_ = "cannot open " + file.string() + ": " +
             std::generic_category().message(errno);
    return;
  }
  const auto end = std::chrono::steady_clock::now() + patience;
  for (bool first = true;; first = false) {
    held_ = flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
    if (held_) return;
    if (errno != EWOULDBLOCK && errno != EINTR) {
      error_ = "cannot lock " + file.string() + ": " +
               std::generic_category().message(errno);
      return;
    }
    if (std::chrono::steady_clock::now() >= end) {
      error_ = "another benchmark is still running on this machine";
      return;
    }
    if (first && on_wait) on_wait();
    std::this_thread::sleep_for(kBetweenTries);
  }
}

BenchLock::~BenchLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::filesystem::path BenchLockFile() {
  const char* const chosen = std::getenv("WORKBOOK_BENCH_LOCK");
  return chosen != nullptr ? chosen : "/tmp/memory-workbook-bench.lock";
}

}  // namespace workbook
