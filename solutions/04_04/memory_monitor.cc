// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

namespace workbook {
namespace {

// [given]
struct MetricName {
  const char* name;  // with its unit last, as Prometheus's naming rules ask
  const char* help;
};
// [given]
constexpr MetricName kNames[kMemoryMetrics] = {
    {"process_memory_rss_bytes", "Resident set size."},
    {"process_memory_pss_bytes", "Proportional set size."},
    {"process_memory_allocated_bytes", "Bytes the allocator has given out."},
    {"process_memory_allocator_held_bytes", "Bytes the allocator holds."},
    {"cgroup_memory_used_bytes", "Bytes used by the control group."},
    {"cgroup_memory_limit_bytes", "Least limit of the control group."},
    {"memory_pressure_some_avg10_percent", "Some task waited for memory."},
    {"memory_pressure_full_avg10_percent", "All tasks waited for memory."},
};

// [given]
bool IsLabel(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_allowed);
}

void AppendNumber(std::string& text, auto number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
  text.append(digits, end);
}

void AppendHead(std::string& text, std::string_view name, std::string_view help,
                std::string_view type) {
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

}  // namespace

// [given]
MemoryMonitor::MemoryMonitor(MemoryMonitorOptions options)
    : options_(std::move(options)),
      states_(options_.thresholds.size()),
      history_(options_.history) {
  if (!options_.read) {
    throw std::invalid_argument("MemoryMonitorOptions: read is missing");
  }
  if (options_.history == 0) {
    throw std::invalid_argument(
        "MemoryMonitorOptions: history must be above 0");
  }
  for (const MemoryThreshold& threshold : options_.thresholds) {
    if (!IsLabel(threshold.name) || threshold.callback == nullptr ||
        !(threshold.rearm_below <= threshold.fire_at)) {
      throw std::invalid_argument(
          "MemoryThreshold '" + threshold.name +
          "': needs a name of letters, digits and _, a callback, and "
          "rearm_below at most fire_at");
    }
  }
}

MemoryMonitor::~MemoryMonitor() { Stop(); }

void MemoryMonitor::Sample() {
  const MutexLock one_at_a_time(sampling_);
  const MemorySample sample = options_.read();
  {
    const MutexLock lock(mutex_);
    history_[samples_ % history_.size()] = sample;
    ++samples_;
  }
  for (std::size_t i = 0; i < options_.thresholds.size(); ++i) {
    if (Fires(i, sample)) options_.thresholds[i].callback(sample);
  }
}

bool MemoryMonitor::Fires(std::size_t index, const MemorySample& sample) {
  const MemoryThreshold& threshold = options_.thresholds[index];
  const std::optional<double>& value = sample[threshold.metric];
  if (!value) return false;
  const MutexLock lock(mutex_);
  State& state = states_[index];
  if (*value < threshold.rearm_below) state.armed = true;
  if (!state.armed || *value < threshold.fire_at) return false;
  state.armed = false;
  ++state.fired;
  return true;
}

void MemoryMonitor::Run(std::chrono::milliseconds period) {
  UniqueLock lock(mutex_);
  do {
    lock.unlock();
    Sample();
    lock.lock();
  } while (!stop_.wait_for(lock.native(), period,
                           [this]() REQUIRES(mutex_) { return stopping_; }));
}

void MemoryMonitor::Start(std::chrono::milliseconds period) {
  if (sampler_.joinable()) {
    throw std::logic_error("MemoryMonitor::Start: it runs; Stop it first");
  }
  {
    const MutexLock lock(mutex_);
    stopping_ = false;
  }
  sampler_ = std::thread([this, period] { Run(period); });
}

void MemoryMonitor::Stop() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  if (sampler_.joinable()) sampler_.join();
}

// [given]
std::uint64_t MemoryMonitor::Samples() const {
  const MutexLock lock(mutex_);
  return samples_;
}

void MemoryMonitor::AppendPrometheus(std::string& text) const {
  const MutexLock lock(mutex_);
  if (samples_ > 0) {
    const MemorySample& sample = history_[(samples_ - 1) % history_.size()];
    for (std::size_t i = 0; i < kMemoryMetrics; ++i) {
      if (!sample.values[i]) continue;
      AppendHead(text, kNames[i].name, kNames[i].help, "gauge");
      text.append(kNames[i].name).append(" ");
      AppendNumber(text, *sample.values[i]);
      text.append("\n");
    }
  }
  if (!states_.empty()) {
    AppendHead(text, "memory_threshold_fired_total",
               "How often each threshold fired.", "counter");
  }
  for (std::size_t i = 0; i < states_.size(); ++i) {
    text.append("memory_threshold_fired_total{name=\"");
    text.append(options_.thresholds[i].name).append("\"} ");
    AppendNumber(text, states_[i].fired);
    text.append("\n");
  }
  AppendHead(text, "memory_samples_total", "Samples taken.", "counter");
  text.append("memory_samples_total ");
  AppendNumber(text, samples_);
  text.append("\n");
}

void MemoryMonitor::AppendCsv(std::string& text) const {
  text.append("time_ms");
  for (const MetricName& metric : kNames) text.append(",").append(metric.name);
  text.append("\r\n");
  const MutexLock lock(mutex_);
  const std::uint64_t kept = std::min<std::uint64_t>(samples_, history_.size());
  for (std::uint64_t i = samples_ - kept; i < samples_; ++i) {
    const MemorySample& sample = history_[i % history_.size()];
    AppendNumber(text, sample.time_ms);
    for (const std::optional<double>& value : sample.values) {
      text.append(",");
      if (value) AppendNumber(text, *value);
    }
    text.append("\r\n");
  }
}

}  // namespace workbook
