// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tools/exercise/debug_check.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::milliseconds;

class Task5MemoryMonitor : public BoundedTest {
 protected:
  MemoryMonitorOptions Options() {
    MemoryMonitorOptions options;
    options.read = [this] {
      MemorySample sample;
      sample.time_ms = ++reads_;
      sample[MemoryMetric::kRssBytes] = rss_.load();
      return sample;
    };
    return options;
  }
  MemoryThreshold Threshold(double fire_at, double rearm_below) {
    return {"high", MemoryMetric::kRssBytes, fire_at, rearm_below,
            [this](const MemorySample&) { ++fired_; }};
  }
  // How often a threshold of 100, armed again below 80, fires for each value.
  std::vector<int> Fired(const std::vector<double>& values) {
    MemoryMonitorOptions options = Options();
    options.thresholds.push_back(Threshold(100, 80));
    MemoryMonitor monitor(std::move(options));
    std::vector<int> counts;
    for (const double value : values) {
      rss_ = value;
      monitor.Sample();
      counts.push_back(fired_);
    }
    return counts;
  }
  // What is not written yet throws here and not on a thread without a handler.
  void SampleOnce() {
    MemoryMonitor(Options()).Sample();
    reads_ = 0;
  }
  std::atomic<double> rss_{0};
  std::atomic<int> reads_{0};
  std::atomic<int> fired_{0};
};

using Counts = std::vector<int>;

TEST_F(Task5MemoryMonitor, FiresOnceForOneExcess) {
  EXPECT_EQ(Fired({50, 99, 100, 150, 120, 200}), Counts({0, 0, 1, 1, 1, 1}));
}

TEST_F(Task5MemoryMonitor, DoesNotFireAgainBeforeItWasBelowTheLowerMark) {
  EXPECT_EQ(Fired({100, 99, 100, 80, 100, 79, 99, 100}),
            Counts({1, 1, 1, 1, 1, 1, 1, 2}));
}

// [region one_mark]
// An alarm with one mark, which fires when a value comes to it from below.
int FiredWithOneMark(const std::vector<double>& values, double fire_at) {
  int fired = 0;
  bool was_above = false;
  for (const double value : values) {
    const bool is_above = value >= fire_at;
    fired += is_above && !was_above;
    was_above = is_above;
  }
  return fired;
}
// [end]

TEST_F(Task5MemoryMonitor, FiresOnceWhereAValueSwings) {
  const std::vector<double> swinging = {101, 99, 101, 99, 102, 98, 100};
  EXPECT_EQ(FiredWithOneMark(swinging, 100), 4);
  EXPECT_EQ(Fired(swinging).back(), 1);
}

TEST_F(Task5MemoryMonitor, FiresWhenItStartsTooHigh) {
  EXPECT_EQ(Fired({500}), Counts({1}));
}

TEST_F(Task5MemoryMonitor, ASampleWithoutTheMetricChangesNothing) {
  MemoryMonitorOptions options = Options();
  bool has_value = true;
  options.read = [&has_value] {
    MemorySample sample;
    if (has_value) sample[MemoryMetric::kPssBytes] = 200;
    return sample;
  };
  options.thresholds.push_back(Threshold(100, 80));
  options.thresholds[0].metric = MemoryMetric::kPssBytes;
  MemoryMonitor monitor(std::move(options));
  monitor.Sample();
  has_value = false;
  monitor.Sample();
  has_value = true;
  monitor.Sample();
  EXPECT_EQ(fired_, 1) << "no value is not a low value";
}

TEST_F(Task5MemoryMonitor, EachThresholdHasItsOwnState) {
  MemoryMonitorOptions options = Options();
  options.thresholds = {Threshold(100, 50), Threshold(200, 200)};
  MemoryMonitor monitor(std::move(options));
  for (const double value : {250, 150, 250}) {
    rss_ = value;
    monitor.Sample();
  }
  EXPECT_EQ(fired_, 3) << "the first once, the second twice";
}

TEST_F(Task5MemoryMonitor, ACallbackMayCallTheMonitor) {
  MemoryMonitorOptions options = Options();
  MemoryMonitor* monitor = nullptr;
  MonitorSnapshot snapshot;
  options.thresholds.push_back(Threshold(100, 80));
  options.thresholds[0].callback = [&](const MemorySample& sample) {
    EXPECT_EQ(sample[MemoryMetric::kRssBytes], 100);
    EXPECT_EQ(monitor->Samples(), 1u);
    snapshot = monitor->Snapshot();
  };
  MemoryMonitor real(std::move(options));
  monitor = &real;
  rss_ = 100;
  real.Sample();
  ASSERT_EQ(snapshot.fired.size(), 1u);
  EXPECT_EQ(snapshot.fired[0].name, "high");
  EXPECT_EQ(snapshot.fired[0].times, 1u) << "it is counted before the call";
}

