// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/runner.h"

#include <benchmark/benchmark.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "tools/bench/keep.h"
#include "tools/bench/verify.h"
#include "tools/exercise/todo.h"

namespace workbook {
namespace {

class Runner : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::array<std::string, 4> arguments = {
        "test", "--benchmark_repetitions=3", "--benchmark_min_time=0.001",
        "--benchmark_enable_random_interleaving=true"};
    std::array<char*, 5> argv = {};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      argv[i] = arguments[i].data();
    }
    int argc = static_cast<int>(arguments.size());
    benchmark::Initialize(&argc, argv.data());
  }

  Row* Add(std::function<void(benchmark::State&)> function,
           const std::string& implementation = "row") {
    auto row = std::make_unique<Row>();
    row->case_name = "stem/case";
    row->role = "peer";
    row->implementation = implementation;
    row->body = [function](benchmark::State& state, void*) { function(state); };
    rows_.push_back(std::move(row));
    return rows_.back().get();
  }

  std::vector<RowResult> Run(bool time = false) {
    RunOptions options;
    options.time = time;
    std::vector<RowResult> all;
    for (const auto& instances : SelectCases(rows_, "")) {
      for (RowResult& result : RunCase(instances, options)) {
        all.push_back(std::move(result));
      }
    }
    return all;
  }

  std::vector<std::unique_ptr<Row>> rows_;
};

TEST_F(Runner, CountsOneAllocationOfItsSizeForEachOperation) {
  Add([](benchmark::State& state) {
    for (auto _ : state) {
      for (int i = 0; i < 10; ++i) {
        void* const block = std::malloc(48);
        Keep(block);
        std::free(block);
      }
    }
    state.SetItemsProcessed(state.iterations() * 10);
  });
  const std::vector<RowResult> results = Run();
  ASSERT_EQ(results.size(), 1u);
  ASSERT_TRUE(results[0].counts.has_value()) << results[0].message;
  EXPECT_EQ(results[0].counts->allocations, 1.0);
  EXPECT_EQ(results[0].counts->bytes, 48.0);
  EXPECT_EQ(results[0].counts->peak_bytes, 48);
  EXPECT_TRUE(results[0].repetitions.empty());
}

TEST_F(Runner, LeavesSettingUpOutOfTheCountsButNotOutOfThePeak) {
  Add([](benchmark::State& state) {
    void* const pool = std::malloc(100000);
    Keep(pool);
    for (auto _ : state) benchmark::ClobberMemory();
    std::free(pool);
  });
  const std::vector<RowResult> results = Run();
  ASSERT_TRUE(results[0].counts.has_value());
  EXPECT_EQ(results[0].counts->allocations, 0.0);
  EXPECT_EQ(results[0].counts->bytes, 0.0);
  EXPECT_EQ(results[0].counts->peak_bytes, 100000);
}

