// SPDX-License-Identifier: Apache-2.0

// Sets of 32-bit numbers under one set of names, and the numbers for them.
#ifndef WORKBOOK_04_02_SETS_BENCH_H_
#define WORKBOOK_04_02_SETS_BENCH_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "04_02/compact_set.h"
#include "exercises/04_02/compact_bench.h"

#ifdef WORKBOOK_HAS_CROARING
#include <roaring/roaring.h>
#endif

namespace workbook::compact_bench {

using Numbers = std::vector<std::uint32_t>;

struct Hashed {
  bool Add(std::uint32_t number) { return set.insert(number).second; }
  bool Contains(std::uint32_t number) const { return set.contains(number); }
  void UnionWith(const Hashed& other) {
    set.insert(other.set.begin(), other.set.end());
  }
  std::uint64_t Sum() const {
    std::uint64_t sum = 0;
    for (const std::uint32_t number : set) sum += number;
    return sum;
  }
  void Freeze() {}
  std::unordered_set<std::uint32_t> set;
};

struct Compact {
  bool Add(std::uint32_t number) { return set.Add(number); }
  bool Contains(std::uint32_t number) const { return set.Contains(number); }
  void UnionWith(const Compact& other) { set.UnionWith(other.set); }
  std::uint64_t Sum() const {
    std::uint64_t sum = 0;
    set.ForEach([&sum](std::uint32_t number) { sum += number; });
    return sum;
  }
  CompactSet set;
};

#ifdef WORKBOOK_HAS_CROARING
struct Roaring {
  Roaring() : bitmap(roaring_bitmap_create()) {}
  Roaring(const Roaring&) = delete;
  Roaring& operator=(const Roaring&) = delete;
  ~Roaring() { roaring_bitmap_free(bitmap); }

  bool Add(std::uint32_t number) {
    return roaring_bitmap_add_checked(bitmap, number);
  }
  bool Contains(std::uint32_t number) const {
    return roaring_bitmap_contains(bitmap, number);
  }
  void UnionWith(const Roaring& other) {
    roaring_bitmap_or_inplace(bitmap, other.bitmap);
  }
  std::uint64_t Sum() const {
    std::uint64_t sum = 0;
    roaring_iterate(
        bitmap,
        [](std::uint32_t number, void* total) {
          *static_cast<std::uint64_t*>(total) += number;
          return true;
        },
        &sum);
    return sum;
  }
  void Freeze() {
    roaring_bitmap_run_optimize(bitmap);
    roaring_bitmap_shrink_to_fit(bitmap);
  }
  roaring_bitmap_t* bitmap;
};
#endif

// `count` random numbers below `below`, in the order in which they are added.
inline const Numbers& RandomNumbers(std::uint64_t seed, std::size_t count,
                                    std::uint32_t below) {
  static std::map<std::uint64_t, std::unique_ptr<const Numbers>> kept;
  std::unique_ptr<const Numbers>& numbers = kept[seed];
  if (numbers == nullptr) {
    std::mt19937_64 random(seed);
    Numbers made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(static_cast<std::uint32_t>(random() % below));
    }
    numbers = std::make_unique<const Numbers>(std::move(made));
  }
  return *numbers;
}

}  // namespace workbook::compact_bench

#endif  // WORKBOOK_04_02_SETS_BENCH_H_
