// SPDX-License-Identifier: Apache-2.0

// What real programs ask for, on BudgetedPool and on the mallocs: hit rate,
// peak and time.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <vector>

#include "04_03/budgeted_pool.h"
#include "exercises/04_03/given/request_trace.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

std::vector<std::size_t> PowersOfTwo() {
  std::vector<std::size_t> classes;
  for (std::size_t size = 256; size <= (std::size_t{1} << 20); size *= 2) {
    classes.push_back(size);
  }
  return classes;
}

// Writes a byte in each page, as a caller that fills a buffer does.
void Touch(std::byte* data, std::size_t size_bytes) {
  for (std::size_t at = 0; at < size_bytes; at += 4096) {
    data[at] = std::byte{1};
  }
  Keep(data);
}

// Plays the trace once in each iteration; an item is one request. What the
// program never gave back is given back in the end.
template <class Source>
void Play(benchmark::State& state, Source& source, const std::string& program) {
  const RequestTrace trace = RecordedRequests(program);
  std::vector<typename Source::Buffer> lent(trace.buffers);
  std::int64_t requests = 0;
  bool right = true;
  for (auto _ : state) {
    for (const BufferEvent& event : trace.events) {
      typename Source::Buffer& buffer = lent[event.buffer];
      if (!event.IsRequest()) {
        source.Done(buffer);
        continue;
      }
      buffer = source.Get(event.size_bytes);
      std::byte* const data = Source::DataOf(buffer);
      right = right && data != nullptr;
      if (data != nullptr) Touch(data, event.size_bytes);
      ++requests;
    }
    for (auto& buffer : lent) source.Done(buffer);
  }
  Require(state, right, "a request was refused");
  state.SetItemsProcessed(requests);
}

struct NewDelete {
  using Buffer = std::byte*;
  static std::byte* DataOf(std::byte* data) { return data; }
  std::byte* Get(std::size_t bytes) {
    return static_cast<std::byte*>(::operator new(bytes));
  }
  void Done(std::byte*& data) {
    ::operator delete(data);
    data = nullptr;
  }
};

struct Malloc {
  using Buffer = std::byte*;
  static std::byte* DataOf(std::byte* data) { return data; }
  std::byte* Get(std::size_t bytes) {
    return static_cast<std::byte*>(peer.allocate(bytes));
  }
  void Done(std::byte*& data) {
    if (data != nullptr) peer.deallocate(data);
    data = nullptr;
  }
  const MallocPeer& peer;
};

struct Pool {
  using Buffer = BudgetedPool::Buffer;
  static std::byte* DataOf(const Buffer& buffer) {
    return buffer.bytes().data();
  }
  Buffer Get(std::size_t bytes) { return pool.Acquire(bytes); }
  void Done(Buffer& buffer) { buffer.Return(); }
  BudgetedPool pool;
};

// An iteration is thousands of requests.
constexpr int kCounted = 2;

void AddCase(const std::string& program, std::size_t budget_bytes) {
  const std::string name = "budgeted_pool/replay_" + program;
  AddRow(name, Role::kBaseline, "new/delete",
         [program](benchmark::State& state) {
           NewDelete source;
           Play(state, source, program);
         })
      ->CountedIterations(kCounted);
  AddRow(name, Role::kSubject, "BudgetedPool",
         [program, budget_bytes](benchmark::State& state) {
           Pool source{{PowersOfTwo(), budget_bytes}};
           Play(state, source, program);
           const BudgetFigures figures = source.pool.Figures();
           state.counters["hit_rate"] =
               static_cast<double>(figures.hits) /
               static_cast<double>(figures.hits + figures.misses);
           state.counters["budget_KiB"] =
               static_cast<double>(budget_bytes) / 1024;
         })
      ->CountedIterations(kCounted);
  AddMallocPeerRows(
      name,
      [program](benchmark::State& state, const MallocPeer& peer) {
        Malloc source{peer};
        Play(state, source, program);
      },
      [](Row* row) { row->CountedIterations(kCounted); });
}

const RegisterRows registration([] {
  AddCase("git", 1'450'000);
  AddCase("gcc", 3'000'000);
});

}  // namespace
}  // namespace workbook