TEST_F(Task5MemoryMonitor, SamplesOnItsOwnThreadUntilItIsStopped) {
  SampleOnce();
  MemoryMonitorOptions options = Options();
  options.thresholds.push_back(Threshold(100, 80));
  MemoryMonitor monitor(std::move(options));
  monitor.Start(milliseconds(1));
  EXPECT_THROW(monitor.Start(milliseconds(1)), std::logic_error);
  rss_ = 100;
  EXPECT_TRUE(Eventually([this] { return fired_ == 1 && reads_ > 5; }));
  monitor.Stop();
  const int reads = reads_;
  std::this_thread::yield();
  EXPECT_EQ(reads_, reads);
  EXPECT_EQ(monitor.Samples(), static_cast<std::uint64_t>(reads));
  EXPECT_EQ(fired_, 1);
  monitor.Stop();
  monitor.Start(milliseconds(1));
  EXPECT_TRUE(Eventually([this, reads] { return reads_ > reads; }))
      << "it starts again";
}

TEST_F(Task5MemoryMonitor, StopDoesNotWaitForThePeriod) {
  SampleOnce();
  {
    MemoryMonitor monitor(Options());
    monitor.Start(std::chrono::hours(1));
    EXPECT_TRUE(Eventually([this] { return reads_ == 1; }))
        << "the first sample comes at once";
  }
  EXPECT_EQ(reads_, 1) << "the destructor stops it too";
}

TEST_F(Task5MemoryMonitor, SamplesOfManyThreadsAreAllCounted) {
  MemoryMonitorOptions options = Options();
  options.thresholds.push_back(Threshold(100, 80));
  MemoryMonitor monitor(std::move(options));
  monitor.Sample();  // what is not written yet throws here
  rss_ = 100;
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&monitor] {
      for (int k = 0; k < 500; ++k) monitor.Sample();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(monitor.Samples(), 2001u);
  EXPECT_EQ(fired_, 1) << "once, whoever samples";
}

// Two callbacks at once would be two threads in code that expects one.
TEST_F(Task5MemoryMonitor, OneCallbackAtATime) {
  MemoryMonitorOptions options = Options();
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::atomic<int> calls{0};
  options.read = [this] {
    MemorySample sample;
    sample[MemoryMetric::kRssBytes] = reads_++ % 2 * 100;
    return sample;
  };
  options.thresholds.push_back(Threshold(100, 80));
  options.thresholds[0].callback = [&](const MemorySample&) {
    const int now = ++inside;
    if (now > most) most = now;
    for (int i = 0; i < 100; ++i) std::this_thread::yield();
    --inside;
    ++calls;
  };
  MemoryMonitor monitor(std::move(options));
  monitor.Sample();  // what is not written yet throws here
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&monitor] {
      for (int k = 0; k < 500; ++k) monitor.Sample();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
  EXPECT_EQ(calls, 1000) << "every other sample is above the mark";
}

TEST_F(Task5MemoryMonitor, KeepsTheYoungestSamplesOldestFirst) {
  MemoryMonitorOptions options = Options();
  options.history = 2;
  options.thresholds.push_back(Threshold(100, 80));
  MemoryMonitor monitor(std::move(options));
  EXPECT_TRUE(monitor.Snapshot().history.empty());
  for (const double value : {1.5, 2.0, 103.0}) {
    rss_ = value;
    monitor.Sample();
  }
  const MonitorSnapshot snapshot = monitor.Snapshot();
  EXPECT_EQ(snapshot.samples, 3u);
  ASSERT_EQ(snapshot.history.size(), 2u);
  EXPECT_EQ(snapshot.history[0][MemoryMetric::kRssBytes], 2.0);
  EXPECT_EQ(snapshot.history[1][MemoryMetric::kRssBytes], 103.0);
  EXPECT_EQ(snapshot.history[1].time_ms, 3);
  ASSERT_EQ(snapshot.fired.size(), 1u);
  EXPECT_EQ(snapshot.fired[0].times, 1u);
}

