// SPDX-License-Identifier: Apache-2.0

// One slot of an object for each thread that uses it.
//
// A `static thread_local` belongs to all objects of a class together; a pool
// wants one for each pool and thread, and wants to hear when a thread exits.
// This is that, and nothing more: what a slot holds is the pool's business.
#ifndef WORKBOOK_TOOLS_EXERCISE_PER_THREAD_H_
#define WORKBOOK_TOOLS_EXERCISE_PER_THREAD_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "tools/exercise/thread_annotations.h"

namespace workbook {
namespace per_thread_internal {

struct Node {
  virtual ~Node() = default;
  void* slot = nullptr;
  Node* next = nullptr;  // written before the node is published
  bool in_use = true;    // guarded by Core::mutex_
};

// What outlives the owner for as long as a thread may still have to look.
class Core {
 public:
  using MakeNode = std::unique_ptr<Node> (*)();

  explicit Core(std::function<void(void*)> on_thread_exit);

  // A node of a thread that has exited, or a new one; nullptr without memory.
  Node* Take(MakeNode make_node) noexcept;
  // Called by the thread that exits: nothing once the owner has died.
  void Retire(Node* node);
  // The owner dies: no hook runs after this, all slots are destroyed.
  void Close();

  std::uint64_t id() const { return id_; }
  const Node* first() const { return first_.load(std::memory_order_acquire); }

 private:
  const std::uint64_t id_;
  std::function<void(void*)> on_thread_exit_;
  Mutex mutex_;
  bool closed_ GUARDED_BY(mutex_) = false;
  std::atomic<Node*> first_{nullptr};
};

// Direct-mapped, and constant-initialised so that a look-up has no guard. Ids
// are never used again, so an entry of a dead owner matches nothing. Sixteen: a
// seventeenth object used in turn on one thread finds its slot the slow way.
struct CacheEntry {
  std::uint64_t id = 0;
  void* slot = nullptr;
};
inline constexpr std::size_t kCacheEntries = 16;
inline constinit thread_local CacheEntry thread_cache[kCacheEntries] = {};

void* FindSlow(const std::shared_ptr<Core>& core,
               Core::MakeNode make_node) noexcept;

}  // namespace per_thread_internal

// A Slot for each thread that calls Mine(). Slots live until the PerThread
// dies; that of an exited thread is given, as it is, to the next new thread.
template <class Slot>
class PerThread {
 public:
  // `on_thread_exit(slot)` runs on a thread that exits, for its slot, while the
  // PerThread is alive. It runs under an internal lock: it may take locks of
  // its own, but nobody may call Mine() while holding one of those.
  explicit PerThread(std::function<void(Slot&)> on_thread_exit)
      // Not make_shared: threads keep a weak_ptr, which would keep the memory.
      : core_(new per_thread_internal::Core(
            [hook = std::move(on_thread_exit)](void* slot) {
              hook(*static_cast<Slot*>(slot));
            })),
        id_(core_->id()) {}

  // Threads may exit at the same time; none may be inside Mine().
  ~PerThread() { core_->Close(); }
  PerThread(const PerThread&) = delete;
  PerThread& operator=(const PerThread&) = delete;

  // The calling thread's slot. nullptr when there is no memory for it, and on a
  // thread that is so far in its exit that nobody would hear of a new slot.
  // Cost: O(1), about a nanosecond; the first call of a thread allocates.
  Slot* Mine() noexcept {
    namespace internal = per_thread_internal;
    const internal::CacheEntry& entry =
        internal::thread_cache[id_ % internal::kCacheEntries];
    if (entry.id == id_) [[likely]] {
      if (entry.slot == nullptr) __builtin_unreachable();
      return static_cast<Slot*>(entry.slot);
    }
    return static_cast<Slot*>(internal::FindSlow(core_, &MakeNode));
  }

  // Returns what Mine() returns, or nullptr where that would have to look
  // longer: for a function that has a slow form, in which it calls Mine().
  Slot* MineAtHand() const noexcept {
    namespace internal = per_thread_internal;
    const internal::CacheEntry& entry =
        internal::thread_cache[id_ % internal::kCacheEntries];
    return entry.id == id_ ? static_cast<Slot*>(entry.slot) : nullptr;
  }

  // Calls `visit(slot)` for every slot, also those whose thread has exited.
  // Takes no lock: what it reads in a slot must be safe to read.
  template <class Visit>
  void ForEach(Visit visit) const {
    const per_thread_internal::Node* node = core_->first();
    for (; node != nullptr; node = node->next) {
      visit(*static_cast<Slot*>(node->slot));
    }
  }

 private:
  struct TypedNode : per_thread_internal::Node {
    TypedNode() { slot = &value; }
    Slot value;
  };

  static std::unique_ptr<per_thread_internal::Node> MakeNode() {
    return std::make_unique<TypedNode>();
  }

  const std::shared_ptr<per_thread_internal::Core> core_;
  const std::uint64_t id_;
};

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_EXERCISE_PER_THREAD_H_
