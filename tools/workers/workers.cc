// SPDX-License-Identifier: Apache-2.0

#include "tools/workers/workers.h"

#include <atomic>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

#include "tools/exercise/thread_annotations.h"

namespace workbook {
namespace {

// Of what several threads throw, the first.
class FirstError {
 public:
  void Keep(std::exception_ptr error) {
    const MutexLock lock(mutex_);
    if (!error_) error_ = std::move(error);
  }
  void Rethrow() {
    const MutexLock lock(mutex_);
    if (error_) std::rethrow_exception(error_);
  }

 private:
  Mutex mutex_;
  std::exception_ptr error_ GUARDED_BY(mutex_);
};

}  // namespace

void ForEach(std::size_t count, int jobs,
             const std::function<void(std::size_t index, int slot)>& work) {
  std::atomic<std::size_t> next{0};
  FirstError error;
  const auto run = [&](int slot) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i, slot);
    } catch (...) {
      error.Keep(std::current_exception());
      next = count;
    }
  };
  std::vector<std::thread> threads;
  for (int slot = 1; slot < jobs; ++slot) threads.emplace_back(run, slot);
  run(0);
  for (std::thread& thread : threads) thread.join();
  error.Rethrow();
}

}  // namespace workbook
