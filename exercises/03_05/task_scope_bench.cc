// SPDX-License-Identifier: Apache-2.0

// TaskScope: four tasks are started, and waited for.
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <future>
#include <stop_token>
#include <thread>
#include <vector>

#include "03_05/task_scope.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::uint64_t kTasks = 4;

// The work of a task: an addition that the others can see.
using Sum = std::atomic<std::uint64_t>;

struct Async {
  static void Run(Sum& sum) {
    std::array<std::future<void>, kTasks> futures;
    for (std::uint64_t i = 0; i < kTasks; ++i) {
      futures[i] =
          std::async(std::launch::async, [&sum, i] { sum.fetch_add(i + 1); });
    }
    for (std::future<void>& future : futures) future.get();
  }
};

struct Jthreads {
  static void Run(Sum& sum) {
    std::vector<std::jthread> threads;
    for (std::uint64_t i = 0; i < kTasks; ++i) {
      threads.emplace_back([&sum, i] { sum.fetch_add(i + 1); });
    }
  }
};

struct Scope {
  static void Run(Sum& sum) {
    TaskScope scope;
    for (std::uint64_t i = 0; i < kTasks; ++i) {
      scope.Start([&sum, i](const std::stop_token&) { sum.fetch_add(i + 1); });
    }
    scope.Wait();
  }
};

// An item is one task.
template <class How>
void StartAndWait(benchmark::State& state) {
  Sum sum{0};
  for (auto _ : state) How::Run(sum);
  const auto rounds = static_cast<std::uint64_t>(state.iterations());
  Require(state, sum == rounds * (kTasks * (kTasks + 1) / 2),
          "a task did not run, or ran twice");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(kTasks));
}

template <class How>
void Add(Role role, const char* implementation) {
  AddRow("task_scope/start_and_wait", role, implementation, &StartAndWait<How>)
      ->UseRealTime();
}

const RegisterRows registration([] {
  Add<Async>(Role::kBaseline, "std::async");
  Add<Scope>(Role::kSubject, "TaskScope");
  Add<Jthreads>(Role::kPeer, "std::jthread");
});

}  // namespace
}  // namespace workbook
