// SPDX-License-Identifier: Apache-2.0

// Strangers have taken all 1024 keys of the process before the first
// allocation, or the key's value is refused: nobody would hear that a thread
// ends. Then threads go without a cache, and no stranger's value changes.
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <thread>
#include <vector>

#include "01_01/malloc_api.h"

namespace {

constinit thread_local bool refuse_values = false;
constinit std::atomic<int> values_set = 0;

}  // namespace

// Instead of glibc's, in this binary: refused where a thread asks for that.
// What is not refused is only remembered that far; no destructor runs.
extern "C" int pthread_setspecific(pthread_key_t, const void*) noexcept {
  ++values_set;
  if (!refuse_values) return 0;
  errno = ENOMEM;  // as by the calloc that it calls
  return ENOMEM;
}

namespace workbook {
namespace {

int UseAThread(bool refuses, std::size_t& caches) {
  int result = 0;
  std::thread([&] {
    refuse_values = refuses;
    errno = 0;
    for (std::size_t i = 0; i < 10'000; ++i) {
      void* const block = Malloc(1 + i * 37 % 3'000);
      if (block == nullptr) result = 1;
      Free(block);
    }
    Free(Malloc(100'000));
    if (errno != 0) result = 2;
    caches = ProcessAllocator().GetStatistics().thread_caches;
  }).join();
  return result;
}

int WithoutKeys() {
  std::vector<pthread_key_t> keys;
  pthread_key_t key = 0;
  while (pthread_key_create(&key, nullptr) == 0) keys.push_back(key);
  if (keys.size() < 500) return 3;
  std::size_t caches = 0;
  const int result = UseAThread(false, caches);
  if (result != 0) return result;
  if (values_set != 0) return 6;  // that of a stranger's key
  if (caches != 0) return 4;
  if (ProcessAllocator().GetStatistics().objects_out_of_centre != 0) return 5;
  return 0;
}

int WithoutValues() {
  std::size_t caches = 0;
  const int result = UseAThread(true, caches);
  if (result != 0) return result;
  if (caches != 0) return 4;
  return ProcessAllocator().GetStatistics().objects_out_of_centre == 0 ? 0 : 5;
}

bool Holds(const char* what, int (*work)()) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  const bool fine = waitpid(child, &status, 0) == child && status == 0;
  std::printf("%s: %s, status %#x\n", what, fine ? "holds" : "FAILED",
              static_cast<unsigned>(status));
  std::fflush(stdout);
  return fine;
}

}  // namespace
}  // namespace workbook

int main() {
  const bool keys = workbook::Holds("no keys", workbook::WithoutKeys);
  const bool values = workbook::Holds("no values", workbook::WithoutValues);
  return keys && values ? 0 : 1;
}
