// SPDX-License-Identifier: Apache-2.0

// WorkerPool: a batch of small tasks whose results are collected, and the round
// trip of one.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <future>
#include <latch>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/worker_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_ASIO
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#endif
#ifdef WORKBOOK_HAS_ONETBB
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>
#endif

namespace workbook {
namespace {

constexpr std::size_t kBatch = 1024;
// A thread for each task: fewer of them, or a repetition takes seconds.
constexpr std::size_t kThreadBatch = 64;

std::size_t Threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 2, 16);
}

// The work of a task: a few nanoseconds, and another result for each input.
std::uint64_t Work(std::uint64_t input) {
  return input * 0x9e3779b97f4a7c15u >> 7;
}

// Runs batches of inputs through `run_batch(first_input, results)` and checks
// the sum of every batch.
template <typename RunBatch>
void Batches(benchmark::State& state, std::size_t batch, RunBatch run_batch) {
  std::vector<std::uint64_t> results(batch);
  std::uint64_t first_input = 1;
  bool right = true;
  run_batch(first_input, results);
  for (auto _ : state) {
    first_input += batch;
    run_batch(first_input, results);
    Keep(results);
    right = right && results.front() == Work(first_input) &&
            results.back() == Work(first_input + batch - 1);
  }
  std::uint64_t expected = 0;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < batch; ++i) {
    expected += Work(first_input + i);
    sum += results[i];
  }
  Require(state, right && sum == expected, "a task's result is wrong");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(batch));
}

// `submit(input)` gives a future; `get(future)` its result.
template <typename Future, typename Submit, typename Get>
void FutureBatches(benchmark::State& state, std::size_t batch, Submit submit,
                   Get get) {
  std::vector<Future> futures;
  futures.reserve(batch);
  Batches(state, batch,
          [&](std::uint64_t first, std::vector<std::uint64_t>& results) {
            for (std::size_t i = 0; i < batch; ++i) {
              futures.push_back(submit(first + i));
            }
            for (std::size_t i = 0; i < batch; ++i) {
              results[i] = get(futures[i]);
            }
            futures.clear();
          });
}

void Async(benchmark::State& state, std::size_t batch) {
  FutureBatches<std::future<std::uint64_t>>(
      state, batch,
      [](std::uint64_t input) {
        return std::async(std::launch::async, Work, input);
      },
      [](auto& future) { return future.get(); });
}

// Whether a thread that finds nothing to do looks again before it sleeps.
enum class Wait : std::uint32_t { kSleeps = 0, kLooks = 72 };

constexpr std::uint32_t Looks(Wait wait) {
  return static_cast<std::uint32_t>(wait);
}

// The same looks for the peers that have none of their own: most of them on the
// processor, the last ones by giving it away. Returns whether `found()` became
// true.
template <typename Found>
bool LookFor(Wait wait, Found found) {
  for (std::uint32_t look = 0; look < Looks(wait); ++look) {
    if (found()) return true;
#if defined(__x86_64__)
    if (look < 64) {
      __builtin_ia32_pause();
      continue;
    }
#endif
    std::this_thread::yield();
  }
  return false;
}

template <Wait wait>
void Subject(benchmark::State& state, std::size_t batch) {
  WorkerPool pool({.thread_count = Threads(),
                   .queue_capacity = kBatch,
                   .looks_before_sleep = Looks(wait)});
  FutureBatches<TaskFuture<std::uint64_t>>(
      state, batch,
      [&](std::uint64_t input) {
        return pool.Submit([input] { return Work(input); });
      },
      [](auto& future) { return future.Get(); });
}

// What everybody writes first: one lock, one deque, a packaged task each.
class DequePool {
 public:
  DequePool(std::size_t thread_count, Wait wait) : wait_(wait) {
    for (std::size_t i = 0; i < thread_count; ++i) {
      threads_.emplace_back([this] { Run(); });
    }
  }
  ~DequePool() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }
  template <typename Callable>
  auto Submit(Callable callable) {
    std::packaged_task<std::uint64_t()> task(std::move(callable));
    auto future = task.get_future();
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
      waiting_tasks_.store(tasks_.size(), std::memory_order_relaxed);
    }
    changed_.notify_one();
    return future;
  }

 private:
  void Run() {
    for (;;) {
      std::packaged_task<std::uint64_t()> task;
      LookFor(wait_, [this] { return waiting_tasks_.load() != 0; });
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        task = std::move(tasks_.front());
        tasks_.pop_front();
        waiting_tasks_.store(tasks_.size(), std::memory_order_relaxed);
      }
      task();
    }
  }

  const Wait wait_;
  std::atomic<std::size_t> waiting_tasks_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::packaged_task<std::uint64_t()>> tasks_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

template <Wait wait>
void Deque(benchmark::State& state, std::size_t batch) {
  DequePool pool(Threads(), wait);
  FutureBatches<std::future<std::uint64_t>>(
      state, batch,
      [&](std::uint64_t input) {
        return pool.Submit([input] { return Work(input); });
      },
      [](auto& future) {
        LookFor(wait, [&future] {
          return future.wait_for(std::chrono::seconds(0)) ==
                 std::future_status::ready;
        });
        return future.get();
      });
}

