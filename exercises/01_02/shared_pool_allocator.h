// SPDX-License-Identifier: Apache-2.0

// PoolAllocator for all threads, with a slot for each.
//
// Each thread keeps a few idle items to itself, so that the common case takes
// no lock; what it has beyond those other threads may steal. The owner calls
// Collect() now and then, as PoolAllocator's does.
#ifndef WORKBOOK_01_02_SHARED_POOL_ALLOCATOR_H_
#define WORKBOOK_01_02_SHARED_POOL_ALLOCATOR_H_

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
namespace shared_pool_allocator_internal {

// Whether the kernel can fence the other threads for us; asked once.
bool HasProcessFence();
// A full fence on every running thread of the process (about 0.4 us).
void FenceEveryThread();

// A lock that costs its owner two plain stores and a load, and costs whoever
// wants in a system call: for data that one thread uses a million times for
// each time that another looks in. A std::mutex, or an atomic exchange of the
// slot, would cost the owner 5 to 15 ns a time; where the kernel has no fence,
// it pays for the exchange.
// Invariant: the owner is inside only while busy_, and enters only if !closed_.
class OwnerGate {
 public:
  // Owner only. False while closed, and where the kernel has no fence.
  bool TryEnter() {
    // The fence that belongs here runs in Close(), on all threads at once.
    busy_.store(true, std::memory_order_relaxed);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (closed_.load(std::memory_order_acquire) == 0) [[likely]] {
      return true;
    }
    Leave();
    return false;
  }
  // Owner only, with a fence of its own. False while closed.
  bool TryEnterFenced() {
    busy_.exchange(true, std::memory_order_seq_cst);
    if ((closed_.load(std::memory_order_seq_cst) & kClosed) == 0) return true;
    Leave();
    return false;
  }
  void Leave() { busy_.store(false, std::memory_order_release); }

  // Others, one at a time: on return the owner is out and stays out.
  void Close() {
    if (closed_.fetch_or(kClosed, std::memory_order_seq_cst) == 0) {
      FenceEveryThread();
    }
    while (busy_.load(std::memory_order_seq_cst)) std::this_thread::yield();
  }
  void Open() { closed_.fetch_and(kNoFence, std::memory_order_release); }

 private:
  // Bits of closed_, so that TryEnter looks at one byte for both.
  static constexpr unsigned char kClosed = 1;
  static constexpr unsigned char kNoFence = 2;

  std::atomic<bool> busy_{false};
  std::atomic<unsigned char> closed_ =
      HasProcessFence() ? static_cast<unsigned char>(0) : kNoFence;
};

}  // namespace shared_pool_allocator_internal

// Where the items came from that Get() has handed out.
struct SharedPoolAllocatorStatistics {
  std::uint64_t private_hits = 0;  // the calling thread's own items
  std::uint64_t local_hits = 0;    // the calling thread's list
  std::uint64_t stolen_hits = 0;   // another thread's list
  std::uint64_t victim_hits = 0;   // the generation that the next Collect drops
  std::uint64_t misses = 0;        // made by the factory

  std::uint64_t Hits() const {
    return private_hits + local_hits + stolen_hits + victim_hits;
  }
  // Returns the hits of all calls, 0 to 1; 0 when there were none.
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
class SharedPoolAllocator {
 public:
  // A thread keeps at most this many idle items to itself. All that it puts
  // beyond those can be stolen. 32 covers the usual "take some, give them
  // back", and limits what a thread can sit on.
  static constexpr std::size_t kPrivateItems = 32;

  using Factory = std::function<std::unique_ptr<T>()>;

  // Makes an empty pool. `factory` makes an item when the pool has none; it is
  // called without any lock held, by several threads at the same time.
  // On failure: std::invalid_argument if `factory` is empty.
  explicit SharedPoolAllocator(Factory factory)
      : factory_(std::move(factory)),
        locals_([](Local& local) { Retire(local); }) {
    // Its members are given: refuse an empty factory.
    Todo("01_02 task 8: SharedPoolAllocator::SharedPoolAllocator");
  }

  // Destroys all idle items, whichever thread they are with. Items in the
  // callers' hands are theirs, and may live on.
  // REQUIRES: no other call is running.
  ~SharedPoolAllocator() = default;
  SharedPoolAllocator(const SharedPoolAllocator&) = delete;
  SharedPoolAllocator& operator=(const SharedPoolAllocator&) = delete;

  // Returns an idle item, as it was when it was put; if there is none, a new
  // one.
  // Looks, in this order, in: the thread's private items, the thread's list,
  // the other threads' lists, the victim generation, the factory.
  // Cost: private hit: O(1), no lock, no allocation. Else O(threads), locks.
  // On failure: what the factory throws; the pool and its statistics are as
  // they were. A nullptr from the factory is handed on, and counts as a miss.
  std::unique_ptr<T> Get() { Todo("01_02 task 8: SharedPoolAllocator::Get"); }

  // Makes `item` idle: Get() may hand it to any thread. It need not come from
  // this pool; nullptr is ignored.
  // Cost: O(1), no lock while the thread has room; no allocation once the lists
  // have grown to their size.
  // On failure: never throws; without memory for the list, items are destroyed.
  void Put(std::unique_ptr<T> item) {
    Todo("01_02 task 8: SharedPoolAllocator::Put");
  }

  // Ends a generation: destroys the victims, and makes victims of all items
  // that are idle now, private ones of other threads included. So an idle item
  // is destroyed by the second call at the latest.
  // Cost: O(items + threads), and a system call a thread.
  // Thread safety: items are destroyed on this thread, with no lock held.
  // On failure: std::bad_alloc; no item is lost, and for some threads the
  // generation has ended.
  void Collect() {
    locals_.ForEach([](Local& local) { CollectOne(local); });
    CollectOne(*spare_);
  }

