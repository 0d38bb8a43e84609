// SPDX-License-Identifier: Apache-2.0

// 01_02 task 4: a pool of objects with a slot for each thread.
//
// The C++ form of Go's sync.Pool. Objects that are costly to make go back into
// the pool instead of to `delete`, and Get() hands them out again. Each thread
// keeps a few items to itself, so that the common case takes no lock; what it
// has beyond those other threads may steal. Nothing stays for ever: the owner
// calls Collect() now and then (a timer, a memory monitor), and an item that
// lies idle survives at most one call: the next one destroys it.
#ifndef WORKBOOK_01_02_POOL_ALLOCATOR_H_
#define WORKBOOK_01_02_POOL_ALLOCATOR_H_

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "tools/exercise/per_thread.h"
#include "tools/exercise/todo.h"

namespace workbook {

// Where the items came from that Get() has handed out.
struct PoolAllocatorStatistics {
  std::uint64_t private_hits = 0;  // the calling thread's own items
  std::uint64_t local_hits = 0;    // the calling thread's list
  std::uint64_t stolen_hits = 0;   // another thread's list
  std::uint64_t victim_hits = 0;   // the generation that the next Collect drops
  std::uint64_t misses = 0;        // made by the factory

  std::uint64_t Hits() const {
    return private_hits + local_hits + stolen_hits + victim_hits;
  }
  // Hits of all calls, 0 to 1; 0 when there were none.
  double HitRate() const {
    const std::uint64_t calls = Hits() + misses;
    return calls == 0
               ? 0.0
               : static_cast<double>(Hits()) / static_cast<double>(calls);
  }
};

// Thread safety: all functions may be called from any thread at any time, but
// for construction and destruction. Threads may exit before or after the pool
// dies, and at the same time.
// Source: Go's sync.Pool (private slot, shared list, victim generation). Its
// garbage collector is Collect() here, and its one private slot is an array:
// with one slot, whoever holds two items pays for a lock.
template <class T>
class PoolAllocator {
 public:
  // A thread keeps at most this many idle items to itself. All that it puts
  // beyond those can be stolen. 32 covers the usual "take some, give them
  // back", and limits what a thread can sit on.
  static constexpr std::size_t kPrivateItems = 32;

  using Factory = std::function<std::unique_ptr<T>()>;

  // An empty pool. `factory` makes an item when the pool has none; it is called
  // without any lock held, by several threads at the same time.
  // On failure: std::invalid_argument if `factory` is empty.
  explicit PoolAllocator(Factory factory) {
    Todo("01_02 task 4: PoolAllocator::PoolAllocator");
  }

  // Destroys all idle items, whichever thread they are with. Items in the
  // callers' hands are theirs, and may live on.
  // REQUIRES: no other call is running.
  ~PoolAllocator() = default;
  PoolAllocator(const PoolAllocator&) = delete;
  PoolAllocator& operator=(const PoolAllocator&) = delete;

  // An idle item, as it was when it was put; if there is none, a new one.
  // Looks, in this order, in: the thread's private items, the thread's list,
  // the other threads' lists, the victim generation, the factory.
  // Cost: private hit: O(1), no lock, no allocation. Else O(threads), locks.
  // On failure: what the factory throws; the pool and its statistics are as
  // they were. A nullptr from the factory is handed on, and counts as a miss.
  std::unique_ptr<T> Get() {
    // The order of the contract; only a private hit has to be fast.
    Todo("01_02 task 4: PoolAllocator::Get");
  }

  // Makes `item` idle: Get() may hand it to any thread. It need not come from
  // this pool; nullptr is ignored.
  // Cost: O(1), no lock while the thread has room; no allocation once the lists
  // have grown to their size.
  // On failure: never throws; without memory for the list, items are destroyed.
  void Put(std::unique_ptr<T> item) {
    Todo("01_02 task 4: PoolAllocator::Put");
  }

  // Ends a generation: destroys the victims, and makes victims of all items
  // that are idle now, private ones of other threads included. So an idle item
  // is destroyed by the second call at the latest.
  // Cost: O(items + threads), and a system call a thread.
  // Thread safety: items are destroyed on this thread, with no lock held.
  // On failure: std::bad_alloc; no item is lost, and for some threads the
  // generation has ended.
  void Collect() {
    // A destructor may call the pool: hold no lock while it runs.
    Todo("01_02 task 4: PoolAllocator::Collect");
  }

  // Exact when no other call is running, else a recent state.
  PoolAllocatorStatistics Statistics() const {
    Todo("01_02 task 4: PoolAllocator::Statistics");
  }

  // The number of idle items, victims included. Exact as Statistics() is.
  std::size_t ItemsHeld() const {
    Todo("01_02 task 4: PoolAllocator::ItemsHeld");
  }

  // ItemsHeld() in bytes of T; what the items themselves own is not included.
  std::size_t BytesHeld() const { return ItemsHeld() * sizeof(T); }

 private:
  // Your data members.
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_POOL_ALLOCATOR_H_
