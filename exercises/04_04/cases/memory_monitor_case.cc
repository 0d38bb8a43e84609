// SPDX-License-Identifier: Apache-2.0

// What MemoryMonitor promises, call by call: see tools/support/history. Its
// samples come from here, and no thread of its own takes them.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
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

// What the monitor reads, and how often it fired.
struct World {
  void SetUp() {
    options.history = kHistory;
    options.read = [this] {
      MemorySample sample;
      sample.time_ms = ++now;
      sample[MemoryMetric::kRssBytes] = value;
      return sample;
    };
    options.thresholds.push_back(
        {.name = "much",
         .metric = MemoryMetric::kRssBytes,
         .fire_at = kFireAt,
         .rearm_below = kRearmBelow,
         .callback = [this](const MemorySample&) { ++calls; }});
  }

  MemoryMonitorOptions options{};
  std::optional<double> value{};
  std::int64_t now = 0;
  int calls = 0;
};

class MemoryMonitorCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 3000;  // each takes snapshots

  void Start(int) {
    Say("MemoryMonitor monitor(Options());  // fires at 100, and again behind "
        "50");
    Aside([](auto& world) { world->SetUp(); }, world_);
    In([](auto& monitor, auto& world) { monitor.Make(world->options); },
       monitor_, world_);
    Draw("monitor", monitor_);
  }

  bool Sample(int which) {
    const std::optional<double> value = kValues[which];
    Aside([](auto& world, int i) { world->value = kValues[i]; }, world_, which);
    const std::string text = value ? Text(static_cast<int>(*value)) : "";
    Say("value = ", value ? text : "std::nullopt", ";");
    Say("monitor.Sample();");
    In([](auto& monitor) { monitor->Sample(); }, monitor_);
    Expect(Allocations() == 0, "", "Sample allocates");
    values_.push_back(value);
    if (value && *value < kRearmBelow) is_armed_ = true;
    if (value && *value >= kFireAt && is_armed_) {
      is_armed_ = false;
      ++expected_calls_;
    }
    return true;
  }

  void Check() {
    ExpectEqual("fired",
                Aside([](auto& world) { return world->calls; }, world_),
                expected_calls_);
    const auto [samples, kept, kept_count, times] = Ask(
        [](auto& monitor) {
          const MonitorSnapshot now = monitor->Snapshot();
          std::array<std::optional<double>, kHistory + 1> last;
          const std::size_t count = std::min(now.history.size(), last.size());
          for (std::size_t i = 0; i != count; ++i) {
            last[i] = now.history[i][MemoryMetric::kRssBytes];
          }
          const int fired =
              now.fired.empty() ? -1 : static_cast<int>(now.fired[0].times);
          return std::tuple(monitor->Samples(), last, count, fired);
        },
        monitor_);
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
    In([](auto& monitor) { monitor.End(); }, monitor_);
  }

  static constexpr CallKind<MemoryMonitorCase> kCalls[] = {
      {4, &MemoryMonitorCase::Sample},
  };

 private:
  static std::string Named(const std::optional<double>& value) {
    return value ? Text(static_cast<int>(*value)) : "none";
  }

  Fixture<World> world_;
  Object<MemoryMonitor> monitor_;
  // The model.
  std::vector<std::optional<double>> values_;  // of all samples
  bool is_armed_ = true;
  int expected_calls_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(MemoryMonitorCase, "04_04/memory_monitor.h", kPreamble)