  // Sums up all threads: exact when no other call is running, else a recent
  // state.
  SharedPoolAllocatorStatistics Statistics() const {
    SharedPoolAllocatorStatistics sum;
    ForEachLocal([&](const Local& local) {
      sum.private_hits += local.private_hits.load(std::memory_order_relaxed);
      sum.local_hits += local.local_hits.load(std::memory_order_relaxed);
      sum.stolen_hits += local.stolen_hits.load(std::memory_order_relaxed);
      sum.victim_hits += local.victim_hits.load(std::memory_order_relaxed);
      sum.misses += local.misses.load(std::memory_order_relaxed);
    });
    return sum;
  }

  // Counts the idle items, victims included. Exact as Statistics() is.
  std::size_t ItemsHeld() const {
    std::size_t items = 0;
    ForEachLocal([&](const Local& local) {
      const std::lock_guard lock(local.mutex);
      items += local.private_count.load(std::memory_order_relaxed) +
               local.list.size() + local.victims.size();
    });
    return items;
  }

  // Returns ItemsHeld() in bytes of T; what the items themselves own is not
  // included.
  std::size_t BytesHeld() const { return ItemsHeld() * sizeof(T); }

 private:
  using Counter = std::atomic<std::uint64_t>;
  using Batch = std::span<T* const>;
  static constexpr std::size_t kBatch = kPrivateItems / 2;

  struct Local {
    ~Local() {
      Destroy(Batch(private_items).first(private_count.load()));
      Destroy(list);
      Destroy(victims);
    }

    // The thread's own: inside the gate. Counters have one writer, so they need
    // no atomic addition.
    shared_pool_allocator_internal::OwnerGate gate;
    std::atomic<std::size_t> private_count{0};
    Counter private_hits{0};
    std::array<T*, kPrivateItems> private_items;

    // Everybody's: under the mutex, which is never taken inside the gate. On
    // cache lines of their own, for thieves would slow the owner down.
    alignas(64) mutable std::mutex mutex;
    std::vector<T*> list;
    std::vector<T*> victims;
    // The sizes, for a look without the lock.
    std::atomic<std::size_t> list_size{0};
    std::atomic<std::size_t> victims_size{0};
    Counter local_hits{0};
    Counter stolen_hits{0};
    Counter victim_hits{0};
    Counter misses{0};
  };

  static void CountOne(Counter& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1,
                  std::memory_order_relaxed);
  }

  static void Destroy(Batch items) {
    for (T* const item : items) delete item;
  }

  // Waits until the gate is this thread's; gate.Leave() ends that.
  static void Enter(Local& local) {
    while (!local.gate.TryEnterFenced()) {
      const std::lock_guard until_collected(local.mutex);
    }
  }

  template <class Visit>
  void ForEachLocal(Visit visit) const {
    locals_.ForEach(visit);
    visit(*spare_);
  }

  // Moves up to kBatch items out of one of the lists of `from`: the last one is
  // returned, the others become private items of `to`. nullptr if it is empty.
  static T* Take(Local& from, std::vector<T*> Local::*list,
                 std::atomic<std::size_t> Local::*size, Local* to) {
    Todo("01_02 task 8: SharedPoolAllocator::Take");
  }

  // Takes the newest private item, or nullptr if there is none.
  // REQUIRES: the gate is the calling thread's. It is left.
  static T* TakePrivate(Local& local) {
    const std::size_t count =
        local.private_count.load(std::memory_order_relaxed);
    T* item = nullptr;
    if (count > 0) [[likely]] {
      item = local.private_items[count - 1];
      local.private_count.store(count - 1, std::memory_order_relaxed);
      CountOne(local.private_hits);
    }
    local.gate.Leave();
    return item;
  }

  // Does what Get does where the thread has no private item, is not known yet,
  // or has to wait for a collection. The slow forms are calls, so that Get and
  // Put keep nothing across one: with them inlined Get pushed four registers.
  [[gnu::noinline]] std::unique_ptr<T> GetSlow() {
    Todo("01_02 task 8: SharedPoolAllocator::GetSlow");
  }

  // Takes from the list or the victims of whichever thread has some.
  T* Steal(std::vector<T*> Local::*list, std::atomic<std::size_t> Local::*size,
           Local* to) {
    Todo("01_02 task 8: SharedPoolAllocator::Steal");
  }

  // Moves half of the private items to the list, so that a thread that only
  // puts takes a lock for every kBatch of them.
  [[gnu::noinline]] void PutSlow(T* item) {
    Todo("01_02 task 8: SharedPoolAllocator::PutSlow");
  }

  // Puts `items` into the thread's list; without memory they are destroyed.
  static void Share(Local& local, Batch items) {
    Todo("01_02 task 8: SharedPoolAllocator::Share");
  }

  // Moves the items of a thread that exits to its list: they stay reachable.
  static void Retire(Local& local) noexcept {
    // Yours. No Todo: it may not leave a noexcept function.
  }

  // Ends the generation of one thread. A destructor may call the pool, so no
  // lock is held while items die.
  static void CollectOne(Local& local) {
    Todo("01_02 task 8: SharedPoolAllocator::CollectOne");
  }

  const Factory factory_;
  // For threads that are too far in their exit to have a slot.
  const std::unique_ptr<Local> spare_ = std::make_unique<Local>();
  PerThread<Local> locals_;
};

}  // namespace workbook

#endif  // WORKBOOK_01_02_SHARED_POOL_ALLOCATOR_H_
