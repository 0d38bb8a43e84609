#include "tools/workers/workers.h"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace workbook {

void ForEach(std::size_t count, int jobs,
             const std::function<void(std::size_t index, int slot)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr error;
  const auto run = [&](int slot) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i, slot);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!error) error = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> threads;
  for (int slot = 1; slot < jobs; ++slot) threads.emplace_back(run, slot);
  run(0);
  for (std::thread& thread : threads) thread.join();
  if (error) std::rethrow_exception(error);
}

}  // namespace workbook
