// SPDX-License-Identifier: Apache-2.0

// What a monitor knows, in two formats that other programs read.
#ifndef WORKBOOK_04_04_MEMORY_EXPORT_H_
#define WORKBOOK_04_04_MEMORY_EXPORT_H_

#include <string>

#include "04_04/memory_monitor.h"

namespace workbook {

// Appends the youngest sample to `text` in Prometheus's format. For each metric
// that has a value, in their order:
//   # HELP NAME HELP_TEXT
//   # TYPE NAME gauge
//   NAME VALUE
// with the names and texts of kMetricNames. Then, where there are thresholds,
// memory_threshold_fired_total, a counter with the help "How often each
// threshold fired." and a line for each, NAME{name="THRESHOLD"} TIMES. At last
// memory_samples_total, a counter with the help "Samples taken.". Numbers are
// as std::to_chars writes them; each line ends in \n. Before the first sample
// there are counters only.
// Cost: O(length) for both functions; allocations of `text`.
// Thread safety: any thread, for both functions.
// Source: Prometheus text format 0.0.4.
void AppendPrometheus(const MonitorSnapshot& snapshot, std::string& text);

// Appends the history to `text` as CSV, oldest sample first. The head is
// time_ms and the names of all metrics; each sample has its time and values, an
// empty field for no value. Lines end in \r\n, as RFC 4180 has it.
void AppendCsv(const MonitorSnapshot& snapshot, std::string& text);

// How each metric is called, in the order of MemoryMetric.
struct MetricName {
  const char* name;  // with its unit last, as Prometheus's naming rules ask
  const char* help;
};
inline constexpr MetricName kMetricNames[kMemoryMetrics] = {
    {"process_memory_rss_bytes", "Resident set size."},
    {"process_memory_pss_bytes", "Proportional set size."},
    {"process_memory_allocated_bytes", "Bytes the allocator has given out."},
    {"process_memory_allocator_held_bytes", "Bytes the allocator holds."},
    {"cgroup_memory_used_bytes", "Bytes used by the control group."},
    {"cgroup_memory_inactive_file_bytes", "Its inactive file pages."},
    {"cgroup_memory_working_set_bytes", "Used less inactive file pages."},
    {"cgroup_memory_limit_bytes", "Least limit of the control group."},
    {"memory_pressure_some_avg10_percent", "Some task waited for memory."},
    {"memory_pressure_full_avg10_percent", "All tasks waited for memory."},
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_EXPORT_H_
