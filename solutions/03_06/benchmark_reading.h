// SPDX-License-Identifier: Apache-2.0

// Questions to the JSON of a benchmark, answered in code.
//
// exercises/03_06/given/benchmark_json.h has read the JSON into entries.
#ifndef WORKBOOK_03_06_BENCHMARK_READING_H_
#define WORKBOOK_03_06_BENCHMARK_READING_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "exercises/03_06/given/benchmark_json.h"

namespace workbook {

// Returns how often the loop of benchmark `name` ran, over all its repetitions.
// An aggregate (a mean, a median ...) is no repetition: nothing ran for it.
// Cost: O(entries), no allocation.
// Thread safety: a pure function, as all here.
// On failure: 0 where no entry has that name.
std::int64_t TotalIterations(std::span<const BenchmarkEntry> entries,
                             std::string_view name);

// Returns the CPU time of one iteration of `name` in nanoseconds, whatever
// time_unit says: the median over its repetitions.
// Cost: O(entries).
// On failure: nullopt where no repetition has that name.
std::optional<double> NsPerOp(std::span<const BenchmarkEntry> entries,
                              std::string_view name);

// Returns the name of the benchmark of which a repetition has the largest
// counter of that name ("B/op", "allocs/op"); of equal ones the first.
// Cost: O(entries).
// On failure: an empty name where no repetition has such a counter.
std::string NameOfLargest(std::span<const BenchmarkEntry> entries,
                          const std::string& counter);

}  // namespace workbook

#endif  // WORKBOOK_03_06_BENCHMARK_READING_H_
