// SPDX-License-Identifier: Apache-2.0

// The tiers below the thread's cache, each alone: a batch from the central
// list, and a span from the page heap. The peers' figures stand in
// malloc_api_bench.cc.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

#include "01_01/central_free_list.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"

namespace workbook {
namespace {

constexpr std::size_t kObjects = 64;
constexpr std::size_t kSpanBytes = 5 * kPageBytes;

template <class Allocate, class Free>
void Single(benchmark::State& state, std::size_t bytes, Allocate allocate,
            Free free) {
  for (auto _ : state) {
    void* block = allocate(bytes);
    Keep(block);
    free(block);
  }
  state.SetItemsProcessed(state.iterations());
}

template <class Allocate, class Free>
void Many(benchmark::State& state, Allocate allocate, Free free) {
  std::array<void*, kObjects> objects;
  for (auto _ : state) {
    for (void*& object : objects) {
      object = allocate(64);
      Keep(object);
    }
    for (void* object : objects) free(object);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kObjects});
}

void* New(std::size_t bytes) { return ::operator new(bytes); }
void Delete(void* block) { ::operator delete(block); }

// What one writes first for 64 objects at a time: a lock around a vector.
class LockedVector {
 public:
  LockedVector() {
    for (std::size_t i = 0; i < kObjects; ++i) free_.push_back(New(64));
  }
  ~LockedVector() {
    for (void* object : free_) Delete(object);
  }
  LockedVector(const LockedVector&) = delete;
  LockedVector& operator=(const LockedVector&) = delete;

  [[gnu::noinline]] std::size_t Fetch(void** objects, std::size_t count) {
    const std::lock_guard lock(mutex_);
    count = std::min(count, free_.size());
    std::copy_n(free_.end() - static_cast<std::ptrdiff_t>(count), count,
                objects);
    free_.resize(free_.size() - count);
    return count;
  }
  [[gnu::noinline]] void Release(void** objects, std::size_t count) {
    const std::lock_guard lock(mutex_);
    free_.insert(free_.end(), objects, objects + count);
  }

 private:
  std::mutex mutex_;
  std::vector<void*> free_;
};

template <class List>
void FetchAndRelease(benchmark::State& state, List& list) {
  std::array<void*, kObjects> objects;
  for (auto _ : state) {
    const std::size_t count = list.Fetch(objects.data(), kObjects);
    Keep(objects);
    list.Release(objects.data(), count);
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kObjects});
}

void CentralFetch(benchmark::State& state) {
  LimitedPages source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  CentralFreeList list;
  list.Init(6, SizeClass{64, 1, 128}, heap, *map);
  FetchAndRelease(state, list);
}

void Spans(benchmark::State& state) {
  LimitedPages source;
  const auto map = std::make_unique<PageMap>();
  PageHeap heap(source, *map);
  for (auto _ : state) {
    Span* span = heap.Allocate(kSpanBytes / kPageBytes);
    Keep(span);
    heap.Free(span);
  }
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  constexpr char kFetch[] = "page_heap/central_fetch_64_objects";
  AddRow(kFetch, Role::kBaseline, "new/delete",
         [](benchmark::State& s) { Many(s, New, Delete); });
  AddRow(kFetch, Role::kSubject, "CentralFreeList", CentralFetch);
  AddRow(kFetch, Role::kPeer, "mutex + vector", [](benchmark::State& s) {
    LockedVector list;
    FetchAndRelease(s, list);
  });
  constexpr char kSpan[] = "page_heap/span_of_40_KiB";
  AddRow(kSpan, Role::kBaseline, "new/delete",
         [](benchmark::State& s) { Single(s, kSpanBytes, New, Delete); });
  AddRow(kSpan, Role::kSubject, "PageHeap", Spans);
});

}  // namespace
}  // namespace workbook
