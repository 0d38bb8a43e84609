// SPDX-License-Identifier: Apache-2.0

// Queries in fresh orders, and bytes an element, for the benchmarks of 04_02.
#ifndef WORKBOOK_04_02_COMPACT_BENCH_H_
#define WORKBOOK_04_02_COMPACT_BENCH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/probe/probe.h"

namespace workbook::compact_bench {

// Random numbers below a bound: so many that no branch predictor remembers
// them, given in parts.
class Queries {
 public:
  static constexpr std::size_t kEach = 2048;

  explicit Queries(std::uint64_t below) {
    std::mt19937_64 random(below);
    all_.reserve(kFreshInputs);
    while (all_.size() < kFreshInputs) all_.push_back(random() % below);
  }

  std::span<const std::uint64_t> Next() {
    const std::span<const std::uint64_t> part(all_.data() + next_, kEach);
    next_ += AllOrdersRepeated() ? 0 : kEach;
    if (next_ == all_.size()) next_ = 0;
    return part;
  }

 private:
  std::vector<std::uint64_t> all_;
  std::size_t next_ = 0;
};

// A container that `fill` filled, and the bytes on the heap for each of its
// elements. Built once in a program that is timed, since it is timed often, and
// each time where allocations are counted.
template <class Container>
struct Kept {
  std::shared_ptr<Container> container;
  double bytes_an_element = 0;
};

template <class Container, class Fill>
Kept<Container> Filled(const std::string& name, std::size_t elements,
                       Fill fill) {
  static std::map<std::string, Kept<Container>> kept;
  Kept<Container>& place = kept[name];
  if (place.container != nullptr && !IsCountingPass()) return place;
  const auto made = std::make_shared<Container>();
  const AllocationScope scope;
  fill(*made);
  Kept<Container> result{made, static_cast<double>(scope.Counts().live_bytes) /
                                   static_cast<double>(elements)};
  if (!IsCountingPass()) place = result;
  return result;
}

}  // namespace workbook::compact_bench

#endif  // WORKBOOK_04_02_COMPACT_BENCH_H_
