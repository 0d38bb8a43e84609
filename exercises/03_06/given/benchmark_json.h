// SPDX-License-Identifier: Apache-2.0

// What Google Benchmark writes with --benchmark_out: its JSON, read.
#ifndef WORKBOOK_EXERCISES_03_06_GIVEN_BENCHMARK_JSON_H_
#define WORKBOOK_EXERCISES_03_06_GIVEN_BENCHMARK_JSON_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbook {

// One element of "benchmarks". With --benchmark_repetitions=5 a benchmark has
// five of them that are measured, and four that sum these up.
struct BenchmarkEntry {
  std::string name;             // "append/growing", without "_mean" or the like
  bool is_aggregate = false;    // a mean, median, stddev or cv of others
  std::string aggregate;        // "median"; empty of a measured one
  std::int64_t iterations = 0;  // how often the loop ran
  double cpu_time = 0;          // of one iteration, in time_unit
  std::string time_unit;        // "ns", "us", "ms" or "s"
  std::map<std::string, double> counters;  // "allocs/op": 11
};

// Returns the elements in their order.
// Cost: O(text).
// Thread safety: any thread.
// On failure: std::invalid_argument; its text says what is wrong with the JSON.
std::vector<BenchmarkEntry> ParseBenchmarkJson(std::string_view text);

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_03_06_GIVEN_BENCHMARK_JSON_H_
