// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/testing/before_sleep.h"

#include <dlfcn.h>
#include <pthread.h>

#include <utility>

#if defined(__SANITIZE_THREAD__)
#define WORKBOOK_HOOKS_BEFORE_SLEEP 0
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WORKBOOK_HOOKS_BEFORE_SLEEP 0
#endif
#endif
#ifndef WORKBOOK_HOOKS_BEFORE_SLEEP
#define WORKBOOK_HOOKS_BEFORE_SLEEP 1
#endif

namespace workbook {
namespace {

std::function<void()>& Hook() {
  thread_local std::function<void()> hook;
  return hook;
}

}  // namespace

void BeforeNextSleep(std::function<void()> hook) { Hook() = std::move(hook); }

bool HooksBeforeSleep() { return WORKBOOK_HOOKS_BEFORE_SLEEP != 0; }

}  // namespace workbook

#if WORKBOOK_HOOKS_BEFORE_SLEEP
// In front of glibc's for the whole program, libstdc++ included.
extern "C" int pthread_cond_wait(pthread_cond_t* condition,
                                 pthread_mutex_t* mutex) {
  using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*);
  static const Wait wait =
      reinterpret_cast<Wait>(dlsym(RTLD_NEXT, "pthread_cond_wait"));
  if (workbook::Hook()) std::exchange(workbook::Hook(), nullptr)();
  return wait(condition, mutex);
}
#endif
