// SPDX-License-Identifier: Apache-2.0

// Tasks that end before the block that started them does.
#ifndef WORKBOOK_03_05_TASK_SCOPE_H_
#define WORKBOOK_03_05_TASK_SCOPE_H_

#include <condition_variable>
#include <exception>
#include <functional>
#include <list>
#include <stop_token>
#include <thread>
#include <utility>

#include "exercises/03_05/given/live_task.h"
#include "tools/exercise/thread_annotations.h"

namespace workbook {

// Owns the threads of its tasks: no task outlives the scope. An error is an
// exception that leaves a task; the first one stops all other tasks. A stop is
// a request and no error; a task that never looks at its token makes Wait and
// the destructor wait.
// Thread safety: any thread, tasks of the scope included, except where a
// function says otherwise.
class TaskScope {
 public:
  using Task = std::function<void(std::stop_token)>;

  // Opens a scope without a task. A stop requested of `parent`, now or later,
  // is one requested of the scope; a stop of the scope leaves `parent` alone.
  // Cost: an allocation for the scope's stop state.
  // On failure: std::bad_alloc.
  explicit TaskScope(std::stop_token parent = {});
  TaskScope(const TaskScope&) = delete;
  TaskScope& operator=(const TaskScope&) = delete;

  // Requests a stop, and waits for all tasks. An error that Wait has not thrown
  // is dropped.
  // REQUIRES: the last call, and not one of a task of this scope.
  // Cost: that of Wait.
  ~TaskScope();

  // Runs `task` on a thread of its own, where it is a LiveTask from its
  // beginning to its end, and gives it the scope's stop token. Returns false,
  // and runs nothing, once a stop has been requested.
  // Cost: a thread and a few allocations, beside those of `task`. Threads whose
  // tasks have ended are joined on the way, so that a scope never holds more
  // than one thread for each running task and each that has ended since the
  // last call.
  // On failure: std::system_error or std::bad_alloc; then nothing was started.
  bool Start(Task task);

  // Waits until no task runs, those included that tasks start meanwhile, and
  // joins their threads. What a task has captured is destroyed by then. Then
  // throws the first error, once. An error counts whether a stop was requested
  // before or not: a task that answers RequestStop by an exception has failed,
  // and one that returns has not.
  // REQUIRES: the caller is no task of this scope; one thread at a time.
  // Cost: O(tasks), beside the wait.
  // On failure: the exception that was the first to leave a task, if one did.
  // Later ones are dropped.
  void Wait();

  // Requests a stop of all tasks, as the first error does. Calls what is
  // registered with the token on this thread, and holds no lock meanwhile, so
  // that these callbacks may use the scope. Waits for nothing. A second request
  // does nothing.
  // Cost: that of the callbacks.
  void RequestStop();

  // Returns the token that the tasks get.
  // Cost: O(1), no allocation.
  std::stop_token Token() const;

 private:  // [given]
  using Threads = std::list<std::jthread>;
  struct PassOn {
    std::stop_source scope;
    void operator()() { scope.request_stop(); }
  };

  // Runs `task` and does what its end asks for: the body of the thread `self`.
  void Run(Threads::iterator self, Task task);

  std::stop_source stop_;
  Mutex mutex_;
  std::condition_variable_any task_ended_;
  Threads running_ GUARDED_BY(mutex_);
  Threads ended_ GUARDED_BY(mutex_);  // their tasks have; they are not joined
  std::exception_ptr error_ GUARDED_BY(mutex_);
  std::stop_callback<PassOn> parent_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_05_TASK_SCOPE_H_
