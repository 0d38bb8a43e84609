// SPDX-License-Identifier: Apache-2.0

#include "exercises/02_01/testing/stack_use.h"

#include <pthread.h>
#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace workbook {
namespace {

constexpr unsigned char kPattern = 0xA5;

struct Run {
  const std::function<void()>* function;
  const unsigned char* top = nullptr;
};

void* Call(void* argument) {
  Run* const run = static_cast<Run*>(argument);
  unsigned char here = 0;
  run->top = &here;
  (*run->function)();
  return nullptr;
}

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "stack_use.cc: %s failed. Fix: free some memory\n",
               what);
  std::abort();
}

}  // namespace

std::size_t StackBytesOf(const std::function<void()>& function) {
  void* const memory = mmap(nullptr, kStackBytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  Check(memory != MAP_FAILED, "mmap");
  std::memset(memory, kPattern, kStackBytes);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, memory, kStackBytes);
  Run run = {.function = &function};
  pthread_t thread;
  Check(pthread_create(&thread, &attributes, Call, &run) == 0,
        "pthread_create");
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const unsigned char* deepest = static_cast<const unsigned char*>(memory);
  while (deepest < run.top && *deepest == kPattern) ++deepest;
  const std::size_t bytes = static_cast<std::size_t>(run.top - deepest);
  munmap(memory, kStackBytes);
  return bytes;
}

}  // namespace workbook
