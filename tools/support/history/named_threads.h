// SPDX-License-Identifier: Apache-2.0

// Threads that make calls in turn, so that a history of several threads is the
// same each time. No race shows like this; all else between threads does.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_

#include <array>
#include <cstddef>
#include <memory>
#include <type_traits>

#ifdef WORKBOOK_HISTORY_ASKS
#include <cstdint>

#include "tools/support/history/asking.h"
#endif

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

#ifdef WORKBOOK_HISTORY_ASKS

// Of the program that answers: only which are alive is known here.
class NamedThreads {
 public:
  static constexpr std::size_t kCount = 3;

  NamedThreads() = default;
  NamedThreads(const NamedThreads&) = delete;
  NamedThreads& operator=(const NamedThreads&) = delete;
  ~NamedThreads() { Asking::Tell(Op::kEndThreads); }

  template <class F>
  void Run(std::size_t thread, F&& call) {
    is_alive_[thread] = true;
    Asking::thread() = static_cast<std::uint8_t>(thread);
    call();
    Asking::thread() = kMainThread;
  }
  bool IsAlive(std::size_t thread) const { return is_alive_[thread]; }
  void End(std::size_t thread);
  void EndAll();
  void Ended(std::size_t thread) { is_alive_[thread] = false; }

 private:
  std::array<bool, kCount> is_alive_{};
};

#else

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
  // since destructors of thread_local objects are calls into the subject:
  // EndThread, below.
  void End(std::size_t thread) { threads_[thread].reset(); }
  void EndAll() {
    for (auto& thread : threads_) thread.reset();
  }
  void Ended(std::size_t /*thread*/) {}

 private:
  std::array<std::unique_ptr<Caller>, kCount> threads_;
};

#endif

// Ends a thread, as a call of its own.
template <class S>
void EndThread(S& subject, NamedThreads& threads, std::size_t thread) {
  subject.In([](NamedThreads& all, std::size_t one) { all.End(one); }, threads,
             thread);
  threads.Ended(thread);
}

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_NAMED_THREADS_H_
