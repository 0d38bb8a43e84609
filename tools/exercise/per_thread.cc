// SPDX-License-Identifier: Apache-2.0

#include "tools/exercise/per_thread.h"

#include <new>
#include <vector>

namespace workbook::per_thread_internal {
namespace {

std::atomic<std::uint64_t> next_id{1};

// Trivial, so that it can still be read after the thread's destructors ran.
constinit thread_local bool thread_is_exiting = false;

struct Entry {
  std::uint64_t id;
  std::weak_ptr<Core> core;
  Node* node;
};

// What the calling thread has to give back when it exits.
struct Registry {
  ~Registry() {
    thread_is_exiting = true;
    for (CacheEntry& entry : thread_cache) entry = {};
    for (const Entry& entry : entries) {
      if (const std::shared_ptr<Core> core = entry.core.lock()) {
        core->Retire(entry.node);
      }
    }
  }

  Node* Find(std::uint64_t id) const {
    for (const Entry& entry : entries) {
      if (entry.id == id) return entry.node;
    }
    return nullptr;
  }

  // Makes room for one more entry, at the cost of dead owners' ones first: a
  // thread that lives long may see any number of pools come and go.
  void MakeRoom() {
    if (entries.size() < entries.capacity()) return;
    std::erase_if(entries,
                  [](const Entry& entry) { return entry.core.expired(); });
    if (entries.size() > entries.capacity() / 2 || entries.empty()) {
      entries.reserve(entries.size() * 2 + 4);
    }
  }

  std::vector<Entry> entries;
};

thread_local Registry registry;

}  // namespace

Core::Core(std::function<void(void*)> on_thread_exit)
    : id_(next_id.fetch_add(1, std::memory_order_relaxed)),
      on_thread_exit_(std::move(on_thread_exit)) {}

Node* Core::Take(MakeNode make_node) noexcept {
  const MutexLock lock(mutex_);
  Node* const first = first_.load(std::memory_order_relaxed);
  for (Node* node = first; node != nullptr; node = node->next) {
    if (!node->in_use) {
      node->in_use = true;
      return node;
    }
  }
  try {
    Node* const made = make_node().release();
    made->next = first;
    first_.store(made, std::memory_order_release);
    return made;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void Core::Retire(Node* node) {
  const MutexLock lock(mutex_);
  if (closed_) return;
  on_thread_exit_(node->slot);
  node->in_use = false;
}

void Core::Close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  Node* node = first_.exchange(nullptr, std::memory_order_relaxed);
  while (node != nullptr) {
    const std::unique_ptr<Node> doomed(node);
    node = node->next;
  }
}

void* FindSlow(const std::shared_ptr<Core>& core,
               Core::MakeNode make_node) noexcept {
  if (thread_is_exiting) return nullptr;
  Node* node = registry.Find(core->id());
  if (node == nullptr) {
    try {
      registry.MakeRoom();
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
    node = core->Take(make_node);
    if (node == nullptr) return nullptr;
    registry.entries.push_back({core->id(), core, node});
  }
  thread_cache[core->id() % kCacheEntries] = {core->id(), node->slot};
  return node->slot;
}

}  // namespace workbook::per_thread_internal
