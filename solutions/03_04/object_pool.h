// SPDX-License-Identifier: Apache-2.0

// A pool of objects with a reset policy and a bound.
#ifndef WORKBOOK_03_04_OBJECT_POOL_H_
#define WORKBOOK_03_04_OBJECT_POOL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace workbook {

// What a pool may keep while nothing uses it: together at most
// max_idle * max_object_bytes.
struct PoolBounds {
  std::size_t max_idle = 64;
  std::size_t max_object_bytes = 64 * 1024;  // of one object, after its reset
};

struct PoolStatistics {
  std::uint64_t made = 0;     // by Take, because no object was idle
  std::uint64_t reused = 0;   // by Take
  std::uint64_t dropped = 0;  // destroyed by Give
  std::size_t idle = 0;       // now
};

// Lends objects, and keeps those that come back. `Policy` says how:
//   static void Reset(T&)                        makes it equal to a new one
//   static std::size_t FootprintBytes(const T&)  all that it owns; throws never
// Reset may throw. It may also Give other objects to the same pool, such as a
// part that the object has borrowed from it.
//
// Invariants:
// 1. An idle object is as Reset left it, and nothing else owns it.
// 2. The idle objects are within the bounds.
// Thread safety: one thread; 01_02 has pools for many.
template <class T, class Policy>
class ObjectPool {
 public:
  // Makes an empty pool.
  // Cost: one allocation of 8 * max_idle bytes, the last one but for objects.
  explicit ObjectPool(const PoolBounds& bounds) : bounds_(bounds) {
    idle_.reserve(bounds.max_idle);
  }
  ObjectPool(const ObjectPool&) = delete;
  ObjectPool& operator=(const ObjectPool&) = delete;

  // Lends the object that came back last, else a new one. Given.
  // Cost: O(1), no allocation; those of T() for a new one.
  // On failure: what T() throws or std::bad_alloc; nothing has changed.
  std::unique_ptr<T> Take() {
    if (idle_.empty()) {
      auto object = std::make_unique<T>();
      ++statistics_.made;
      return object;
    }
    auto object = std::move(idle_.back());
    idle_.pop_back();
    ++statistics_.reused;
    return object;
  }

  // Resets `object` at once, and keeps it if the bounds allow. An object that
  // has no place, owns too much after its reset, or whose reset throws is
  // destroyed and counts as dropped. Objects that the reset itself gives to
  // this pool take their places before `object` does. Ignores a null pointer.
  // Cost: one Reset, one FootprintBytes; no allocation by the pool.
  void Give(std::unique_ptr<T> object) noexcept {
    if (object == nullptr) return;
    // The reset comes first: it may give parts of the object to this pool.
    if (ResetWithinBounds(*object) && idle_.size() < bounds_.max_idle) {
      idle_.push_back(std::move(object));
    } else {
      ++statistics_.dropped;
    }
  }

  // Returns what happened so far. Given.
  // Cost: O(1).
  PoolStatistics Statistics() const {
    PoolStatistics statistics = statistics_;
    statistics.idle = idle_.size();
    return statistics;
  }

 private:
  bool ResetWithinBounds(T& object) noexcept {
    try {
      Policy::Reset(object);
    } catch (...) {
      return false;
    }
    return Policy::FootprintBytes(object) <= bounds_.max_object_bytes;
  }

  PoolBounds bounds_;
  std::vector<std::unique_ptr<T>> idle_;  // the last one came back last
  PoolStatistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_03_04_OBJECT_POOL_H_
