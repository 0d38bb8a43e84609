// SPDX-License-Identifier: Apache-2.0

// The time of the optimiser as sizes and classes grow: the quadratic way of
// task 3, and that of task 5.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "01_03/fast_classes.h"
#include "01_03/greedy_classes.h"
#include "01_03/optimal_classes.h"
#include "exercises/01_03/given/group_cost.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

std::vector<SizeCount> Sizes(std::size_t n) {
  std::vector<SizeCount> sizes(n);
  for (std::size_t i = 0; i < n; ++i) {
    sizes[i] = {.size_bytes = 8 * (i + 1), .count = i * 7919 % 101 + 1};
  }
  return sizes;
}

// An item is one table, of counts that change a little each time.
template <class Function>
void MakeTables(benchmark::State& state, std::size_t n, std::size_t k,
                Function classes_of) {
  std::vector<SizeCount> sizes = Sizes(n);
  const auto first = classes_of(sizes, k);
  if (!Require(state, first.size() == k && first.back() == 8 * n, "no table")) {
    return;
  }
  std::size_t place = 0;
  for (auto _ : state) {
    place = (place + 37) % n;
    ++sizes[place].count;
    const auto classes = classes_of(sizes, k);
    Keep(classes.data());
  }
  state.SetItemsProcessed(state.iterations());
}

[[gnu::noinline]] std::vector<std::size_t> Slow(
    const std::vector<SizeCount>& sizes, std::size_t k) {
  return OptimalClasses(GroupCost(sizes), k);
}

[[gnu::noinline]] std::vector<std::size_t> Fast(
    const std::vector<SizeCount>& sizes, std::size_t k) {
  return FastOptimalClasses(GroupCost(sizes), k);
}

[[gnu::noinline]] std::vector<std::size_t> Greedy(
    const std::vector<SizeCount>& sizes, std::size_t k) {
  return GreedyClasses(sizes, k);
}

void AddCase(std::size_t n, std::size_t k) {
  const std::string name =
      "fast_classes/n_" + std::to_string(n) + "_k_" + std::to_string(k);
  const auto row = [n, k](auto function) {
    return [n, k, function](benchmark::State& state) {
      MakeTables(state, n, k, function);
    };
  };
  AddRow(name, Role::kBaseline, "OptimalClasses", row(Slow))
      ->CountedIterations(2);
  AddRow(name, Role::kSubject, "FastOptimalClasses", row(Fast))
      ->CountedIterations(2);
  AddRow(name, Role::kPeer, "GreedyClasses", row(Greedy))->CountedIterations(2);
}

const RegisterRows registration([] {
  AddCase(250, 16);
  AddCase(1000, 32);
});

}  // namespace
}  // namespace workbook
