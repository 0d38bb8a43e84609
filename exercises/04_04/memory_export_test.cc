// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_export.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace workbook {
namespace {

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

// A sample of each metric, and of RSS alone.
MemorySample FullSample() {
  MemorySample sample;
  sample.time_ms = 7;
  for (std::optional<double>& value : sample.values) value = 1.5;
  sample[MemoryMetric::kRssBytes] = 12'345'678'901'234.0;
  return sample;
}
MemorySample RssSample(std::int64_t time_ms, double rss) {
  MemorySample sample;
  sample.time_ms = time_ms;
  sample[MemoryMetric::kRssBytes] = rss;
  return sample;
}

TEST(Task12Prometheus, KeepsTheRules) {
  MonitorSnapshot snapshot;
  snapshot.fired = {{"high", 0}, {"very_high", 0}};
  std::string text;
  AppendPrometheus(snapshot, text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 3) << "before the first sample";
  snapshot.samples = 2;
  snapshot.history = {RssSample(1, 1), FullSample()};
  snapshot.fired[0].times = 1;
  text.clear();
  AppendPrometheus(snapshot, text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 13);
  EXPECT_NE(text.find("\nprocess_memory_rss_bytes 12345678901234\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("{name=\"high\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("{name=\"very_high\"} 0\n"), std::string::npos);
}

TEST(Task12Prometheus, IsThisText) {
  MonitorSnapshot snapshot;
  snapshot.samples = 3;
  snapshot.history = {RssSample(1, 5), RssSample(2, 1.5)};
  snapshot.fired = {{"high", 4}};
  std::string text = "x\n";
  AppendPrometheus(snapshot, text);
  EXPECT_EQ(text,
            "x\n"
            "# HELP process_memory_rss_bytes Resident set size.\n"
            "# TYPE process_memory_rss_bytes gauge\n"
            "process_memory_rss_bytes 1.5\n"
            "# HELP memory_threshold_fired_total How often each threshold "
            "fired.\n"
            "# TYPE memory_threshold_fired_total counter\n"
            "memory_threshold_fired_total{name=\"high\"} 4\n"
            "# HELP memory_samples_total Samples taken.\n"
            "# TYPE memory_samples_total counter\n"
            "memory_samples_total 3\n")
      << "it appends, and has the youngest sample";
}

TEST(Task12Prometheus, LeavesOutWhatThereIsNone) {
  MonitorSnapshot snapshot;
  snapshot.samples = 1;
  snapshot.history = {RssSample(1, 5)};
  std::string text;
  AppendPrometheus(snapshot, text);
  EXPECT_EQ(LineRules(text).refused(), "") << text;
  EXPECT_EQ(LineRules(text).values(), 2) << text;
  EXPECT_EQ(text.find("cgroup"), std::string::npos);
  EXPECT_EQ(text.find("threshold"), std::string::npos) << "there are none";
}

TEST(Task12Csv, HasALineForEachSample) {
  MonitorSnapshot snapshot;
  snapshot.samples = 3;
  snapshot.history = {RssSample(2, 2), RssSample(3, 3.25)};
  std::string text = "x\n";
  AppendCsv(snapshot, text);
  EXPECT_TRUE(text.starts_with("x\ntime_ms,process_memory_rss_bytes,")) << text;
  EXPECT_EQ(std::count(text.begin(), text.end(), ','), 3 * 10);
  EXPECT_TRUE(text.ends_with("\r\n2,2,,,,,,,,,\r\n3,3.25,,,,,,,,,\r\n"))
      << text;
}

TEST(Task12Csv, HasEveryValueInItsColumn) {
  MonitorSnapshot snapshot;
  snapshot.history = {FullSample()};
  for (std::size_t i = 0; i < kMemoryMetrics; ++i) {
    snapshot.history[0].values[i] = static_cast<double>(i);
  }
  std::string text;
  AppendCsv(snapshot, text);
  std::string head = "time_ms";
  for (const MetricName& metric : kMetricNames) {
    head += "," + std::string(metric.name);
  }
  EXPECT_EQ(text, head + "\r\n7,0,1,2,3,4,5,6,7,8,9\r\n");
}

}  // namespace
}  // namespace workbook