TEST_F(Task5MemoryMonitor, ACallbackThatSamplesOrStopsIsRefusedInDebugBuilds) {
  MemoryMonitorOptions options = Options();
  MemoryMonitor* monitor = nullptr;
  bool stops = false;
  options.thresholds.push_back(Threshold(100, 80));
  options.thresholds[0].callback = [&](const MemorySample&) {
    stops ? monitor->Stop() : monitor->Sample();
  };
  MemoryMonitor real(std::move(options));
  monitor = &real;
  real.Sample();
  EXPECT_EQ(real.Samples(), 1u);
  rss_ = 100;
  if constexpr (!kDebugChecks) GTEST_SKIP() << "waits forever in this build";
  EXPECT_DEATH(real.Sample(), "called by a callback");
  stops = true;
  EXPECT_DEATH(real.Sample(), "called by a callback");
}

MemorySample GroupSample(std::optional<double> used,
                         std::optional<double> inactive) {
  MemorySample sample;
  sample[MemoryMetric::kCgroupUsedBytes] = used;
  sample[MemoryMetric::kCgroupInactiveBytes] = inactive;
  return sample;
}

TEST(Task5WorkingSet, IsWhatTheKernelCannotDrop) {
  EXPECT_EQ(WorkingSetBytes(GroupSample(1000, 900)), 100.0);
  EXPECT_EQ(WorkingSetBytes(GroupSample(1000, 0)), 1000.0);
  EXPECT_EQ(WorkingSetBytes(GroupSample(1000, 1001)), 0.0)
      << "the two are not read at one moment";
  EXPECT_EQ(WorkingSetBytes(GroupSample(1000, std::nullopt)), std::nullopt)
      << "no value is not 0";
  EXPECT_EQ(WorkingSetBytes(GroupSample(std::nullopt, 900)), std::nullopt);
}

// A program that reads 1 GiB of a log under a limit of 256 MiB: the page cache
// fills what the limit leaves, and the program itself stays small.
TEST(Task5WorkingSet, FilePagesFireOnUsedBytesAndNotOnTheWorkingSet) {
  constexpr double kLimit = 256 << 20;
  constexpr double kOwn = 8e6;
  constexpr double kReclaimed = 32 * 4096;  // the least that Linux drops
  int on_used = 0;
  int on_working_set = 0;
  double file_pages = 0;
  MemoryMonitorOptions options;
  options.read = [&file_pages] {
    return GroupSample(kOwn + file_pages, file_pages);
  };
  options.thresholds = {{"used", MemoryMetric::kCgroupUsedBytes, 200e6, 180e6,
                         [&on_used](const MemorySample&) { ++on_used; }},
                        {"working_set", MemoryMetric::kWorkingSetBytes, 200e6,
                         180e6, [&](const MemorySample& sample) {
                           ++on_working_set;
                           EXPECT_TRUE(sample[MemoryMetric::kWorkingSetBytes]);
                         }}};
  MemoryMonitor monitor(std::move(options));
  // At its limit the kernel drops as much as the next pages need, so the group
  // stays there.
  for (int read_mib = 0; read_mib < 1024; ++read_mib) {
    file_pages += 1 << 20;
    while (kOwn + file_pages > kLimit) file_pages -= kReclaimed;
    monitor.Sample();
  }
  RecordProperty("alarms_on_used", on_used);
  RecordProperty("alarms_on_working_set", on_working_set);
  EXPECT_EQ(on_used, 1) << "file pages alone fire it, and never arm it again";
  EXPECT_EQ(on_working_set, 0) << "the program stays small";
  EXPECT_EQ(monitor.Snapshot().history.back()[MemoryMetric::kWorkingSetBytes],
            kOwn)
      << "samples are kept with it";
}

TEST_F(Task5MemoryMonitor, RefusesOptionsThatMakeNoSense) {
  const auto refuses = [this](const auto& change) {
    MemoryMonitorOptions options = Options();
    options.thresholds.push_back(Threshold(100, 80));
    change(options);
    EXPECT_THROW(MemoryMonitor{std::move(options)}, std::invalid_argument);
  };
  refuses([](auto& options) { options.read = nullptr; });
  refuses([](auto& options) { options.history = 0; });
  refuses([](auto& options) { options.thresholds[0].name = "a b"; });
  refuses([](auto& options) { options.thresholds[0].name = ""; });
  refuses([](auto& options) { options.thresholds[0].callback = nullptr; });
  refuses([](auto& options) { options.thresholds[0].rearm_below = 101; });
}

TEST_F(Task5MemoryMonitor, SamplingAllocatesNothing) {
  MemoryMonitorOptions options = Options();
  options.history = 10;
  options.thresholds.push_back(Threshold(100, 80));
  MemoryMonitor monitor(std::move(options));
  AllocationScope scope;
  for (int i = 0; i < 100; ++i) {
    rss_ = i % 2 * 100;
    monitor.Sample();
  }
  EXPECT_EQ(fired_, 50);
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
