// SPDX-License-Identifier: Apache-2.0

// What MemoryMonitor promises, call by call: see tools/support/history. Its
// samples come from here, and no thread of its own takes them.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "04_04/memory_monitor.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr double kFireAt = 100;
constexpr double kRearmBelow = 50;
constexpr std::size_t kHistory = 2;
// Above the upper mark, between the two, below the lower one; none.
constexpr std::optional<double> kValues[] = {150, 70, 20, std::nullopt};

constexpr char kPreamble[] = R"(
std::optional<double> value;
std::int64_t now = 0;
int fired = 0;
MemoryMonitorOptions Options() {
  MemoryMonitorOptions options;
  options.read = [] {
    MemorySample sample;
    sample.time_ms = ++now;
    sample[MemoryMetric::kRssBytes] = value;
    return sample;
  };
  options.history = 2;
  options.thresholds.push_back({.name = "much",
                                .metric = MemoryMetric::kRssBytes,
                                .fire_at = 100,
                                .rearm_below = 50,
                                .callback = [](auto&) { ++fired; }});
  return options;
}

)";

class MemoryMonitorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 3000;  // each takes snapshots

  void Start(int) {
    MemoryMonitorOptions options;
    options.history = kHistory;
    options.read = [this] {
      MemorySample sample;
      sample.time_ms = ++now_;
      sample[MemoryMetric::kRssBytes] = value_;
      return sample;
    };
    options.thresholds.push_back(
        {.name = "much",
         .metric = MemoryMetric::kRssBytes,
         .fire_at = kFireAt,
         .rearm_below = kRearmBelow,
         .callback = [this](const MemorySample&) { ++calls_; }});
    Say("MemoryMonitor monitor(Options());  // fires at 100, and again behind "
        "50");
    In([&] { monitor_.Make(options); });
    Draw("monitor", monitor_);
  }

  bool Sample(int which) {
    value_ = kValues[which];
    const std::string text = value_ ? Text(static_cast<int>(*value_)) : "";
    Say("value = ", value_ ? text : "std::nullopt", ";");
    Say("monitor.Sample();");
    In([this] { monitor_->Sample(); });
    Expect(Allocations() == 0, "", "Sample allocates");
    values_.push_back(value_);
    if (value_ && *value_ < kRearmBelow) is_armed_ = true;
    if (value_ && *value_ >= kFireAt && is_armed_) {
      is_armed_ = false;
      ++expected_calls_;
    }
    return true;
  }

  void Check() {
    ExpectEqual("fired", calls_, expected_calls_);
    std::uint64_t samples = 0;
    std::array<std::optional<double>, kHistory + 1> kept;
    std::size_t kept_count = 0;
    int times = 0;
    In([&] {
      samples = monitor_->Samples();
      const MonitorSnapshot now = monitor_->Snapshot();
      kept_count = std::min(now.history.size(), kept.size());
      for (std::size_t i = 0; i != kept_count; ++i) {
        kept[i] = now.history[i][MemoryMetric::kRssBytes];
      }
      times = now.fired.empty() ? -1 : static_cast<int>(now.fired[0].times);
    });
    ExpectEqual("monitor.Samples()", samples, values_.size());
    ExpectEqual("monitor.Snapshot().fired[0].times", times, expected_calls_);
    const std::size_t expected = std::min(values_.size(), kHistory);
    ExpectEqual("monitor.Snapshot().history.size()", kept_count, expected);
    for (std::size_t i = 0; i != expected; ++i) {
      const std::optional<double> value =
          values_[values_.size() - expected + i];
      Expect(kept[i] == value, "", "monitor.Snapshot().history[", i, "] is ",
             Named(kept[i]), "; expected ", Named(value));
    }
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { monitor_.End(); });
  }

  static constexpr CallKind<MemoryMonitorCase> kCalls[] = {
      {4, &MemoryMonitorCase::Sample},
  };

 private:
  static std::string Named(const std::optional<double>& value) {
    return value ? Text(static_cast<int>(*value)) : "none";
  }

  Object<MemoryMonitor> monitor_;
  std::optional<double> value_;
  std::int64_t now_ = 0;
  int calls_ = 0;
  // The model.
  std::vector<std::optional<double>> values_;  // of all samples
  bool is_armed_ = true;
  int expected_calls_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE_INSIDE(MemoryMonitorCase, "04_04/memory_monitor.h", kPreamble)
