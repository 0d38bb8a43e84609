// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::milliseconds;

class Task8MemoryMonitor : public BoundedTest {
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
  std::atomic<double> rss_{0};
  std::atomic<int> reads_{0};
  std::atomic<int> fired_{0};
};

using Counts = std::vector<int>;

TEST_F(Task8MemoryMonitor, FiresOnceForOneExcess) {
  EXPECT_EQ(Fired({50, 99, 100, 150, 120, 200}), Counts({0, 0, 1, 1, 1, 1}));
}

TEST_F(Task8MemoryMonitor, DoesNotFireAgainBeforeItWasBelowTheLowerMark) {
  EXPECT_EQ(Fired({100, 99, 100, 80, 100, 79, 99, 100}),
            Counts({1, 1, 1, 1, 1, 1, 1, 2}));
}

TEST_F(Task8MemoryMonitor, FiresWhenItStartsTooHigh) {
  EXPECT_EQ(Fired({500}), Counts({1}));
}

TEST_F(Task8MemoryMonitor, ASampleWithoutTheMetricChangesNothing) {
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

TEST_F(Task8MemoryMonitor, EachThresholdHasItsOwnState) {
  MemoryMonitorOptions options = Options();
  options.thresholds = {Threshold(100, 50), Threshold(200, 200)};
  MemoryMonitor monitor(std::move(options));
  for (const double value : {250, 150, 250}) {
    rss_ = value;
    monitor.Sample();
  }
  EXPECT_EQ(fired_, 3) << "the first once, the second twice";
}

TEST_F(Task8MemoryMonitor, ACallbackMayCallTheMonitor) {
  MemoryMonitorOptions options = Options();
  MemoryMonitor* monitor = nullptr;
  std::string text;
  options.thresholds.push_back(Threshold(100, 80));
  options.thresholds[0].callback = [&](const MemorySample& sample) {
    EXPECT_EQ(sample[MemoryMetric::kRssBytes], 100);
    EXPECT_EQ(monitor->Samples(), 1u);
    monitor->AppendPrometheus(text);
  };
  MemoryMonitor real(std::move(options));
  monitor = &real;
  rss_ = 100;
  real.Sample();
  EXPECT_NE(text.find("fired_total{name=\"high\"} 1"), std::string::npos)
      << text;
}

TEST_F(Task8MemoryMonitor, SamplesOnItsOwnThreadUntilItIsStopped) {
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

TEST_F(Task8MemoryMonitor, StopDoesNotWaitForThePeriod) {
  {
    MemoryMonitor monitor(Options());
    monitor.Start(std::chrono::hours(1));
    EXPECT_TRUE(Eventually([this] { return reads_ == 1; }))
        << "the first sample comes at once";
  }
  EXPECT_EQ(reads_, 1) << "the destructor stops it too";
}

TEST_F(Task8MemoryMonitor, SamplesOfManyThreadsAreAllCounted) {
  MemoryMonitorOptions options = Options();
  options.thresholds.push_back(Threshold(100, 80));
  MemoryMonitor monitor(std::move(options));
  monitor.Sample();  // what is not written yet throws here
  rss_ = 100;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&monitor] {
      for (int k = 0; k < 500; ++k) monitor.Sample();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(monitor.Samples(), 2001u);
  EXPECT_EQ(fired_, 1) << "once, whoever samples";
}

// The rules of the text format, as promtool's check applies them to lines: a
// name, labels in braces, one value; HELP and TYPE once, before the samples,
// and samples of a metric together; a counter ends in _total.
class LineRules {
 public:
  explicit LineRules(std::string_view text) {
    if (!text.empty() && text.back() != '\n') Refuse("no line end at the end");
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(line.size() + 1);
      if (line.starts_with("# HELP ") || line.starts_with("# TYPE ")) {
        Comment(line);
      } else {
        Value(line);
      }
    }
  }
  const std::string& refused() const { return refused_; }
  int values() const { return values_; }

 private:
  void Refuse(std::string_view why) { refused_ += std::string(why) + "\n"; }
  static std::string_view NameOf(std::string_view text) {
    constexpr std::string_view kAllowed =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:";
    return text.substr(0, text.find_first_not_of(kAllowed));
  }
  void Comment(std::string_view line) {
    const std::string name(NameOf(line.substr(7)));
    if (name.empty()) Refuse("a comment without a name: " + std::string(line));
    const std::string_view rest = line.substr(7 + name.size());
    if (!rest.starts_with(" ") || rest.size() < 2) Refuse("an empty comment");
    if (line[2] == 'H') {
      if (!seen_.insert(name).second) Refuse(name + " comes twice");
      current_ = name;
      return;
    }
    if (name != current_) Refuse("TYPE of " + name + " is not behind its HELP");
    const bool is_counter = rest == " counter";
    if (!is_counter && rest != " gauge") Refuse("no such type");
    if (is_counter != name.ends_with("_total")) {
      Refuse(name + ": counters end in _total, gauges do not");
    }
  }
  void Value(std::string_view line) {
    ++values_;
    const std::string name(NameOf(line));
    if (name != current_) Refuse(name + " has no HELP before it");
    line.remove_prefix(name.size());
    if (line.starts_with("{")) {
      const std::size_t end = line.find("\"} ");
      if (end == std::string_view::npos || !line.starts_with("{name=\"")) {
        Refuse("labels");
        return;
      }
      line.remove_prefix(end + 2);
    }
    std::size_t used = 0;
    try {
      const double value = std::stod(std::string(line.substr(1)), &used);
      if (value < 0) Refuse("a negative value");
    } catch (const std::logic_error&) {
      Refuse("no number: " + std::string(line));
    }
    if (line[0] != ' ' || used + 1 != line.size()) Refuse("one value a line");
  }
  std::set<std::string> seen_;
  std::string current_;
  std::string refused_;
  int values_ = 0;
};

TEST_F(Task8MemoryMonitor, PrometheusTextKeepsTheRules) {
  MemoryMonitorOptions options = Options();
  MemorySample full;
  for (std::optional<double>& value : full.values) value = 1.5;
  full[MemoryMetric::kRssBytes] = 12'345'678'901'234.0;
  options.read = [&full] { return full; };
  options.thresholds = {Threshold(100, 80), Threshold(1e15, 80)};
  options.thresholds[1].name = "very_high";
  MemoryMonitor monitor(std::move(options));
  std::string text;
  monitor.AppendPrometheus(text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 3) << "before the first sample";
  monitor.Sample();
  text.clear();
  monitor.AppendPrometheus(text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 11);
  EXPECT_NE(text.find("\nprocess_memory_rss_bytes 12345678901234\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("{name=\"high\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("{name=\"very_high\"} 0\n"), std::string::npos);
}

TEST_F(Task8MemoryMonitor, PrometheusLeavesOutWhatHasNoValue) {
  MemoryMonitor monitor(Options());
  rss_ = 5;
  monitor.Sample();
  std::string text;
  monitor.AppendPrometheus(text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 2) << text;
  EXPECT_EQ(text.find("cgroup"), std::string::npos);
}

TEST_F(Task8MemoryMonitor, CsvHasTheYoungestSamples) {
  MemoryMonitorOptions options = Options();
  options.history = 2;
  MemoryMonitor monitor(std::move(options));
  for (const double value : {1.5, 2.0, 3.0}) {
    rss_ = value;
    monitor.Sample();
  }
  std::string text;
  monitor.AppendCsv(text);
  EXPECT_TRUE(text.starts_with("time_ms,process_memory_rss_bytes,")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), ','), 3 * 8);
  EXPECT_TRUE(text.ends_with("\r\n2,2,,,,,,,\r\n3,3,,,,,,,\r\n")) << text;
}

TEST_F(Task8MemoryMonitor, RefusesOptionsThatMakeNoSense) {
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

TEST_F(Task8MemoryMonitor, SamplingAllocatesNothing) {
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
