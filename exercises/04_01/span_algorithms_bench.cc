// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <functional>
#include <random>
#include <span>
#include <string>

#include "04_01/span_algorithms.h"
#include "exercises/04_01/before/span_algorithms.h"
#include "exercises/04_01/zero_alloc_bench.h"

namespace workbook {
namespace {

using Ints = std::vector<std::int32_t>;
using Values = std::span<const std::int32_t>;

constexpr std::size_t kValues = 4096;

bool IsOdd(std::int32_t value) { return value % 2 != 0; }

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

const RegisterRows registration([] {
  AddSpanRows(
      "span_algorithms/filter", "Filter",
      [](Values in, Ints& out) { return before::Filter(in, IsOdd, out).size; },
      [](Values in, Ints& out) { return Filter(in, IsOdd, out).size; });
  AddSpanRow("span_algorithms/filter", Role::kPeer, "std::copy_if",
             [](Values in, Ints& out) {
               return static_cast<std::size_t>(
                   std::copy_if(in.begin(), in.end(), out.begin(), IsOdd) -
                   out.begin());
             });
  AddSpanRows(
      "span_algorithms/top_16", "TopK",
      [](Values in, Ints& out) {
        return before::TopK(in, std::span(out).first(16));
      },
      [](Values in, Ints& out) { return TopK(in, std::span(out).first(16)); });
  AddSpanRow("span_algorithms/top_16", Role::kPeer, "std::partial_sort_copy",
             [](Values in, Ints& out) {
               std::partial_sort_copy(in.begin(), in.end(), out.begin(),
                                      out.begin() + 16, std::greater<>());
               return std::size_t{16};
             });
  const auto dedupe = [](auto function) {
    return [=](Values in, Ints& out) {
      std::copy(in.begin(), in.end(), out.begin());
      return function(std::span(out).first(in.size()));
    };
  };
  AddSpanRows("span_algorithms/dedupe", "Dedupe", dedupe(before::Dedupe),
              dedupe(Dedupe));
});

}  // namespace
}  // namespace workbook
