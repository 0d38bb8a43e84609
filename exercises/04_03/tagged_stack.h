// SPDX-License-Identifier: Apache-2.0

// A lock-free stack of the numbers of buffers.
#ifndef WORKBOOK_04_03_TAGGED_STACK_H_
#define WORKBOOK_04_03_TAGGED_STACK_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "tools/exercise/todo.h"

namespace workbook {

// What runs in the middle of Pop: nothing, but in tests.
struct NoPause {
  static void Run() {}
};

// A stack of numbers below its capacity, each in it at most once: the free list
// of a pool whose buffers lie in one block. Numbers instead of pointers leave
// half of a 64-bit head for a tag, so that one exchange of 64 bits, which every
// machine has, compares both. Each push gives the head a new tag: a Pop that
// was interrupted finds that the stack has changed, even if its top has not.
//
// What was written before a number's Push is seen after its Pop.
// Thread safety: any thread, for Push and Pop; both are lock-free.
// Source: R. K. Treiber, "Systems Programming: Coping with Parallelism", IBM
// RJ 5118, 1986; the counter beside the head is that of the IBM System/370
// Principles of Operation, appendix "Multiprogramming and multiprocessing".
template <class Pause = NoPause>
class TaggedStack {
 public:
  // Makes an empty stack.
  // REQUIRES: capacity < 2^32.
  // Cost: one allocation of 4 * capacity bytes, the only one.
  // On failure: std::bad_alloc.
  explicit TaggedStack(std::size_t capacity)
      : below_(std::make_unique<std::atomic<std::uint32_t>[]>(capacity)) {}
  TaggedStack(const TaggedStack&) = delete;
  TaggedStack& operator=(const TaggedStack&) = delete;

  // Puts `index` on top.
  // REQUIRES: index < capacity; it is not in the stack.
  // Cost: O(1) without contention, no allocation.
  void Push(std::uint32_t index);

  // Takes the top; nothing where the stack is empty. Calls Pause::Run() each
  // time between its look at the number below the top and its exchange.
  // A Pop that is interrupted there is right, whatever other threads do, unless
  // they push a multiple of 2^32 times meanwhile.
  // Cost: O(1) without contention, no allocation.
  std::optional<std::uint32_t> Pop();

 private:
  // The number of the top, and a tag: aligned, so that an exchange is one
  // instruction for each compiler.
  struct alignas(8) Head {
    std::uint32_t top;
    std::uint32_t tag;
  };
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::unique_ptr<std::atomic<std::uint32_t>[]> below_;
  std::atomic<Head> head_{Head{kNone, 0}};
  static_assert(sizeof(Head) == 8);
  static_assert(std::atomic<Head>::is_always_lock_free);
};

template <class Pause>
void TaggedStack<Pause>::Push(std::uint32_t index) {
  Todo("04_03 task 5: TaggedStack::Push");
}

template <class Pause>
std::optional<std::uint32_t> TaggedStack<Pause>::Pop() {
  Todo("04_03 task 5: TaggedStack::Pop");
}

}  // namespace workbook

#endif  // WORKBOOK_04_03_TAGGED_STACK_H_
