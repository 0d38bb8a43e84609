// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/named_threads.h"

#include <condition_variable>
#include <exception>
#include <thread>
#include <utility>

#include "tools/exercise/thread_annotations.h"

namespace workbook::history {

struct Caller::Desk {
  void Work() {
    UniqueLock lock(mutex);
    for (bool more = true; more;) {
      changed.wait(lock.native(), [this]() REQUIRES(mutex) { return told; });
      more = run != nullptr;
      try {
        if (more) run(what);
      } catch (...) {
        thrown = std::current_exception();
      }
      told = false;
      changed.notify_all();
    }
  }

  Mutex mutex;
  std::condition_variable changed;
  void (*run)(void*) GUARDED_BY(mutex) = nullptr;
  void* what GUARDED_BY(mutex) = nullptr;
  bool told GUARDED_BY(mutex) = false;
  std::exception_ptr thrown GUARDED_BY(mutex);
  std::thread thread{[this] { Work(); }};
};

Caller::Caller() : desk_(std::make_unique<Desk>()) {}

Caller::~Caller() {
  Tell(nullptr, nullptr);
  desk_->thread.join();
}

void Caller::Tell(void (*run)(void*), void* what) {
  std::exception_ptr thrown;
  {
    Desk& desk = *desk_;
    UniqueLock lock(desk.mutex);
    desk.run = run;
    desk.what = what;
    desk.told = true;
    desk.changed.notify_all();
    desk.changed.wait(lock.native(),
                      [&desk]() REQUIRES(desk.mutex) { return !desk.told; });
    thrown = std::exchange(desk.thrown, nullptr);
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace workbook::history
