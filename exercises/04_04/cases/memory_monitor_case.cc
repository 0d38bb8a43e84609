// SPDX-License-Identifier: Apache-2.0

// What MemoryMonitor promises, call by call: see tools/support/history. Its
// samples come from here, and no thread of its own takes them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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
  static constexpr std::uint64_t kHistories = 3000;  // each writes reports

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
    lines_.push_back(Text(lines_.size() + 1, ",", text));
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
    std::string csv;
    std::string prometheus;
    In([&] { samples = monitor_->Samples(); });
    ExpectEqual("monitor.Samples()", samples, lines_.size());
    // The text outlives the call.
    csv.reserve(4096);
    prometheus.reserve(4096);
    In([&] {
      monitor_->AppendCsv(csv);
      monitor_->AppendPrometheus(prometheus);
    });
    CheckCsv(csv);
    CheckPrometheus(prometheus);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { monitor_.End(); });
  }

  static constexpr CallKind<MemoryMonitorCase> kCalls[] = {
      {4, &MemoryMonitorCase::Sample},
  };

 private:
  // The youngest, the oldest of them first, with the time and the first value.
  void CheckCsv(std::string_view csv) {
    const std::size_t kept = std::min(lines_.size(), kHistory);
    for (std::size_t i = lines_.size() - kept; i != lines_.size(); ++i) {
      const std::size_t end = csv.find("\r\n");
      Expect(end != std::string_view::npos, "", "a line of the CSV is missing");
      csv.remove_prefix(end + 2);
      Expect(csv.starts_with(lines_[i]), "", "a line of the CSV begins with \"",
             csv.substr(0, csv.find(",,")), "\"; expected \"", lines_[i], "\"");
    }
    Expect(std::count(csv.begin(), csv.end(), '\n') == 1, "",
           "the CSV has another number of lines");
  }

  void CheckPrometheus(const std::string& text) {
    for (const std::string& line :
         {Text("memory_threshold_fired_total{name=\"much\"} ", expected_calls_),
          std::string("# TYPE memory_threshold_fired_total counter"),
          Text("memory_samples_total ", lines_.size())}) {
      Expect(("\n" + text).find("\n" + line + "\n") != std::string::npos, "",
             "the text for Prometheus has no line \"", line, "\"");
    }
  }

  Object<MemoryMonitor> monitor_;
  std::optional<double> value_;
  std::int64_t now_ = 0;
  int calls_ = 0;
  // The model.
  std::vector<std::string> lines_;  // of the CSV, up to the first value
  bool is_armed_ = true;
  int expected_calls_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(MemoryMonitorCase, "04_04/memory_monitor.h", kPreamble)
