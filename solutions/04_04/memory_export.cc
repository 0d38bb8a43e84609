// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_export.h"

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace workbook {

// [given]
namespace {

// Appends a number in the shortest form that reads back the same.
void AppendNumber(std::string& text, auto number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
  text.append(digits, end);
}

}  // namespace

namespace {

void AppendHead(std::string& text, std::string_view name, std::string_view help,
                std::string_view type) {
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void AppendGauges(std::string& text, const MemorySample& sample) {
  for (std::size_t i = 0; i < kMemoryMetrics; ++i) {
    if (!sample.values[i]) continue;
    AppendHead(text, kMetricNames[i].name, kMetricNames[i].help, "gauge");
    text.append(kMetricNames[i].name).append(" ");
    AppendNumber(text, *sample.values[i]);
    text.append("\n");
  }
}

}  // namespace

void AppendPrometheus(const MonitorSnapshot& snapshot, std::string& text) {
  if (!snapshot.history.empty()) AppendGauges(text, snapshot.history.back());
  constexpr std::string_view kFired = "memory_threshold_fired_total";
  if (!snapshot.fired.empty()) {
    AppendHead(text, kFired, "How often each threshold fired.", "counter");
  }
  for (const MonitorSnapshot::Fired& fired : snapshot.fired) {
    text.append(kFired).append("{name=\"").append(fired.name).append("\"} ");
    AppendNumber(text, fired.times);
    text.append("\n");
  }
  AppendHead(text, "memory_samples_total", "Samples taken.", "counter");
  text.append("memory_samples_total ");
  AppendNumber(text, snapshot.samples);
  text.append("\n");
}

void AppendCsv(const MonitorSnapshot& snapshot, std::string& text) {
  text.append("time_ms");
  for (const MetricName& metric : kMetricNames) {
    text.append(",").append(metric.name);
  }
  text.append("\r\n");
  for (const MemorySample& sample : snapshot.history) {
    AppendNumber(text, sample.time_ms);
    for (const std::optional<double>& value : sample.values) {
      text.append(",");
      if (value) AppendNumber(text, *value);
    }
    text.append("\r\n");
  }
}

}  // namespace workbook
