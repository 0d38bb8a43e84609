// SPDX-License-Identifier: Apache-2.0

// What the benchmarks over spans of numbers share.
#ifndef WORKBOOK_EXERCISES_04_01_SPAN_BENCH_H_
#define WORKBOOK_EXERCISES_04_01_SPAN_BENCH_H_

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {

using Ints = std::vector<std::int32_t>;
using Values = std::span<const std::int32_t>;

inline constexpr std::size_t kValues = 4096;

// `work(values, out)` returns how many elements it wrote; an item is a value.
template <typename Work>
void AddSpanRow(const std::string& case_name, Role role, const char* name,
                Work work) {
  AddRow(case_name, role, name, [=](benchmark::State& state) {
    std::mt19937 engine(404);
    Ints values(kValues);
    for (auto& value : values) value = static_cast<std::int32_t>(engine() >> 1);
    Ints out(2 * kValues);
    Digest digest;
    const std::size_t size = work(values, out);
    for (std::size_t i = 0; i < size; ++i) {
      digest.Add(static_cast<std::uint64_t>(out[i]));
    }
    RequireSameDigest(state, case_name, digest);
    InputOrders<std::int32_t> orders(values, 4);
    for (auto _ : state) {
      std::size_t written = work(orders.Next(), out);
      Keep(written);
    }
    state.SetItemsProcessed(state.iterations() * std::int64_t{kValues});
  });
}

template <typename Work, typename Before>
void AddSpanRows(const std::string& case_name, const char* name, Before before,
                 Work work) {
  AddSpanRow(case_name, Role::kBaseline, "before", before);
  AddSpanRow(case_name, Role::kSubject, name, work);
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_SPAN_BENCH_H_
