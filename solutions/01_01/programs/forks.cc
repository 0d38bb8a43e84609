// SPDX-License-Identifier: Apache-2.0

// 200 forks of a process whose threads allocate, end, and hold the mutex of a
// library whose fork handlers allocate as well. It prints what it saw.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include "solutions/01_01/programs/every_size.h"
#include "solutions/01_01/programs/fork_handlers.h"

namespace {

constexpr int kForks = 200;
std::atomic<bool> stop{false};
std::atomic<int> wrong{0};

int called_first = 0;  // of the handlers that main registers

// 0: the child is served on this thread and on one of its own.
int UseInChild() {
  alarm(120);  // a lock that nobody releases ends the child
  if (CallsOfHandlers().child != 1 || called_first != 1) return 1;
  if (CallsOfHandlers().failed != 0) return 2;
  if (!UseEverySize(5)) return 3;
  bool served = false;
  std::thread([&] { served = UseEverySize(3); }).join();
  return served ? 0 : 4;
}

bool ForkOnce() {
  const pid_t child = fork();
  if (child == 0) _exit(UseInChild());
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) {
    std::printf("a child ended with status %#x\n",
                static_cast<unsigned>(status));
    return false;
  }
  return true;
}

}  // namespace

int main() {
  pthread_atfork(nullptr, nullptr, [] { called_first += UseEverySize(2); });
  std::vector<std::thread> threads;
  threads.emplace_back([] {
    while (!stop) wrong += !UseEverySize(66);
  });
  threads.emplace_back([] {
    while (!stop) std::thread([] { wrong += !UseEverySize(5); }).join();
  });
  threads.emplace_back([] {
    while (!stop) wrong += !AllocateUnderLibraryMutex();
  });
  for (int i = 0; i < kForks; ++i) wrong += !ForkOnce();
  stop = true;
  for (std::thread& thread : threads) thread.join();
  const HandlerCalls& calls = CallsOfHandlers();
  std::printf("handlers: %d before, %d after, %d failed; wrong: %d\n",
              calls.prepare, calls.parent, calls.failed, wrong.load());
  return wrong == 0 && calls.failed == 0 ? 0 : 1;
}
