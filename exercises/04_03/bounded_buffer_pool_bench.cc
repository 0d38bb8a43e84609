// SPDX-License-Identifier: Apache-2.0

// BoundedBufferPool: a buffer for each thread, and one buffer for all.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstddef>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "04_03/bounded_buffer_pool.h"
#include "exercises/04_03/given/aligned_block.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/stack.hpp>
#endif
#ifdef WORKBOOK_HAS_ONETBB
#include <tbb/concurrent_queue.h>
#endif

namespace workbook {
namespace {

constexpr std::size_t kBufferBytes = 4096;

// What a colleague writes: a thread that comes at the right moment overtakes.
class DequePool {
 public:
  explicit DequePool(std::size_t buffers) : block_(buffers, kBufferBytes) {
    for (std::size_t i = 0; i < buffers; ++i) idle_.push_back(block_.At(i));
  }
  std::byte* Get() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty(); });
    std::byte* const data = idle_.back();
    idle_.pop_back();
    return data;
  }
  void Done(std::byte* data) {
    {
      const std::lock_guard lock(mutex_);
      idle_.push_back(data);
    }
    returned_.notify_one();
  }

 private:
  AlignedBlock block_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::deque<std::byte*> idle_;
};

// Each call brings a stop token, as in a server.
class Subject {
 public:
  explicit Subject(std::size_t buffers) : pool_(buffers, kBufferBytes) {}
  BoundedBufferPool::Buffer Get() { return pool_.Acquire(stop_); }
  void Done(BoundedBufferPool::Buffer& buffer) { buffer.Return(); }

 private:
  std::stop_source source_;
  const std::stop_token stop_ = source_.get_token();
  BoundedBufferPool pool_;
};

#ifdef WORKBOOK_HAS_ONETBB
class TbbQueue {
 public:
  explicit TbbQueue(std::size_t buffers) : block_(buffers, kBufferBytes) {
    for (std::size_t i = 0; i < buffers; ++i) idle_.push(block_.At(i));
  }
  std::byte* Get() {
    std::byte* data = nullptr;
    idle_.pop(data);
    return data;
  }
  void Done(std::byte* data) { idle_.push(data); }

 private:
  AlignedBlock block_;
  tbb::concurrent_bounded_queue<std::byte*> idle_;
};
#endif

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
// It can't wait: there is a buffer for each thread in its case.
class LockfreeStack {
 public:
  explicit LockfreeStack(std::size_t buffers)
      : block_(buffers, kBufferBytes), idle_(buffers) {
    for (std::size_t i = 0; i < buffers; ++i) idle_.push(block_.At(i));
  }
  std::byte* Get() {
    std::byte* data = nullptr;
    idle_.pop(data);
    return data;
  }
  void Done(std::byte* data) { idle_.push(data); }

 private:
  AlignedBlock block_;
  boost::lockfree::stack<std::byte*, boost::lockfree::fixed_sized<true>> idle_;
};
#endif

std::byte* DataOf(std::byte* data) { return data; }
std::byte* DataOf(const BoundedBufferPool::Buffer& buffer) {
  return buffer.bytes().data();
}

// Writes the first line, as a short message would.
template <class Buffer>
bool Use(Buffer& buffer, int value) {
  std::byte* const data = DataOf(buffer);
  if (data == nullptr) return false;
  std::memset(data, value, 64);
  Keep(data);
  return true;
}

// An item is one buffer that was got, used and returned.
template <class Pool>
void Lend(benchmark::State& state, Pool& pool) {
  bool right = true;
  int value = 0;
  for (auto _ : state) {
    auto buffer = pool.Get();
    right = Use(buffer, ++value & 127) && right;
    pool.Done(buffer);
  }
  Require(state, right, "no buffer came");
  state.SetItemsProcessed(state.iterations());
}

template <class Pool>
Row* Add(const std::string& name, Role role, const char* implementation,
         std::size_t buffers) {
  return AddSharedRow<Pool>(
      name, role, implementation,
      [buffers] { return std::make_unique<Pool>(buffers); },
      [](benchmark::State& state, Pool& pool) { Lend(state, pool); });
}

void AddMallocs(const std::string& name) {
  AddMallocPeerRows(
      name,
      [](benchmark::State& state, const MallocPeer& peer) {
        struct Malloc {
          std::byte* Get() {
            return static_cast<std::byte*>(peer.allocate(kBufferBytes));
          }
          void Done(std::byte* data) { peer.deallocate(data); }
          const MallocPeer& peer;
        };
        Malloc source{peer};
        Lend(state, source);
      },
      [](Row* row) { row->ThreadRange(); });
}

const RegisterRows registration([] {
  constexpr char kEnough[] = "bounded_buffer_pool/enough";
  constexpr std::size_t kBuffers = 64;
  Add<DequePool>(kEnough, Role::kBaseline, "mutex + deque", kBuffers)
      ->ThreadRange();
  Add<Subject>(kEnough, Role::kSubject, "BoundedBufferPool", kBuffers)
      ->ThreadRange();
  constexpr char kScarce[] = "bounded_buffer_pool/one_for_two";
  Add<DequePool>(kScarce, Role::kBaseline, "mutex + deque", 1)->Threads(2);
  Add<Subject>(kScarce, Role::kSubject, "BoundedBufferPool", 1)->Threads(2);
#ifdef WORKBOOK_HAS_ONETBB
  constexpr char kTbb[] = "tbb::concurrent_bounded_queue";
  Add<TbbQueue>(kEnough, Role::kPeer, kTbb, kBuffers)->ThreadRange();
  Add<TbbQueue>(kScarce, Role::kPeer, kTbb, 1)->Threads(2);
#else
  AddGap(kEnough, "tbb::concurrent_bounded_queue", "libtbb-dev");
  AddGap(kScarce, "tbb::concurrent_bounded_queue", "libtbb-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  Add<LockfreeStack>(kEnough, Role::kPeer, "boost::lockfree::stack", kBuffers)
      ->ThreadRange();
#else
  AddGap(kEnough, "boost::lockfree::stack", "libboost1.81-dev");
#endif
  AddMallocs(kEnough);
});

}  // namespace
}  // namespace workbook