#ifdef WORKBOOK_HAS_BOOST_ASIO
void AsioFuture(benchmark::State& state, std::size_t batch) {
  boost::asio::thread_pool pool(Threads());
  FutureBatches<std::future<std::uint64_t>>(
      state, batch,
      [&](std::uint64_t input) {
        return boost::asio::post(
            pool, boost::asio::use_future([input] { return Work(input); }));
      },
      [](auto& future) { return future.get(); });
  pool.join();
}

// Its fastest form: no futures, each result to its own place, one latch.
void AsioLatch(benchmark::State& state, std::size_t batch) {
  boost::asio::thread_pool pool(Threads());
  Batches(state, batch,
          [&](std::uint64_t first, std::vector<std::uint64_t>& results) {
            std::latch left(static_cast<std::ptrdiff_t>(results.size()));
            for (std::size_t i = 0; i < results.size(); ++i) {
              boost::asio::post(
                  pool, [&left, &result = results[i], input = first + i] {
                    result = Work(input);
                    left.count_down();
                  });
            }
            left.wait();
          });
  pool.join();
}
#endif

#ifdef WORKBOOK_HAS_ONETBB
// The waiting thread runs tasks, too; as many workers as the others have.
void TbbGroup(benchmark::State& state, std::size_t batch) {
  const tbb::global_control workers(
      tbb::global_control::max_allowed_parallelism, Threads() + 1);
  tbb::task_arena arena(static_cast<int>(Threads()) + 1, 1);
  Batches(state, batch,
          [&](std::uint64_t first, std::vector<std::uint64_t>& results) {
            arena.execute([&] {
              tbb::task_group group;
              for (std::size_t i = 0; i < results.size(); ++i) {
                group.run([&result = results[i], input = first + i] {
                  result = Work(input);
                });
              }
              group.wait();
            });
          });
}

// Only workers run tasks, as in every other row.
void TbbEnqueue(benchmark::State& state, std::size_t batch) {
  const tbb::global_control workers(
      tbb::global_control::max_allowed_parallelism, Threads() + 1);
  tbb::task_arena arena(static_cast<int>(Threads()), 0);
  Batches(state, batch,
          [&](std::uint64_t first, std::vector<std::uint64_t>& results) {
            std::latch left(static_cast<std::ptrdiff_t>(results.size()));
            for (std::size_t i = 0; i < results.size(); ++i) {
              arena.enqueue([&left, &result = results[i], input = first + i] {
                result = Work(input);
                left.count_down();
              });
            }
            LookFor(Wait::kLooks, [&left] { return left.try_wait(); });
            left.wait();
          });
}
#endif

using Body = void (*)(benchmark::State&, std::size_t);

void Add(const char* case_name, Role role, const char* name, Body body,
         std::size_t batch) {
  AddRow(case_name, role, name, [body, batch](benchmark::State& state) {
    body(state, batch);
  })->UseRealTime();
}

// TBB's threads look for work before they sleep, as often as TBB sees fit.
void AddCase(const char* case_name, std::size_t batch) {
  Add(case_name, Role::kBaseline, "std::async", Async,
      std::min(batch, kThreadBatch));
  Add(case_name, Role::kSubject, "WorkerPool", Subject<Wait::kLooks>, batch);
  Add(case_name, Role::kPeer, "mutex + deque, 72 looks", Deque<Wait::kLooks>,
      batch);
#ifdef WORKBOOK_HAS_ONETBB
  Add(case_name, Role::kPeer, "tbb::task_group", TbbGroup, batch);
  Add(case_name, Role::kPeer, "tbb::task_arena::enqueue", TbbEnqueue, batch);
#else
  AddGap(case_name, "tbb", "libtbb-dev");
#endif
}

void AddSleepingCase(const char* case_name, std::size_t batch) {
  Add(case_name, Role::kBaseline, "std::async", Async,
      std::min(batch, kThreadBatch));
  Add(case_name, Role::kSubject, "WorkerPool", Subject<Wait::kSleeps>, batch);
  Add(case_name, Role::kPeer, "mutex + deque", Deque<Wait::kSleeps>, batch);
#ifdef WORKBOOK_HAS_BOOST_ASIO
  Add(case_name, Role::kPeer, "boost::asio::thread_pool, use_future",
      AsioFuture, batch);
  Add(case_name, Role::kPeer, "boost::asio::thread_pool, latch", AsioLatch,
      batch);
#else
  AddGap(case_name, "asio", "libboost1.81-dev");
#endif
}

const RegisterRows registration([] {
  AddCase("worker_pool/batch", kBatch);
  AddCase("worker_pool/round_trip", 1);
  AddSleepingCase("worker_pool/batch_sleeping", kBatch);
  AddSleepingCase("worker_pool/round_trip_sleeping", 1);
});

}  // namespace
}  // namespace workbook
