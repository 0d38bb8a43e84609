// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

// [given]
namespace {

bool IsLabel(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_allowed);
}

}  // namespace

std::optional<double> WorkingSetBytes(const MemorySample& sample) {
  const std::optional<double> used = sample[MemoryMetric::kCgroupUsedBytes];
  const std::optional<double> inactive =
      sample[MemoryMetric::kCgroupInactiveBytes];
  if (!used || !inactive) return std::nullopt;
  return std::max(*used - *inactive, 0.0);
}

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

// [given]
MemoryMonitor::~MemoryMonitor() { Stop(); }

void MemoryMonitor::Sample() {
  RefuseCallbacks();
  const MutexLock one_at_a_time(sampling_);
  MemorySample sample = options_.read();
  sample[MemoryMetric::kWorkingSetBytes] = WorkingSetBytes(sample);
  Keep(sample);
  for (std::size_t i = 0; i < options_.thresholds.size(); ++i) {
    if (Fires(i, sample)) CallBack(i, sample);
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

// [given]
void MemoryMonitor::Keep(const MemorySample& sample) {
  const MutexLock lock(mutex_);
  history_[samples_ % history_.size()] = sample;
  ++samples_;
}

// [given]
void MemoryMonitor::CallBack(std::size_t index, const MemorySample& sample) {
  calling_back_ = std::this_thread::get_id();
  options_.thresholds[index].callback(sample);
  calling_back_ = std::thread::id();
}

// [given]
void MemoryMonitor::RefuseCallbacks() const {
  DebugCheck(calling_back_ != std::this_thread::get_id(),
             "MemoryMonitor: Sample or Stop is called by a callback, and would "
             "wait for itself");
}

// [given]
void MemoryMonitor::Run(std::chrono::milliseconds period) {
  const auto is_stopping = [this]() REQUIRES(mutex_) { return stopping_; };
  for (;;) {
    Sample();
    const MutexLock lock(mutex_);
    if (stop_.wait_for(mutex_, period, is_stopping)) return;
  }
}

// [given]
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

// [given]
void MemoryMonitor::Stop() {
  RefuseCallbacks();
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

// [given]
MonitorSnapshot MemoryMonitor::Snapshot() const {
  MonitorSnapshot snapshot;
  const MutexLock lock(mutex_);
  snapshot.samples = samples_;
  const std::uint64_t kept = std::min<std::uint64_t>(samples_, history_.size());
  for (std::uint64_t i = samples_ - kept; i < samples_; ++i) {
    snapshot.history.push_back(history_[i % history_.size()]);
  }
  for (std::size_t i = 0; i < states_.size(); ++i) {
    snapshot.fired.push_back({options_.thresholds[i].name, states_[i].fired});
  }
  return snapshot;
}

}  // namespace workbook
