// SPDX-License-Identifier: Apache-2.0

// BufferPool: messages of mixed sizes, one buffer at a time and many.
//
// A buffer is asked for by the largest message that may come; the message that
// does come is shorter. All rows of a case copy the same messages and clear the
// same bytes, but for the case "zeros". The pool promises zeros nevertheless,
// where a malloc leaves its own words in what was cleared.
#include <benchmark/benchmark.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <new>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "01_02/buffer_pool.h"
#include "exercises/01_02/peer_calls_bench.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr std::size_t kMessages = 256;
constexpr std::size_t kLargest = 16 * 1024;
constexpr std::size_t kBatch = 64;

struct Message {
  std::size_t largest_bytes;  // what the buffer has to have room for
  std::size_t size_bytes;     // what is written
};
using Messages = std::array<Message, kMessages>;

// Buffers of smallest_bytes to 16 KiB, log-uniform; a message fills at most one
// `fill_divisor`-th of its buffer, and exactly all of it where that is 1.
Messages MakeMessages(std::size_t smallest_bytes, std::size_t fill_divisor) {
  std::mt19937_64 random(20);
  const auto powers = static_cast<std::size_t>(
      std::countr_zero(kLargest) - std::countr_zero(smallest_bytes));
  Messages messages;
  for (Message& message : messages) {
    const std::size_t power = smallest_bytes << (random() % powers);
    message.largest_bytes = power + random() % power;
    const std::size_t most = message.largest_bytes / fill_divisor;
    message.size_bytes = fill_divisor == 1 ? most : 1 + random() % most;
  }
  return messages;
}

const std::array<std::byte, 2 * kLargest> source = [] {
  std::array<std::byte, 2 * kLargest> bytes;
  bytes.fill(std::byte{0x5A});
  return bytes;
}();

enum class Clearing {
  kWritten,  // what was written, by who wrote it: the same bytes in all rows
  kAll,      // all of the buffer, by who does not know what was written
  kNone,
};

// The kinds of buffer: made with room for some bytes, then written once, by
// Append of a buffer or by memcpy. Slots live as long as the loop.
template <Clearing clearing, typename Allocate, typename Deallocate>
struct RawBuffers {
  struct Slot {
    std::byte* data;
    std::size_t size_bytes;
    std::size_t written_bytes;
  };
  Allocate allocate;
  Deallocate deallocate;

  void Acquire(Slot& slot, std::size_t bytes) {
    slot.data = static_cast<std::byte*>(allocate(bytes));
    slot.size_bytes = bytes;
    if (clearing == Clearing::kAll) std::memset(slot.data, 0, bytes);
  }
  static std::byte* Write(Slot& slot, std::size_t bytes) {
    std::memcpy(slot.data, source.data(), bytes);
    slot.written_bytes = bytes;
    return slot.data;
  }
  void Release(Slot& slot) {
    if (clearing == Clearing::kWritten) {
      std::memset(slot.data, 0, slot.written_bytes);
    }
    deallocate(slot.data, slot.size_bytes);
  }
};

using Buffer = BufferPool::Buffer;

[[gnu::noinline]] Buffer AcquireZeros(BufferPool& pool, std::size_t bytes) {
  return pool.Acquire(bytes);
}
[[gnu::noinline]] Buffer AcquireAnything(BufferPool& pool, std::size_t bytes) {
  return pool.AcquireUninitialized(bytes);
}
[[gnu::noinline]] void DestroyBuffer(Buffer& buffer) {
  std::destroy_at(&buffer);
}

template <Clearing clearing>
struct PooledBuffers {
  // What a function returns is made in place, and ends by a call.
  union Slot {
    Slot() {}
    ~Slot() {}
    Buffer buffer;
  };
  BufferPool& pool;
  Buffer (*const acquire)(BufferPool&, std::size_t) =
      ByPointer(clearing == Clearing::kNone ? &AcquireAnything : &AcquireZeros);
  void (*const destroy)(Buffer&) = ByPointer(&DestroyBuffer);

  void Acquire(Slot& slot, std::size_t bytes) {
    ::new (static_cast<void*>(&slot.buffer)) Buffer(acquire(pool, bytes));
  }
  static std::byte* Write(Slot& slot, std::size_t bytes) {
    slot.buffer.Append(std::span(source).first(bytes));
    return slot.buffer.data();
  }
  void Release(Slot& slot) { destroy(slot.buffer); }
};

// What a program keeps that has no pool: a list for each power of two.
class FreeLists {
 public:
  FreeLists() = default;
  FreeLists(const FreeLists&) = delete;
  FreeLists& operator=(const FreeLists&) = delete;
  ~FreeLists() {
    for (const auto& blocks : lists_) {
      for (void* const block : blocks) ::operator delete(block);
    }
  }
  [[gnu::noinline]] void* Take(std::size_t bytes) {
    const auto power = static_cast<std::size_t>(std::bit_width(bytes - 1));
    std::vector<void*>& blocks = lists_[power];
    if (blocks.empty()) return ::operator new (std::size_t{1} << power);
    void* const block = blocks.back();
    blocks.pop_back();
    return block;
  }
  [[gnu::noinline]] void Put(void* block, std::size_t bytes) {
    lists_[static_cast<std::size_t>(std::bit_width(bytes - 1))].push_back(
        block);
  }

 private:
  std::array<std::vector<void*>, 64> lists_;
};

