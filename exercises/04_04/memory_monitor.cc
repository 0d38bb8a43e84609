// SPDX-License-Identifier: Apache-2.0

#include "04_04/memory_monitor.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {
namespace {

struct MetricName {
  const char* name;  // with its unit last, as Prometheus's naming rules ask
  const char* help;
};
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

bool IsLabel(const std::string& name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_allowed);
}

}  // namespace

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

MemoryMonitor::~MemoryMonitor() {
  // Yours. No Todo: it may not leave a destructor.
}

void MemoryMonitor::Sample() { Todo("04_04 task 8: MemoryMonitor::Sample"); }

void MemoryMonitor::Start(std::chrono::milliseconds period) {
  Todo("04_04 task 8: MemoryMonitor::Start");
}

void MemoryMonitor::Stop() { Todo("04_04 task 8: MemoryMonitor::Stop"); }

std::uint64_t MemoryMonitor::Samples() const {
  const std::lock_guard lock(mutex_);
  return samples_;
}

void MemoryMonitor::AppendPrometheus(std::string& text) const {
  Todo("04_04 task 8: MemoryMonitor::AppendPrometheus");
}

void MemoryMonitor::AppendCsv(std::string& text) const {
  Todo("04_04 task 8: MemoryMonitor::AppendCsv");
}

}  // namespace workbook
