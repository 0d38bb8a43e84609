// SPDX-License-Identifier: Apache-2.0

#include "01_03/fast_classes.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace workbook {

namespace {

constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

// One more class: from the least waste of the first i sizes to that with a
// group more.
class Layer {
 public:
  Layer(const GroupCost& cost, const std::vector<std::uint64_t>& before,
        std::vector<std::uint64_t>& after, std::vector<std::size_t>& begins)
      : cost_(cost), before_(before), after_(after), begins_(begins) {}

  // Fills after[first] to after[last], whose last group begins at `low` at the
  // earliest and at `high` at the latest.
  void Fill(std::size_t first, std::size_t last, std::size_t low,
            std::size_t high) {
    const std::size_t middle = first + (last - first) / 2;
    for (std::size_t begin = low; begin <= std::min(high, middle - 1);
         ++begin) {
      if (before_[begin] == kNever) continue;
      const std::uint64_t waste = before_[begin] + cost_(begin, middle - 1);
      if (waste < after_[middle]) {
        after_[middle] = waste;
        begins_[middle] = begin;
      }
    }
    const std::size_t best = begins_[middle];
    if (first < middle) Fill(first, middle - 1, low, best);
    if (middle < last) Fill(middle + 1, last, best, high);
  }

 private:
  const GroupCost& cost_;
  const std::vector<std::uint64_t>& before_;
  std::vector<std::uint64_t>& after_;
  std::vector<std::size_t>& begins_;
};

}  // namespace

std::vector<std::size_t> FastOptimalClasses(const GroupCost& cost,
                                            std::size_t max_classes) {
  const std::size_t n = cost.size();
  const std::size_t k = std::min(max_classes, n);
  std::vector<std::uint64_t> before(n + 1, kNever);
  before[0] = 0;
  std::vector<std::vector<std::size_t>> begins(k,
                                               std::vector<std::size_t>(n + 1));
  for (std::size_t c = 0; c < k; ++c) {
    std::vector<std::uint64_t> after(n + 1, kNever);
    Layer(cost, before, after, begins[c]).Fill(c + 1, n, c, n - 1);
    before = std::move(after);
  }
  std::vector<std::size_t> classes(k);
  for (std::size_t c = k, i = n; c > 0; --c) {
    classes[c - 1] = cost.SizeBytes(i - 1);
    i = begins[c - 1][i];
  }
  return classes;
}

}  // namespace workbook
