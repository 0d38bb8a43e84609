// SPDX-License-Identifier: Apache-2.0

// A library of a stranger: its constructor registers fork handlers that
// allocate, hold a lock meanwhile, and free what the others have allocated.
#include "solutions/01_01/programs/fork_handlers.h"

#include <pthread.h>

#include <cstdlib>

#include "solutions/01_01/programs/every_size.h"

namespace {

pthread_mutex_t library_mutex = PTHREAD_MUTEX_INITIALIZER;
HandlerCalls calls;
void* from_prepare = nullptr;

void Prepare() {
  pthread_mutex_lock(&library_mutex);
  from_prepare = std::malloc(100);
  calls.failed += from_prepare == nullptr || !UseEverySize(3);
  ++calls.prepare;
}

void After(int& count) {
  std::free(from_prepare);
  calls.failed += !UseEverySize(3);
  ++count;
  pthread_mutex_unlock(&library_mutex);
}

__attribute__((constructor)) void RegisterHandlers() {
  pthread_atfork(
      Prepare, [] { After(calls.parent); }, [] { After(calls.child); });
}

}  // namespace

const HandlerCalls& CallsOfHandlers() { return calls; }

bool AllocateUnderLibraryMutex() {
  pthread_mutex_lock(&library_mutex);
  const bool fine = UseEverySize(2);
  pthread_mutex_unlock(&library_mutex);
  return fine;
}
