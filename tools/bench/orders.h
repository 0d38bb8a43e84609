// SPDX-License-Identifier: Apache-2.0

// The order in which a row asks for its inputs.
//
// A branch predictor learns an order that repeats: a binary search over 512 ids
// then takes 4 ns instead of 73, and no program has such luck.
#ifndef WORKBOOK_TOOLS_BENCH_ORDERS_H_
#define WORKBOOK_TOOLS_BENCH_ORDERS_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "tools/bench/rows.h"

namespace workbook {

enum class InputOrder {
  kFresh,     // another order for each iteration
  kRepeated,  // the same order each time: for a row that says so in its name
};

// Makes every row repeat its order, as `--order=repeated` asks: the author's
// comparison of both. Set it before the rows run.
void RepeatAllOrders(bool repeated);
bool AllOrdersRepeated();

// Inputs that come as often as are asked for before a fresh order starts anew:
// eight times what the largest predictor of today holds.
inline constexpr std::size_t kFreshInputs = std::size_t{1} << 16;

// The same inputs in one order after the other, all drawn beforehand.
template <typename T>
class InputOrders {
 public:
  // Draws the orders from `seed`; one order where they repeat, and where
  // allocations are counted: the peak is to be that of what is measured.
  // REQUIRES: `inputs` is not empty.
  // Cost: kFreshInputs copies and swaps, or inputs.size() of them.
  InputOrders(std::vector<T> inputs, std::uint64_t seed,
              InputOrder order = InputOrder::kFresh)
      : size_(inputs.size()) {
    const bool fresh = order == InputOrder::kFresh && !AllOrdersRepeated() &&
                       !IsCountingPass();
    const std::size_t orders = fresh ? std::max(kFreshInputs / size_, kMin) : 1;
    std::mt19937_64 random(seed);
    all_.reserve(orders * size_);
    for (std::size_t i = 0; i < orders; ++i) {
      for (std::size_t left = size_; left > 1; --left) {
        std::swap(inputs[left - 1], inputs[random() % left]);
      }
      all_.insert(all_.end(), inputs.begin(), inputs.end());
    }
  }

  // Returns every input once, in the next order.
  std::span<const T> Next() {
    const std::span<const T> order(all_.data() + next_, size_);
    next_ += size_;
    if (next_ == all_.size()) next_ = 0;
    return order;
  }

 private:
  static constexpr std::size_t kMin = 16;

  std::size_t size_;
  std::size_t next_ = 0;
  std::vector<T> all_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_ORDERS_H_
