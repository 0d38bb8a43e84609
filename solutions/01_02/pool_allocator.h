// SPDX-License-Identifier: Apache-2.0

// Idle objects in two generations.
//
// The C++ form of Go's sync.Pool, for one thread. Objects that are costly to
// make go back into the pool instead of to `delete`, and Get() hands them out
// again. Nothing stays forever: the owner calls Collect() now and then (a
// timer, a memory monitor), and an item that lies idle survives at most one
// call, because the next one destroys it.
#ifndef WORKBOOK_01_02_POOL_ALLOCATOR_H_
#define WORKBOOK_01_02_POOL_ALLOCATOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>
#include <vector>

namespace workbook {

// Where the items came from that Get() has handed out.
struct PoolAllocatorStatistics {
  std::uint64_t hits = 0;         // idle items of the present generation
  std::uint64_t victim_hits = 0;  // of the generation that Collect ends next
  std::uint64_t misses = 0;       // the factory made it

  // Returns the hits of all calls, those on victims included, 0 to 1; 0 when
  // there were none.
  // [given]
  double HitRate() const {
    const std::uint64_t all_hits = hits + victim_hits;
    const std::uint64_t calls = all_hits + misses;
    return calls == 0
               ? 0.0
               : static_cast<double>(all_hits) / static_cast<double>(calls);
  }
};

// Thread safety: one thread at a time, for all functions here.
// Source: Go's sync.Pool and its victim generation. Its garbage collector is
// Collect() here.
template <class T>
class PoolAllocator {
 public:
  using Factory = std::function<std::unique_ptr<T>()>;

  // Makes an empty pool. `factory` makes an item when the pool has none.
  // On failure: std::invalid_argument if `factory` is empty.
  // [given]
  explicit PoolAllocator(Factory factory) : factory_(std::move(factory)) {
    if (!factory_) throw std::invalid_argument("PoolAllocator: no factory");
  }

  // Destroys all idle items. Items in the callers' hands are theirs, and may
  // live on.
  ~PoolAllocator() = default;
  PoolAllocator(const PoolAllocator&) = delete;
  PoolAllocator& operator=(const PoolAllocator&) = delete;

  // Returns the idle item that was put last, as it was then; if none is idle, a
  // victim; if there is none either, a new item of the factory.
  // Cost: hit: O(1), no allocation. Miss: what the factory costs.
  // On failure: what the factory throws; the pool and its statistics are as
  // they were. A nullptr from the factory is handed on, and counts as a miss.
  // [yours]
  std::unique_ptr<T> Get() {
    if (!idle_.empty()) {
      ++statistics_.hits;
      return PopFrom(idle_);
    }
    if (!victims_.empty()) {
      ++statistics_.victim_hits;
      return PopFrom(victims_);
    }
    std::unique_ptr<T> made = factory_();
    ++statistics_.misses;
    return made;
  }

  // Makes `item` idle. It need not come from this pool; nullptr is ignored.
  // Cost: O(1), amortised; no allocation unless the list of idle items has to
  // grow. Collect begins a new list.
  // On failure: never throws; without memory for the list the item is
  // destroyed.
  // [yours]
  void Put(std::unique_ptr<T> item) {
    if (item == nullptr) return;
    try {
      idle_.push_back(std::move(item));
    } catch (const std::bad_alloc&) {
      // `item` still owns it, and ends it.
    }
  }

  // Ends a generation: destroys the victims, and makes victims of all items
  // that are idle now. So an idle item is destroyed by the second call at the
  // latest, and one that was used in between is not.
  // Destructors of items may call this pool: they find it in order, with the
  // victims gone.
  // Cost: O(victims), no allocation.
  // On failure: never throws.
  // [yours]
  void Collect() {
    // They die at the end, when nothing here is half done.
    const Items doomed = std::exchange(victims_, std::exchange(idle_, {}));
  }

  // Returns the counts since the construction. O(1).
  // [given]
  PoolAllocatorStatistics Statistics() const { return statistics_; }

  // Returns the number of idle items, victims included. O(1).
  // [given]
  std::size_t ItemsHeld() const { return idle_.size() + victims_.size(); }

  // Returns ItemsHeld() in bytes of T; what the items themselves own is not
  // included. O(1).
  // [given]
  std::size_t BytesHeld() const { return ItemsHeld() * sizeof(T); }

 private:  // [given]
  using Items = std::vector<std::unique_ptr<T>>;

  // Takes the last one of `items`, which must not be empty.
  static std::unique_ptr<T> PopFrom(Items& items) {
    std::unique_ptr<T> item = std::move(items.back());
    items.pop_back();
    return item;
  }

  const Factory factory_;
  Items idle_;
  Items victims_;
  PoolAllocatorStatistics statistics_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_POOL_ALLOCATOR_H_
