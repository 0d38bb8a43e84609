// SPDX-License-Identifier: Apache-2.0

// Three measurements of one look-up, and one of any two programs. Each looks
// right, and each lies.
//
// Every function here runs and prints a time. The contracts say what a time has
// to be a time of; the tests hold them by counts, never by a clock.
#ifndef WORKBOOK_03_06_FOUR_LIARS_H_
#define WORKBOOK_03_06_FOUR_LIARS_H_

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "exercises/03_06/given/random.h"
#include "exercises/03_06/given/sorted_ids.h"
#include "tools/bench/keep.h"

namespace workbook {

// Where every benchmark starts to draw its queries.
inline constexpr std::uint64_t kQuerySeed = 306;

// Times a look-up of a random id of `ids` among the sorted ids.
// An iteration executes its look-up, although no code uses the position.
// Cost: O(log n) for each iteration; no allocation in the loop.
// Thread safety: one thread for each `state`, as for all functions here.
void TimeKeptLookUp(benchmark::State& state, std::span<const Id> ids);

// Times the same look-up, and nothing of what it takes to prepare for it.
// Cost: O(log n) for each iteration; no allocation in the loop.
void TimeLookUpAlone(benchmark::State& state, std::span<const Id> ids);

// Times `index.PositionOf(id)` for ids of `ids` in an order that no branch
// predictor can learn: each query is drawn at random, all ids with the same
// probability, and no order of queries repeats within 65,536 look-ups. So many
// ask for each of 512 ids 128 times on average; chance makes that 80 to 180.
// REQUIRES: `ids` is not empty.
// Cost: one look-up for each iteration; no allocation in the loop.
template <class Index>
void TimeFreshQueries(benchmark::State& state, const Index& index,
                      std::span<const Id> ids);

// Runs a program once and returns its time in nanoseconds.
using Timer = std::function<double()>;

// Times of two programs, measured one right after the other.
struct TimedPair {
  double first_ns = 0;
  double second_ns = 0;
};

// How many pairs a comparison takes.
inline constexpr std::size_t kPairs = 30;

// Takes kPairs pairs of times: each program runs once a pair. Who runs first
// alternates, so that a machine which slows down favours neither: `first` runs
// first in the first pair, `second` in the second one, and so on.
// Cost: kPairs calls of each timer; one allocation of 16 * kPairs bytes.
std::vector<TimedPair> TakePairs(const Timer& first, const Timer& second);

template <class Index>
void TimeFreshQueries(benchmark::State& state, const Index& index,
                      std::span<const Id> ids) {
  // Shuffled, so that it is no easy order.
  const std::vector<Id> queries = Shuffled(ids, kQuerySeed);
  std::size_t next = 0;
  for (auto _ : state) {
    auto position = index.PositionOf(queries[next]);
    Keep(position);
    next = next + 1 < queries.size() ? next + 1 : 0;
  }
  state.SetItemsProcessed(state.iterations());
}

extern template void TimeFreshQueries(benchmark::State& state,
                                      const SortedIds& index,
                                      std::span<const Id> ids);

}  // namespace workbook

#endif  // WORKBOOK_03_06_FOUR_LIARS_H_
