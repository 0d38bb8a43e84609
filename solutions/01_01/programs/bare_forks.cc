// SPDX-License-Identifier: Apache-2.0

// Forks where libc holds locks of its own, without any handler of a library:
// from a signal's handler that has interrupted malloc, and while other threads
// read lines and flush all files. It prints what it saw.
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "solutions/01_01/programs/every_size.h"

namespace {

constexpr int kForks = 200;
volatile std::sig_atomic_t forks = 0;
volatile std::sig_atomic_t wrong = 0;
std::atomic<bool> stop{false};

// At once: a child that flushes all files would write it again.
void Print(const char* what) {
  std::printf("%d %s\n", kForks, what);
  std::fflush(stdout);
}

// `work` is the child's; 0: fine.
template <typename Work>
void ForkAndWait(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(120);  // a lock that nobody releases ends the child
    _exit(work());
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) wrong = wrong + 1;
  forks = forks + 1;
}

// Of processor time, so that there is progress between two signals.
void SetTimer(suseconds_t after) {
  const itimerval once = {{0, 0}, {0, after}};
  setitimer(ITIMER_PROF, &once, nullptr);
}

void ForkInHandler(int) {
  ForkAndWait([] { return 0; });
  if (forks < kForks) SetTimer(500 + forks * 37 % 400);
}

// In a process of one thread fork may be called from a signal's handler.
void ForkFromHandlers() {
  std::signal(SIGPROF, ForkInHandler);
  SetTimer(500);
  while (forks < kForks) {
    if (!UseEverySize(66)) wrong = wrong + 1;
  }
  Print("forks from a signal's handler");
}

void ReadLines() {
  std::FILE* const file = std::tmpfile();
  for (int i = 0; i < 100; ++i) std::fprintf(file, "%0*d\n", 10 * i + 1, i);
  while (!stop) {
    std::rewind(file);
    char* line = nullptr;
    std::size_t bytes = 0;
    while (getline(&line, &bytes, file) > 0) {
      std::free(line);
      line = nullptr;
    }
    std::free(line);
  }
  std::fclose(file);
}

void ForkBesideFiles() {
  std::thread reader(ReadLines);
  std::thread flusher([] {
    while (!stop) std::fflush(nullptr);
  });
  for (int i = 0; i < kForks; ++i) {
    ForkAndWait([] {
      std::fflush(nullptr);
      std::FILE* const file = std::fopen("/dev/null", "w");
      if (file == nullptr || std::fclose(file) != 0) return 1;
      return UseEverySize(10) ? 0 : 2;
    });
  }
  stop = true;
  reader.join();
  flusher.join();
  Print("forks beside threads that read and flush files");
}

}  // namespace

int main() {
  ForkFromHandlers();
  ForkBesideFiles();
  std::printf("wrong: %d\n", static_cast<int>(wrong));
  return wrong == 0 ? 0 : 1;
}