TEST_F(Runner, CountsThePageFaultsOfEachOperation) {
  constexpr std::size_t kPages = 4;
  const auto page_bytes = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  Add([=](benchmark::State& state) {
    for (auto _ : state) {
      void* const memory =
          mmap(nullptr, kPages * page_bytes, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      Require(state, memory != MAP_FAILED, "mmap gives no memory");
      for (std::size_t i = 0; i < kPages; ++i) {
        static_cast<volatile char*>(memory)[i * page_bytes] = 1;
      }
      munmap(memory, kPages * page_bytes);
    }
  });
  Add(
      [](benchmark::State& state) {
        for (auto _ : state) {
        }
      },
      "idle");
  const std::vector<RowResult> results = Run();
  ASSERT_EQ(results.size(), 2u);
  const auto faults = results[0].other_counters.find("page_faults_per_op");
  ASSERT_NE(faults, results[0].other_counters.end());
  EXPECT_NEAR(faults->second, kPages, 0.1);
  EXPECT_TRUE(results[1].other_counters.empty());
}

TEST_F(Runner, CountsAnIterationWhereNoItemsAreReported) {
  Add([](benchmark::State& state) {
    for (auto _ : state) {
      const auto block = std::make_unique<char[]>(7);
      Keep(*block.get());
    }
  });
  EXPECT_EQ(Run()[0].counts->allocations, 1.0);
}

TEST_F(Runner, CountsTheAllocationsOfAllItsThreads) {
  Add([](benchmark::State& state) {
    for (auto _ : state) {
      void* const block = std::malloc(16);
      Keep(block);
      std::free(block);
    }
    state.SetItemsProcessed(state.iterations());
  })->Threads(3);
  const std::vector<RowResult> results = Run();
  ASSERT_TRUE(results[0].counts.has_value()) << results[0].message;
  EXPECT_EQ(results[0].name, "stem/case/threads:3/peer:row");
  EXPECT_EQ(results[0].counts->allocations, 1.0);
  EXPECT_EQ(results[0].counts->bytes, 16.0);
}

TEST_F(Runner, TimesEachRepetitionByTheItem) {
  Add([](benchmark::State& state) {
    for (auto _ : state) {
      for (int i = 0; i < 1000; ++i) benchmark::ClobberMemory();
    }
    state.counters["hit_rate"] = 0.5;
    state.SetItemsProcessed(state.iterations() * 1000);
  });
  const std::vector<RowResult> results = Run(true);
  ASSERT_EQ(results[0].repetitions.size(), 3u);
  const Repetition& first = results[0].repetitions[0];
  EXPECT_NEAR(first.ns_per_operation, first.cpu_ns_per_iteration / 1000,
              first.ns_per_operation / 1000);
  EXPECT_GT(first.iterations, 0);
  EXPECT_EQ(results[0].other_counters.at("hit_rate"), 0.5);
}

TEST_F(Runner, TakesTheWallClockWhereAskedTo) {
  Add([](benchmark::State& state) {
    for (auto _ : state) benchmark::ClobberMemory();
  })->UseRealTime();
  const Repetition repetition = Run(true)[0].repetitions.at(0);
  EXPECT_EQ(repetition.ns_per_operation, repetition.real_ns_per_iteration);
}

TEST_F(Runner, SaysWhatIsNotWrittenYetAndGoesOn) {
  Add(
      [](benchmark::State& state) {
        for (auto _ : state) Todo("01_02 task 1: Pool::Allocate");
      },
      "todo");
  Add(
      [](benchmark::State& state) {
        for (auto _ : state) benchmark::ClobberMemory();
      },
      "fine");
  const std::vector<RowResult> results = Run(true);
  EXPECT_EQ(results[0].status, RowStatus::kNotWritten);
  EXPECT_EQ(results[0].message,
            "01_02 task 1: Pool::Allocate is yours to write");
  EXPECT_EQ(results[1].status, RowStatus::kMeasured);
  EXPECT_EQ(results[1].repetitions.size(), 3u);
}

TEST_F(Runner, MakesErrorsOfExceptionsOfSkippingAndOfNoLoop) {
  Add([](benchmark::State&) { throw std::runtime_error("broken"); }, "throws");
  Add([](benchmark::State&) { throw 1; }, "throws int");
  Add([](benchmark::State&) {}, "no loop");
  Add(
      [](benchmark::State& state) {
        for (auto _ : state) benchmark::ClobberMemory();
        state.SkipWithError("wrong output");
      },
      "skips");
  const std::vector<RowResult> results = Run(true);
  for (const RowResult& result : results) {
    EXPECT_EQ(result.status, RowStatus::kError) << result.name;
    EXPECT_TRUE(result.repetitions.empty()) << result.name;
  }
  EXPECT_EQ(results[0].message, "broken");
  EXPECT_EQ(results[2].message, "its function does not run the loop");
  EXPECT_EQ(results[3].message, "wrong output");
}

TEST_F(Runner, IsNotHeldUpByOneThreadThatFails) {
  for (const int failing : {0, 2}) {
    rows_.clear();
    Add(
        [failing](benchmark::State& state) {
          if (state.thread_index() == failing) Todo("before the loop");
          for (auto _ : state) benchmark::ClobberMemory();
        },
        "before")
        ->Threads(3);
    Add(
        [failing](benchmark::State& state) {
          for (auto _ : state) {
            if (state.thread_index() == failing) Todo("in the loop");
          }
        },
        "within")
        ->Threads(3);
    for (const RowResult& result : Run(true)) {
      EXPECT_EQ(result.status, RowStatus::kNotWritten) << result.name;
    }
  }
}

TEST_F(Runner, SharesOneObjectAndDestroysItAfterEachRun) {
  static std::atomic<int> alive{0};
  static std::atomic<int> most_alive{0};
  static std::atomic<int> made{0};
  struct Shared {
    Shared() {
      ++made;
      most_alive = std::max(most_alive.load(), ++alive);
    }
    ~Shared() { --alive; }
    std::atomic<int> users{0};
  };
  Row* const row = AddSharedRow<Shared>(
      "stem/shared", Role::kPeer, "row",
      [] { return std::make_unique<Shared>(); },
      [](benchmark::State& state, Shared& shared) {
        ++shared.users;
        for (auto _ : state) benchmark::ClobberMemory();
        if (shared.users != 2) state.SkipWithError("not shared by two");
      });
  rows_.push_back(std::make_unique<Row>(*row));
  rows_.back()->Threads(2);
  const std::vector<RowResult> results = Run(true);
  EXPECT_EQ(results[0].status, RowStatus::kMeasured) << results[0].message;
  EXPECT_GE(made, 6);  // three runs to count, three to time at least
  EXPECT_EQ(alive, 0);
  EXPECT_EQ(most_alive, 1);
}

// std::pmr::synchronized_pool_resource is used like this by the C++ library, at
// the end of each thread that had blocks of it.
TEST_F(Runner, KeepsTheSharedObjectWhileAThreadOfTheRunEnds) {
  static std::atomic<int> alive{0};
  static std::atomic<int> ends{0};
  static std::atomic<int> ends_without_it{0};
  struct Shared {
    Shared() { ++alive; }
    ~Shared() { --alive; }
  };
  struct UsesItAtTheEnd {
    ~UsesItAtTheEnd() {
      // Time for a run that would destroy it too early, and no longer.
      const auto deadline =
          std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
      while (alive != 0 && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
      }
      ++ends;
      if (alive == 0) ++ends_without_it;
    }
  };
  Row* const row = AddSharedRow<Shared>(
      "stem/ends", Role::kPeer, "row",
      [] { return std::make_unique<Shared>(); },
      [](benchmark::State& state, Shared&) {
        if (state.thread_index() != 0) {
          thread_local UsesItAtTheEnd at_the_end;
          Keep(at_the_end);
        }
        for (auto _ : state) benchmark::ClobberMemory();
      });
  rows_.push_back(std::make_unique<Row>(*row));
  rows_.back()->Threads(2);
  Run(true);
  EXPECT_GT(ends, 0);
  EXPECT_EQ(ends_without_it, 0);
  EXPECT_EQ(alive, 0) << "and no longer";
}

TEST_F(Runner, RunsNoThreadWhenTheSharedObjectIsNotWritten) {
  Row* const row = AddSharedRow<int>(
      "stem/shared", Role::kPeer, "todo",
      []() -> std::unique_ptr<int> { Todo("01_02 task 4: Pool::Pool"); },
      [](benchmark::State&, int&) { std::abort(); });
  rows_.push_back(std::make_unique<Row>(*row));
  rows_.back()->Threads(2);
  const std::vector<RowResult> results = Run(true);
  EXPECT_EQ(results[0].status, RowStatus::kNotWritten);
  EXPECT_EQ(results[0].message, "01_02 task 4: Pool::Pool is yours to write");
}

TEST_F(Runner, NeitherCountsNorTimesAGap) {
  Add([](benchmark::State&) { std::abort(); })->gap = "not installed";
  const std::vector<RowResult> results = Run(true);
  EXPECT_EQ(results[0].status, RowStatus::kGap);
  EXPECT_EQ(results[0].message, "not installed");
}

TEST_F(Runner, SaysWhichPassItIs) {
  static int counting = 0;
  static int timing = 0;
  Add([](benchmark::State& state) {
    ++(IsCountingPass() ? counting : timing);
    for (auto _ : state) benchmark::ClobberMemory();
  });
  Run(true);
  EXPECT_EQ(counting, 3);
  EXPECT_GE(timing, 3);
}

TEST_F(Runner, CountsFewIterationsOfARowThatSaysSo) {
  int iterations = 0;
  Add([&](benchmark::State& state) {
    for (auto _ : state) {
      ++iterations;
      void* block = std::malloc(64);
      Keep(block);
      std::free(block);
    }
  })->CountedIterations(4);
  const std::vector<RowResult> results = Run();
  EXPECT_EQ(iterations, 2 + 2 + 6);
  EXPECT_EQ(results[0].counts->allocations, 1);
}

TEST_F(Runner, TakesTheTimeThatARowGives) {
  Add([](benchmark::State& state) {
    for (auto _ : state) state.SetIterationTime(0.25);
    state.SetItemsProcessed(state.iterations() * 1'000'000);
  })->UseManualTime();
  const std::vector<RowResult> results = Run(/*time=*/true);
  ASSERT_FALSE(results[0].repetitions.empty());
  EXPECT_DOUBLE_EQ(results[0].repetitions[0].ns_per_operation, 250);
}

}  // namespace
}  // namespace workbook
