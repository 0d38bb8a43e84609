// SPDX-License-Identifier: Apache-2.0

// What the benchmarks of this exercise share.
#ifndef WORKBOOK_EXERCISES_04_01_ZERO_ALLOC_BENCH_H_
#define WORKBOOK_EXERCISES_04_01_ZERO_ALLOC_BENCH_H_

#include <benchmark/benchmark.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {

using Texts = std::vector<std::string>;

// What `result` says was written to `buffer`; empty unless it is kOk.
template <typename Result>
std::string_view Written(const std::vector<char>& buffer, Result result) {
  return {buffer.data(), result.ok() ? result.size : 0};
}

// A row that calls `work(input, buffer)` for each of the inputs, in a fresh
// order for each iteration; it returns a text, of its own or in the buffer.
// Every row of the case must give the same texts. An item is a byte of input
// where `per_byte`, else a call.
template <typename Work>
void AddTextRow(std::string case_name, Role role, const char* name,
                Texts inputs, bool per_byte, Work work) {
  AddRow(case_name, role, name, [=](benchmark::State& state) {
    std::vector<char> buffer(1 << 16);
    Digest digest;
    std::int64_t bytes = 0;
    for (const std::string& input : inputs) {
      const auto& text = work(std::string_view(input), buffer);
      digest.Add(std::string_view(text));
      bytes += static_cast<std::int64_t>(input.size());
    }
    RequireSameDigest(state, case_name, digest);
    InputOrders<std::string_view> orders({inputs.begin(), inputs.end()}, 4);
    for (auto _ : state) {
      for (const std::string_view input : orders.Next()) {
        const auto& text = work(input, buffer);
        Keep(text.data());
      }
    }
    const auto calls = static_cast<std::int64_t>(inputs.size());
    state.SetItemsProcessed(state.iterations() * (per_byte ? bytes : calls));
  });
}

// The usual two rows: `before` and the subject, of functions that fill a
// buffer.
template <typename Before, typename Subject>
void AddFillRows(const std::string& case_name, const char* name, Texts inputs,
                 bool per_byte, Before before, Subject subject) {
  AddTextRow(case_name, Role::kBaseline, "before", inputs, per_byte,
             [=](std::string_view input, std::vector<char>& buffer) {
               return Written(buffer, before(input, std::span(buffer)));
             });
  AddTextRow(case_name, Role::kSubject, name, std::move(inputs), per_byte,
             [=](std::string_view input, std::vector<char>& buffer) {
               return Written(buffer, subject(input, std::span(buffer)));
             });
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_01_ZERO_ALLOC_BENCH_H_
