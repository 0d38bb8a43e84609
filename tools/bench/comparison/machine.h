// SPDX-License-Identifier: Apache-2.0

// What else the machine did while something was measured.
#ifndef WORKBOOK_TOOLS_BENCH_COMPARISON_MACHINE_H_
#define WORKBOOK_TOOLS_BENCH_COMPARISON_MACHINE_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// Of all processors together, since the machine started, in the kernel's ticks
// (USER_HZ, a hundred a second). Source: proc(5), /proc/stat.
struct CpuTicks {
  double busy = 0;   // user, nice, system, irq, softirq
  double idle = 0;   // and waiting for a disk
  double steal = 0;  // another virtual machine had the processor
};

struct MachineSample {
  std::optional<CpuTicks> ticks;
  std::optional<double> load_1_minute;
  std::vector<double> frequencies_mhz;  // a processor; empty: not readable
  double own_seconds = 0;  // processor time of our own programs until now
};

// The "cpu" line of /proc/stat.
std::optional<CpuTicks> ParseCpuTicks(std::string_view proc_stat);

// Reads proc and sys under `root`, which is "/" but in tests. What cannot be
// read stays empty. `own_seconds` is of this process and the ended children.
MachineSample SampleMachine(const std::filesystem::path& root = "/");

// What may have disturbed a measurement between two samples, a sentence each;
// none for a quiet machine.
std::vector<std::string> Disturbances(const MachineSample& before,
                                      const MachineSample& after);

// "model name" of /proc/cpuinfo with family and model, or "unknown":
// "AMD EPYC (family 26, model 2)".
std::string ProcessorName(const std::filesystem::path& root = "/");

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_COMPARISON_MACHINE_H_
