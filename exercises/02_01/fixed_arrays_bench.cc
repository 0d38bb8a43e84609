// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "02_01/fixed_arrays.h"
#include "exercises/02_01/before/fixed_arrays.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/container/inlined_vector.h>
#endif

namespace workbook {
namespace {

// An item is one product; each is the input of the next.
template <class Matrix, class Identity, class Product>
void Multiply(benchmark::State& state, Identity identity, Product product) {
  Matrix step = identity();
  step[0][1] = 0.5;
  Matrix result = identity();
  Require(state, product(step, step)[0][1] == 1.0, "a wrong product");
  for (auto _ : state) {
    result = product(result, step);
    Keep(result[0][1]);
  }
  state.SetItemsProcessed(state.iterations());
}

// An item is the median of 48 values of a thousand, from another place on each
// time.
template <class Function>
void Median(benchmark::State& state, Function median) {
  constexpr std::size_t kWindow = 48;
  std::vector<double> values(1000);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<double>(i * 7919 % 1009);
  }
  const double three[] = {3, 1, 2};
  Require(state, median(std::span<const double>(three)) == 2, "no median");
  std::size_t begin = 0;
  for (auto _ : state) {
    begin = (begin + 37) % (values.size() - kWindow);
    const double middle =
        median(std::span<const double>(values).subspan(begin, kWindow));
    Keep(middle);
  }
  state.SetItemsProcessed(state.iterations());
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
__attribute__((noinline)) double MedianOfInlinedVector(
    std::span<const double> values) {
  absl::InlinedVector<double, 64> copy(values.begin(), values.end());
  const auto middle =
      copy.begin() + static_cast<std::ptrdiff_t>(copy.size() / 2);
  std::nth_element(copy.begin(), middle, copy.end());
  if (copy.size() % 2 == 1) return *middle;
  return (*std::max_element(copy.begin(), middle) + *middle) / 2;
}
#endif

const RegisterRows registration([] {
  AddRow("fixed_arrays/matrix", Role::kBaseline, "before",
         [](benchmark::State& state) {
           Multiply<before::Matrix4>(state, before::Identity, before::Product);
         });
  AddRow("fixed_arrays/matrix", Role::kSubject, "Product",
         [](benchmark::State& state) {
           Multiply<Matrix4>(state, Identity, Product);
         });
  AddRow("fixed_arrays/median", Role::kBaseline, "before",
         [](benchmark::State& state) { Median(state, before::MedianOf); });
  AddRow("fixed_arrays/median", Role::kSubject, "MedianOf",
         [](benchmark::State& state) { Median(state, MedianOf); });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddRow("fixed_arrays/median", Role::kPeer, "absl::InlinedVector",
         [](benchmark::State& state) { Median(state, MedianOfInlinedVector); });
#else
  AddGap("fixed_arrays/median", "absl::InlinedVector", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
