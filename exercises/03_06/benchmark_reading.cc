// SPDX-License-Identifier: Apache-2.0

#include "03_06/benchmark_reading.h"

#include <vector>

#include "03_06/robust_statistics.h"
#include "tools/exercise/todo.h"

namespace workbook {
namespace {

// Nanoseconds in one of "ns", "us", "ms" and "s".
double NsIn(std::string_view time_unit) {
  if (time_unit == "us") return 1e3;
  if (time_unit == "ms") return 1e6;
  return time_unit == "s" ? 1e9 : 1;
}

}  // namespace

std::int64_t TotalIterations(std::span<const BenchmarkEntry> entries,
                             std::string_view name) {
  Todo("03_06 task 4: TotalIterations");
}

std::optional<double> NsPerOp(std::span<const BenchmarkEntry> entries,
                              std::string_view name) {
  Todo("03_06 task 4: NsPerOp");
}

std::string NameOfLargest(std::span<const BenchmarkEntry> entries,
                          const std::string& counter) {
  Todo("03_06 task 4: NameOfLargest");
}

}  // namespace workbook
