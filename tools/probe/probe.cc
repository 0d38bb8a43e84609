// SPDX-License-Identifier: Apache-2.0

#include "tools/probe/probe.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>

#include "tools/exercise/thread_annotations.h"
#include "tools/probe/block_table.h"
#include "tools/probe/probe_state.h"
#include "tools/probe/spin_lock.h"

namespace workbook {

namespace {

// Identifies the calling thread without an allocation or a system call.
std::uint64_t ThisThread() {
  static std::atomic<std::uint64_t> last{0};
  thread_local std::uint64_t id = 0;
  if (id == 0) id = last.fetch_add(1, std::memory_order_relaxed) + 1;
  return id;
}

}  // namespace

struct ProbeState {
  SpinLock lock;
  AllocationScope* scopes GUARDED_BY(lock) = nullptr;
  BlockTable blocks GUARDED_BY(lock);
  std::uint64_t opened GUARDED_BY(lock) = 0;  // scopes, so far

  template <typename Change>
  void ForEachScope(Change change) REQUIRES(lock) {
    for (AllocationScope* scope = scopes; scope; scope = scope->next_) {
      if (scope->extent_ == ProbeExtent::kProcess ||
          scope->thread_id_ == ThisThread()) {
        change(scope->counts_, scope->scopes_before_);
      }
    }
  }

  void Open(AllocationScope* scope) {
    lock.lock();
    if (scopes == nullptr) blocks.Clear();
    scope->scopes_before_ = ++opened;
    scope->next_ = scopes;
    scopes = scope;
    lock.unlock();
    probe_attention.fetch_add(1, std::memory_order_relaxed);
  }

  void Close(AllocationScope* scope) {
    probe_attention.fetch_sub(1, std::memory_order_relaxed);
    lock.lock();
    AllocationScope** link = &scopes;
    while (*link != scope) link = &(*link)->next_;
    *link = scope->next_;
    lock.unlock();
  }

  AllocationCounts Read(const AllocationScope& scope) {
    lock.lock();
    const AllocationCounts counts = scope.counts_;
    lock.unlock();
    return counts;
  }
};

namespace {

constinit ProbeState state;

}  // namespace

void RecordAllocation(const void* block, std::size_t size_bytes) {
  const auto size = static_cast<std::int64_t>(size_bytes);
  state.lock.lock();
  state.blocks.Insert(block, {size_bytes, state.opened});
  state.ForEachScope([size](AllocationCounts& counts, std::uint64_t) {
    ++counts.allocations;
    counts.bytes_allocated += size;
    counts.live_bytes += size;
    counts.peak_live_bytes =
        std::max(counts.peak_live_bytes, counts.live_bytes);
  });
  state.lock.unlock();
}

void RecordFree(const void* block) {
  RecordFreeOfForgotten(ForgetBlock(block));
}

BlockRecord ForgetBlock(const void* block) {
  state.lock.lock();
  const BlockRecord record = state.blocks.Remove(block);
  state.lock.unlock();
  return record;
}

void RememberBlock(const void* block, const BlockRecord& record) {
  if (record == BlockTable::kUnknown) return;
  state.lock.lock();
  state.blocks.Insert(block, record);
  state.lock.unlock();
}

// An unknown block is older than any scope that is open.
void RecordFreeOfForgotten(const BlockRecord& record) {
  const auto size = static_cast<std::int64_t>(record.size_bytes);
  state.lock.lock();
  state.ForEachScope([&](AllocationCounts& counts, std::uint64_t opened) {
    ++counts.frees;
    if (record.scopes_before >= opened) counts.live_bytes -= size;
  });
  state.lock.unlock();
}

void CountAllocation(const void* block, std::size_t size_bytes) {
  if (ProbeIsOpen() && block != nullptr) RecordAllocation(block, size_bytes);
}

void CountFree(const void* block) {
  if (ProbeIsOpen() && block != nullptr) RecordFree(block);
}

AllocationScope::AllocationScope(ProbeExtent extent)
    : extent_(extent), thread_id_(ThisThread()) {
  // A child of fork has one thread; the lock must not be held by another.
  [[maybe_unused]] static const int registered =
      // The lock is handed from handler to handler, over the fork.
      pthread_atfork([]() NO_THREAD_SAFETY_ANALYSIS { state.lock.lock(); },
                     []() NO_THREAD_SAFETY_ANALYSIS { state.lock.unlock(); },
                     []() NO_THREAD_SAFETY_ANALYSIS { state.lock.unlock(); });
  state.Open(this);
}

AllocationScope::~AllocationScope() { state.Close(this); }

AllocationCounts AllocationScope::Counts() const { return state.Read(*this); }

}  // namespace workbook
