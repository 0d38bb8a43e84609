// SPDX-License-Identifier: Apache-2.0

// BufferPool: messages of mixed sizes, one buffer at a time and many.
//
// A buffer is asked for by the largest message that may come; the message that
// does come is shorter. All rows of a case promise the same - zeros, but for
// the rows called "uninitialized" - and copy the same messages.
#include <benchmark/benchmark.h>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "01_02/buffer_pool.h"
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

enum class Clearing { kZeroed, kNone };

// The kinds of buffer: made with room for some bytes, then written once.
struct Raw {
  std::byte* data;
  std::size_t size_bytes;
};

template <Clearing clearing, typename Allocate, typename Deallocate>
struct RawBuffers {
  Allocate allocate;
  Deallocate deallocate;

  Raw Acquire(std::size_t bytes) {
    auto* const data = static_cast<std::byte*>(allocate(bytes));
    if (clearing == Clearing::kZeroed) std::memset(data, 0, bytes);
    return {data, bytes};
  }
  static std::byte* Write(Raw& buffer, std::size_t bytes) {
    std::memcpy(buffer.data, source.data(), bytes);
    return buffer.data;
  }
  void Release(Raw& buffer) { deallocate(buffer.data, buffer.size_bytes); }
};

template <Clearing clearing>
struct PooledBuffers {
  BufferPool& pool;

  BufferPool::Buffer Acquire(std::size_t bytes) {
    return clearing == Clearing::kZeroed ? pool.Acquire(bytes)
                                         : pool.AcquireUninitialized(bytes);
  }
  static std::byte* Write(BufferPool::Buffer& buffer, std::size_t bytes) {
    buffer.Append(std::span(source).first(bytes));
    return buffer.data();
  }
  static void Release(BufferPool::Buffer&) {}  // its destructor does
};

template <class Buffers>
void RoundTrip(benchmark::State& state, Buffers buffers,
               const Messages& messages) {
  // Each size once, untimed: the first of a size is never an idle one.
  for (const Message& message : messages) {
    auto buffer = buffers.Acquire(message.largest_bytes);
    Buffers::Write(buffer, message.size_bytes);
    buffers.Release(buffer);
  }
  std::size_t next = 0;
  std::size_t wrong = 0;
  for (auto _ : state) {
    const Message& message = messages[next++ % kMessages];
    auto buffer = buffers.Acquire(message.largest_bytes);
    const std::byte* const data = Buffers::Write(buffer, message.size_bytes);
    Keep(data);
    benchmark::ClobberMemory();
    wrong += data[message.size_bytes - 1] != std::byte{0x5A};
    buffers.Release(buffer);
  }
  Require(state, wrong == 0, "a message was not written");
  state.SetItemsProcessed(state.iterations());
}

// kBatch buffers at once; 64 bytes are written to each; the last goes first.
template <class Buffers>
void Batch(benchmark::State& state, Buffers buffers, const Messages& messages) {
  using Buffer = decltype(buffers.Acquire(1));
  std::vector<Buffer> held;
  held.reserve(kBatch);
  for (auto _ : state) {
    for (std::size_t i = 0; i < kBatch; ++i) {
      held.push_back(buffers.Acquire(messages[i].largest_bytes));
      const std::byte* const data = Buffers::Write(held.back(), 64);
      Keep(data);
    }
    benchmark::ClobberMemory();
    for (std::size_t i = kBatch; i > 0; --i) {
      buffers.Release(held.back());
      held.pop_back();
    }
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kBatch});
}

struct NewDelete {
  static void* New(std::size_t bytes) { return ::operator new(bytes); }
  static void Delete(void* data, std::size_t) { ::operator delete(data); }
};

template <Clearing clearing>
auto NewDeleteBuffers() {
  return RawBuffers<clearing, decltype(&NewDelete::New),
                    decltype(&NewDelete::Delete)>{NewDelete::New,
                                                  NewDelete::Delete};
}

// `run(state, buffers)` for each kind of buffer, under one case.
template <Clearing clearing, typename Run>
void AddCase(const std::string& case_name, Run run, bool threads) {
  const auto prepare = [threads](Row* row) {
    if (threads) row->ThreadRange();
  };
  prepare(AddRow(case_name, Role::kBaseline, "new/delete",
                 [run](benchmark::State& state) {
                   run(state, NewDeleteBuffers<clearing>());
                 }));
  prepare(AddSharedRow<BufferPool>(
      case_name, Role::kSubject, "BufferPool",
      [] { return std::make_unique<BufferPool>(); },
      [run](benchmark::State& state, BufferPool& pool) {
        run(state, PooledBuffers<clearing>{pool});
        const double rate = pool.Statistics().HitRate();
        if (state.thread_index() == 0) state.counters["hit_rate"] = rate;
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
        const auto allocate = [&](std::size_t bytes) {
          return resource.allocate(bytes);
        };
        const auto deallocate = [&](void* data, std::size_t bytes) {
          resource.deallocate(data, bytes);
        };
        run(state,
            RawBuffers<clearing, decltype(allocate), decltype(deallocate)>{
                allocate, deallocate});
      }));
  AddMallocPeerRows(
      case_name,
      [run](benchmark::State& state, const MallocPeer& peer) {
        const auto deallocate = [&](void* data, std::size_t) {
          peer.deallocate(data);
        };
        run(state,
            RawBuffers<clearing, decltype(peer.allocate), decltype(deallocate)>{
                peer.allocate, deallocate});
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
  // Zeroed, an eighth used at most, as the request of a client in the buffer
  // that could hold the longest: what the pool is for.
  AddCase<Clearing::kZeroed>("buffer_pool/round_trip", round_trip(io), false);
  // The same from 64 B on: the smaller, the less there is to be saved.
  AddCase<Clearing::kZeroed>("buffer_pool/round_trip_mixed", round_trip(mixed),
                             false);
  // All is written, so all has to be cleared: no saving but the allocator's.
  AddCase<Clearing::kZeroed>("buffer_pool/round_trip_full", round_trip(io_full),
                             false);
  AddCase<Clearing::kNone>("buffer_pool/round_trip_uninitialized",
                           round_trip(mixed), false);
  AddCase<Clearing::kZeroed>("buffer_pool/batch_lifo", batch, false);
  AddCase<Clearing::kZeroed>("buffer_pool/shared", round_trip(mixed), true);
});

}  // namespace
}  // namespace workbook
