// SPDX-License-Identifier: Apache-2.0

// The benchmark that wrote testdata/append.json: plain Google Benchmark, with
// the counts that `go test -benchmem` would print beside the time.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "tools/bench/keep.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr int kElements = 1000;

// Counts over the whole loop, and lets Google Benchmark divide by iterations.
template <typename Operation>
void Loop(benchmark::State& state, Operation operation) {
  AllocationScope scope;
  for (auto _ : state) operation();
  const AllocationCounts counts = scope.Counts();
  using benchmark::Counter;
  state.counters["B/op"] = Counter(static_cast<double>(counts.bytes_allocated),
                                   Counter::kAvgIterations);
  state.counters["allocs/op"] =
      Counter(static_cast<double>(counts.allocations), Counter::kAvgIterations);
}

void Growing(benchmark::State& state) {
  Loop(state, [] {
    std::vector<std::uint64_t> values;
    for (int i = 0; i < kElements; ++i) values.push_back(1);
    Keep(values.data());
  });
}
BENCHMARK(Growing)->Name("append/growing");

void Reserved(benchmark::State& state) {
  Loop(state, [] {
    std::vector<std::uint64_t> values;
    values.reserve(kElements);
    for (int i = 0; i < kElements; ++i) values.push_back(1);
    Keep(values.data());
  });
}
BENCHMARK(Reserved)->Name("append/reserved");

void Inserted(benchmark::State& state) {
  Loop(state, [] {
    std::unordered_set<std::uint64_t> values;
    for (std::uint64_t i = 0; i < kElements; ++i) values.insert(i);
    Keep(values);
  });
}
// In another unit, as the author of a slow benchmark would.
BENCHMARK(Inserted)
    ->Name("insert/unordered_set")
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace workbook

BENCHMARK_MAIN();
