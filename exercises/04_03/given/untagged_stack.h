// SPDX-License-Identifier: Apache-2.0

// A lock-free stack that loses what it holds, now and then.
#ifndef WORKBOOK_EXERCISES_04_03_GIVEN_UNTAGGED_STACK_H_
#define WORKBOOK_EXERCISES_04_03_GIVEN_UNTAGGED_STACK_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace workbook {

// A stack of the numbers below `capacity`, as Treiber published it in 1986, but
// without a tag in its head. `Pause::Run()` is called in Pop between its look
// at the head and its exchange, where another thread may do anything.
template <class Pause>
class UntaggedStack {
 public:
  explicit UntaggedStack(std::size_t capacity)
      : below_(std::make_unique<std::atomic<std::uint32_t>[]>(capacity)) {}

  void Push(std::uint32_t index) {
    std::uint32_t head = head_.load(std::memory_order_relaxed);
    do {
      below_[index].store(head, std::memory_order_relaxed);
    } while (!head_.compare_exchange_weak(
        head, index, std::memory_order_release, std::memory_order_relaxed));
  }

  std::optional<std::uint32_t> Pop() {
    std::uint32_t head = head_.load(std::memory_order_acquire);
    while (head != kNone) {
      const std::uint32_t below = below_[head].load(std::memory_order_relaxed);
      Pause::Run();
      // The head is the same number. Is it the same stack?
      if (head_.compare_exchange_weak(head, below, std::memory_order_acquire)) {
        return head;
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::unique_ptr<std::atomic<std::uint32_t>[]> below_;
  std::atomic<std::uint32_t> head_{kNone};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_04_03_GIVEN_UNTAGGED_STACK_H_
