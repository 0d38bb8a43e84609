// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "tools/exercise/debug_check.h"
#include "tools/exercise/todo.h"

namespace workbook {

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
  Todo("04_04 task 5: WorkingSetBytes");
}

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

void MemoryMonitor::Sample() { Todo("04_04 task 5: MemoryMonitor::Sample"); }

bool MemoryMonitor::Fires(std::size_t index, const MemorySample& sample) {
  Todo("04_04 task 5: MemoryMonitor::Fires");
}

void MemoryMonitor::Keep(const MemorySample& sample) {
  const std::lock_guard lock(mutex_);
  history_[samples_ % history_.size()] = sample;
  ++samples_;
}

void MemoryMonitor::CallBack(std::size_t index, const MemorySample& sample) {
  calling_back_ = std::this_thread::get_id();
  options_.thresholds[index].callback(sample);
  calling_back_ = std::thread::id();
}

void MemoryMonitor::RefuseCallbacks() const {
  DebugCheck(calling_back_ != std::this_thread::get_id(),
             "MemoryMonitor: Sample or Stop is called by a callback, and would "
             "wait for itself");
}

void MemoryMonitor::Run(std::chrono::milliseconds period) {
  const auto is_stopping = [this]() { return stopping_; };
  for (;;) {
    Sample();
    const std::lock_guard lock(mutex_);
    if (stop_.wait_for(mutex_, period, is_stopping)) return;
  }
}

void MemoryMonitor::Start(std::chrono::milliseconds period) {
  if (sampler_.joinable()) {
    throw std::logic_error("MemoryMonitor::Start: it runs; Stop it first");
  }
  {
    const std::lock_guard lock(mutex_);
    stopping_ = false;
  }
  sampler_ = std::thread([this, period] { Run(period); });
}

void MemoryMonitor::Stop() {
  RefuseCallbacks();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  if (sampler_.joinable()) sampler_.join();
}

std::uint64_t MemoryMonitor::Samples() const {
  const std::lock_guard lock(mutex_);
  return samples_;
}

MonitorSnapshot MemoryMonitor::Snapshot() const {
  MonitorSnapshot snapshot;
  const std::lock_guard lock(mutex_);
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
