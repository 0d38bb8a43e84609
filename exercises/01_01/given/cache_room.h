// SPDX-License-Identifier: Apache-2.0

// The stacks of a thread's cache, and how much each of them may hold.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_CACHE_ROOM_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_CACHE_ROOM_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/size_class.h"

namespace workbook {

// Addresses of free objects of one class, the newest on top. They stand beside
// the objects and not in them, so that taking an object touches none: a list
// through free objects waits for a load from each.
//
// The objects are bottom[0] to top[-1]; there is room while top < limit.
struct alignas(32) ObjectStack {
  void** top = nullptr;
  void** bottom = nullptr;
  void** limit = nullptr;
  std::atomic<std::uint64_t> hits{0};  // one writer: a load and a store

  std::size_t Objects() const { return static_cast<std::size_t>(top - bottom); }
  std::size_t Limit() const { return static_cast<std::size_t>(limit - bottom); }
};
static_assert(sizeof(ObjectStack) == 32);

// The limits of the stacks of one cache. They rise by use, and sum to at most
// kMaxBytes, because other classes give theirs up in turn.
// Thread safety: one thread.
class CacheRoom {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{2} << 20;
  static constexpr std::size_t kMaxBytesOfClass = std::size_t{64} << 10;

  // Returns the most objects of a class: 64 KiB of them, 2 to 1024.
  static constexpr std::size_t CapacityOf(std::size_t size_bytes) {
    return std::clamp<std::size_t>(kMaxBytesOfClass / size_bytes, 2, 1024);
  }

  // Returns the bytes of the slots of all stacks: at most 119 KiB with Go's
  // classes, untouched until used. A batch of each class lies in the first 11
  // KiB, and moves behind them when its limit rises: a program of many classes
  // and few objects touches 3 pages of 4 KiB and not 27.
  // REQUIRES: `classes` has kClassCount elements.
  static constexpr std::size_t SlotBytes(const SizeClass* classes) {
    std::size_t slots = 0;
    for (std::size_t i = 1; i < kClassCount; ++i) {
      slots += BatchObjects(classes[i].size_bytes) +
               CapacityOf(classes[i].size_bytes);
    }
    return slots * sizeof(void*);
  }

  constexpr CacheRoom() = default;

  // Gives each stack its slots, and the limit 0.
  // REQUIRES: kClassCount classes and stacks, and SlotBytes(classes) of slots;
  // all outlive the room.
  void SetUp(const SizeClass* classes, ObjectStack* stacks, void** slots) {
    classes_ = classes;
    stacks_ = stacks;
    for (std::size_t i = 1; i < kClassCount; ++i) {
      stacks[i].top = stacks[i].bottom = stacks[i].limit = slots;
      slots += BatchObjects(classes[i].size_bytes);
    }
    slots_ = slots;
  }

  // Raises the limit of a class by a batch, up to its capacity. Where the sum
  // would pass kMaxBytes, other classes give up half of their limits, in turn,
  // and what they hold above goes to `central`. Where that is not enough,
  // nothing is raised.
  // Cost: O(1), else O(classes) and a lock for each that gives objects up.
  template <class Central>
  void Raise(std::size_t size_class, Central* central) {
    ObjectStack& stack = stacks_[size_class];
    const std::size_t size_bytes = classes_[size_class].size_bytes;
    const std::size_t limit = stack.Limit();
    const std::size_t more =
        std::min(BatchObjects(size_bytes), CapacityOf(size_bytes) - limit);
    if (more == 0) return;
    LowerOthers(size_class, more * size_bytes, central);
    if (limit_bytes_ + more * size_bytes > kMaxBytes) return;
    if (!is_wide_[size_class] && limit + more > BatchObjects(size_bytes)) {
      Widen(size_class);
    }
    stack.limit += more;
    limit_bytes_ += more * size_bytes;
  }

  // Sets all limits to 0.
  // REQUIRES: every stack is empty.
  void Clear() {
    for (std::size_t i = 1; i < kClassCount; ++i) {
      stacks_[i].limit = stacks_[i].bottom;
    }
    limit_bytes_ = 0;
  }

  // Returns what the limits sum to.
  std::size_t LimitBytes() const { return limit_bytes_; }

 private:
  // Takes bytes from other classes in turn, so that a class that is no longer
  // in use does not keep its share.
  template <class Central>
  void LowerOthers(std::size_t size_class, std::size_t needed_bytes,
                   Central* central) {
    for (std::size_t i = 1; i < kClassCount; ++i) {
      if (limit_bytes_ + needed_bytes <= kMaxBytes) return;
      next_to_lower_ = next_to_lower_ % (kClassCount - 1) + 1;
      if (next_to_lower_ == size_class) continue;
      ObjectStack& stack = stacks_[next_to_lower_];
      const std::size_t limit = stack.Limit();
      const std::size_t kept = limit / 2;
      if (stack.Objects() > kept) {
        const std::size_t surplus = stack.Objects() - kept;
        stack.top -= surplus;
        central[next_to_lower_].Release(stack.top, surplus);
      }
      stack.limit = stack.bottom + kept;
      limit_bytes_ -= (limit - kept) * classes_[next_to_lower_].size_bytes;
    }
  }

  // Moves a stack to where it can grow to its capacity.
  void Widen(std::size_t size_class) {
    is_wide_[size_class] = true;
    void** const slots = slots_;
    slots_ += CapacityOf(classes_[size_class].size_bytes);
    ObjectStack& stack = stacks_[size_class];
    std::copy(stack.bottom, stack.top, slots);
    stack.top = slots + stack.Objects();
    stack.limit = slots + stack.Limit();
    stack.bottom = slots;
  }

  const SizeClass* classes_ = nullptr;
  ObjectStack* stacks_ = nullptr;
  void** slots_ = nullptr;  // of the next stack that moves
  std::size_t limit_bytes_ = 0;
  std::size_t next_to_lower_ = 1;
  std::array<bool, kClassCount> is_wide_{};
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_CACHE_ROOM_H_