template <class Buffers>
void RoundTrip(benchmark::State& state, Buffers buffers,
               const Messages& messages) {
  // Each size once, untimed: the first of a size is never an idle one.
  typename Buffers::Slot slot;
  for (const Message& message : messages) {
    buffers.Acquire(slot, message.largest_bytes);
    Buffers::Write(slot, message.size_bytes);
    buffers.Release(slot);
  }
  std::size_t next = 0;
  std::size_t wrong = 0;
  for (auto _ : state) {
    const Message& message = messages[next++ % kMessages];
    buffers.Acquire(slot, message.largest_bytes);
    const std::byte* const data = Buffers::Write(slot, message.size_bytes);
    Keep(data);
    benchmark::ClobberMemory();
    wrong += data[message.size_bytes - 1] != std::byte{0x5A};
    buffers.Release(slot);
  }
  Require(state, wrong == 0, "a message was not written");
  state.SetItemsProcessed(state.iterations());
}

// kBatch buffers at once; 64 bytes are written to each; the last goes first.
template <class Buffers>
void Batch(benchmark::State& state, Buffers buffers, const Messages& messages) {
  std::array<typename Buffers::Slot, kBatch> slots;
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      buffers.Acquire(slots[i], messages[i].largest_bytes);
      const std::byte* const data = Buffers::Write(slots[i], 64);
      Keep(data);
    }
    benchmark::ClobberMemory();
    for (std::size_t i = kBatch; i > 0; --i) buffers.Release(slots[i - 1]);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

// Calls `run(buffers)` with buffers of these two functions.
template <Clearing clearing, typename Run, typename Allocate,
          typename Deallocate>
void WithRaw(Run run, Allocate allocate, Deallocate deallocate) {
  run(RawBuffers<clearing, Allocate, Deallocate>{allocate, deallocate});
}

// `run(state, buffers)` for each kind of buffer, under one case.
template <Clearing clearing, typename Run>
void AddCase(const std::string& case_name, Run run, bool threads = false) {
  const auto prepare = [threads](Row* row) {
    if (threads) row->ThreadRange();
  };
  prepare(AddRow(
      case_name, Role::kBaseline, "new/delete", [run](benchmark::State& state) {
        using New = void*(std::size_t);
        using Delete = void(void*);
        WithRaw<clearing>(
            [&](auto buffers) { run(state, buffers); },
            ByPointer(static_cast<New*>(&::operator new)),
            [call = ByPointer(static_cast<Delete*>(&::operator delete))](
                void* data, std::size_t) { call(data); });
      }));
  prepare(AddSharedRow<BufferPool>(
      case_name, Role::kSubject, "BufferPool",
      [] { return std::make_unique<BufferPool>(); },
      [run](benchmark::State& state, BufferPool& pool) {
        run(state, PooledBuffers<clearing>{pool});
        const double rate = pool.Statistics().HitRate();
        if (state.thread_index() == 0) state.counters["hit_rate"] = rate;
      }));
  prepare(AddRow(case_name, Role::kPeer, "a list for each size",
                 [run](benchmark::State& state) {
                   FreeLists lists;
                   WithRaw<clearing>(
                       [&](auto buffers) { run(state, buffers); },
                       [&](std::size_t bytes) { return lists.Take(bytes); },
                       [&](void* data, std::size_t bytes) {
                         lists.Put(data, bytes);
                       });
                 }));
  using Resource = std::pmr::synchronized_pool_resource;
  prepare(AddSharedRow<Resource>(
      case_name, Role::kPeer, "std::pmr::synchronized_pool_resource",
      [] {
        return std::make_unique<Resource>(std::pmr::pool_options{
            .max_blocks_per_chunk = 0,
            .largest_required_pool_block = 2 * kLargest});
      },
      [run](benchmark::State& state, Resource& resource) {
        WithRaw<clearing>(
            [&](auto buffers) { run(state, buffers); },
            [&](std::size_t bytes) { return resource.allocate(bytes); },
            [&](void* data, std::size_t bytes) {
              resource.deallocate(data, bytes);
            });
      }));
  AddMallocPeerRows(
      case_name,
      [run](benchmark::State& state, const MallocPeer& peer) {
        WithSizedFree(peer, [&](auto deallocate) {
          WithRaw<clearing>([&](auto buffers) { run(state, buffers); },
                            peer.allocate, deallocate);
        });
      },
      prepare);
}

const Messages io = MakeMessages(1024, 8);
const Messages io_full = MakeMessages(1024, 1);
const Messages mixed = MakeMessages(64, 8);

const RegisterRows registration([] {
  const auto round_trip = [](const Messages& messages) {
    return [&messages](benchmark::State& state, auto buffers) {
      RoundTrip(state, buffers, messages);
    };
  };
  const auto batch = [](benchmark::State& state, auto buffers) {
    Batch(state, buffers, mixed);
  };
  // An eighth used at most, as the request of a client in the buffer that could
  // hold the longest. Who wrote it clears it.
  AddCase<Clearing::kWritten>("buffer_pool/round_trip", round_trip(io));
  // The same from 64 B on.
  AddCase<Clearing::kWritten>("buffer_pool/round_trip_mixed",
                              round_trip(mixed));
  // All is written, so all has to be cleared.
  AddCase<Clearing::kWritten>("buffer_pool/round_trip_full",
                              round_trip(io_full));
  AddCase<Clearing::kNone>("buffer_pool/round_trip_uninitialized",
                           round_trip(mixed));
  AddCase<Clearing::kWritten>("buffer_pool/batch_lifo", batch);
  AddCase<Clearing::kWritten>("buffer_pool/shared", round_trip(mixed), true);
  // Whoever gets a block of a malloc and needs zeros clears all of it: what the
  // pool is for.
  AddCase<Clearing::kAll>("buffer_pool/zeros", round_trip(io));
});

}  // namespace
}  // namespace workbook
