// SPDX-License-Identifier: Apache-2.0

// Threads that make calls in turn, so that a history of several threads is the
// same each time. No race shows like this; all else between threads does.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>

namespace workbook::history {

// A thread that makes a call when it is told, while the teller waits.
class Caller {
 public:
  Caller();
  // Ends the thread: destructors of its thread_local objects run.
  ~Caller();
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  // Runs `call`, which throws nothing but NotWritten; that passes.
  template <class F>
  void Run(F&& call) {
    Tell([](void* f) { (*static_cast<std::remove_reference_t<F>*>(f))(); },
         &call);
  }

 private:
  struct Desk;
  void Tell(void (*run)(void*), void* what);

  std::unique_ptr<Desk> desk_;
};

// Threads 0 to kCount - 1, each of which begins with its first call.
class NamedThreads {
 public:
  static constexpr std::size_t kCount = 3;

  template <class F>
  void Run(std::size_t thread, F&& call) {
    if (threads_[thread] == nullptr) {
      threads_[thread] = std::make_unique<Caller>();
    }
    threads_[thread]->Run(call);
  }
  bool IsAlive(std::size_t thread) const { return threads_[thread] != nullptr; }
  // The next call of that name is made by a new thread. Inside of Subject::In,
  // since destructors of thread_local objects are calls into the subject.
  void End(std::size_t thread) { threads_[thread].reset(); }
  void EndAll() {
    for (auto& thread : threads_) thread.reset();
  }

 private:
  std::array<std::unique_ptr<Caller>, kCount> threads_;
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_
