// SPDX-License-Identifier: Apache-2.0

// What the kernel and the allocator say about this process's memory, as far as
// they say it.
#ifndef WORKBOOK_04_04_MEMORY_SOURCES_H_
#define WORKBOOK_04_04_MEMORY_SOURCES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace workbook {

enum class MemoryMetric {
  kRssBytes,             // resident: pages of this process in memory
  kPssBytes,             // proportional: a page shared by n counts 1/n
  kAllocatedBytes,       // what the allocator has given out
  kAllocatorHeldBytes,   // what the allocator has from the system
  kCgroupUsedBytes,      // of the process's control group, page cache too
  kCgroupInactiveBytes,  // of these, file pages that nothing uses any more
  kWorkingSetBytes,      // used less inactive: see WorkingSetBytes
  kCgroupLimitBytes,     // the least limit of the group and its ancestors
  kPressureSomePercent,  // of the last 10 s, some task waited for memory
  kPressureFullPercent,  // of the last 10 s, all tasks did
};
inline constexpr std::size_t kMemoryMetrics = 10;

// Values that could be read; no value is never 0.
struct MemorySample {
  std::int64_t time_ms = 0;  // since the epoch
  std::array<std::optional<double>, kMemoryMetrics> values;

  std::optional<double>& operator[](MemoryMetric metric) {
    return values[static_cast<std::size_t>(metric)];
  }
  const std::optional<double>& operator[](MemoryMetric metric) const {
    return values[static_cast<std::size_t>(metric)];
  }
};

// Reads the files of /proc and /sys/fs/cgroup, version 1 and 2 (proc(5);
// Documentation/admin-guide/cgroup-v1/memory.rst, cgroup-v2.rst, and
// accounting/psi.rst of Linux), and mallinfo2(3).
// Thread safety: any thread.
class MemorySources {
 public:
  // Finds the group of this process. `root` stands before every path: "" for
  // the machine, a folder for a test.
  // Cost: allocates the paths, here and never again.
  explicit MemorySources(const std::string& root = "");

  // Returns what there is now. A file that is missing, unreadable or strange
  // costs its own value and no other: a kernel without PSI, a container without
  // cgroups. RSS and PSS come from smaps_rollup, and RSS from statm where that
  // is not there. Inactive bytes are inactive_file of memory.stat, and
  // total_inactive_file in version 1. "max", and version 1's number near 2^63,
  // are no limit and have no value; a limit of 0 has. The limit is the least of
  // the group and its ancestors. Pressure is the group's, or the machine's
  // where the group has none. kWorkingSetBytes is left to the monitor.
  // Cost: some thirty system calls; no allocation.
  MemorySample Read() const;

 private:
  void FindGroup();
  void ReadProcess(MemorySample& sample) const;
  void ReadGroup(MemorySample& sample) const;
  void ReadPressure(MemorySample& sample) const;

  std::string rollup_;
  std::string statm_;
  std::string group_pressure_;
  std::string machine_pressure_;
  std::string usage_;
  std::string mount_;       // of the memory controller
  std::string group_;       // below it, "" or "/a/b"
  std::string limit_name_;  // memory.max or memory.limit_in_bytes
  std::string stat_;        // memory.stat of the group
  std::string inactive_;    // the label in it
};

}  // namespace workbook

#endif  // WORKBOOK_04_04_MEMORY_SOURCES_H_
