// SPDX-License-Identifier: Apache-2.0

// Objects, and ways to get them, that the benchmarks of ObjectPool share.
#ifndef WORKBOOK_EXERCISES_03_04_OBJECT_POOL_BENCH_H_
#define WORKBOOK_EXERCISES_03_04_OBJECT_POOL_BENCH_H_

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "03_04/object_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/malloc_peers.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_POOL
#include <boost/pool/object_pool.hpp>
#endif

namespace workbook::object_pool_bench {

// The first draft of an answer: two texts that grow as it is written.
template <class Text>
struct BasicDraft {
  Text head;
  Text body;
};
using Draft = BasicDraft<std::string>;
using PmrDraft = BasicDraft<std::pmr::string>;

// Sixty-four bytes that a new one has zeroed.
struct Point {
  std::array<std::uint64_t, 8> coordinates{};
};

// A page that a new one leaves as it is: a use writes all of it.
struct Page {
  Page() {}
  std::array<std::byte, 4096> bytes;
};

// A mebibyte, of which a use writes one byte in each page.
struct Report {
  Report() {}
  std::array<std::byte, 1 << 20> bytes;
};

struct KeepAll {
  static void Reset(Draft& draft) {
    draft.head.clear();
    draft.body.clear();
  }
  static void Reset(Point& point) { point = Point(); }
  static void Reset(Page&) {}
  static void Reset(Report&) {}

  static std::size_t FootprintBytes(const Draft& draft) {
    return sizeof(draft) + draft.head.capacity() + draft.body.capacity();
  }
  template <class T>
  static std::size_t FootprintBytes(const T&) {
    return sizeof(T);
  }
};

template <class Text>
void Use(BasicDraft<Text>& draft, std::uint64_t round) {
  constexpr std::string_view kLine = "X-Served-By: the workbook\r\n";
  constexpr std::string_view kChunk =
      "<p>This paragraph has about as much text as one row of a table.</p>\n";
  for (std::uint64_t i = 0; i < 4 + round % 4; ++i) draft.head += kLine;
  for (std::uint64_t i = 0; i < 24 + round % 8; ++i) draft.body += kChunk;
  Keep(draft.body.data());
}
inline void Use(Point& point, std::uint64_t round) {
  Keep(&point);
  point.coordinates[round % 8] += round;
  benchmark::ClobberMemory();
}
inline void Use(Page& page, std::uint64_t round) {
  std::memset(page.bytes.data(), static_cast<int>(round % 251),
              page.bytes.size());
  Keep(&page);
  benchmark::ClobberMemory();
}
inline void Use(Report& report, std::uint64_t round) {
  for (std::size_t at = 0; at < report.bytes.size(); at += sizeof(Page)) {
    report.bytes[at] = static_cast<std::byte>(round);
  }
  Keep(&report);
  benchmark::ClobberMemory();
}

// Whether the object is as a new one: what a pool has to promise.
inline bool IsNew(const Point& point) {
  return point.coordinates == Point().coordinates;
}
template <class Text>
bool IsNew(const BasicDraft<Text>& draft) {
  return draft.head.empty() && draft.body.empty();
}
template <class T>
bool IsNew(const T&) {
  return true;
}

// Gets an object, uses it and is done with it, again and again.
template <class Source>
void UseOneByOne(benchmark::State& state, Source& source) {
  std::uint64_t round = 0;
  std::uint64_t dirty = 0;
  for (auto _ : state) {
    auto object = source.Get();
    if (!IsNew(*object)) ++dirty;
    Use(*object, round++);
    source.Done(object);
  }
  Require(state, dirty == 0, "an object was not as a new one");
  state.SetItemsProcessed(state.iterations());
}

template <class T>
struct NewDelete {
  std::unique_ptr<T> Get() { return std::make_unique<T>(); }
  void Done(std::unique_ptr<T>& object) { object.reset(); }
};

template <class T>
struct Pooled {
  std::unique_ptr<T> Get() { return pool.Take(); }
  void Done(std::unique_ptr<T>& object) { pool.Give(std::move(object)); }
  ObjectPool<T, KeepAll> pool{
      {.max_idle = 64, .max_object_bytes = std::size_t{2} << 20}};
};

// One object that the caller keeps and resets itself: no pool, and no more than
// one at a time.
template <class T>
struct KeptByCaller {
  T* Get() { return &object; }
  void Done(T* used) { KeepAll::Reset(*used); }
  T object{};
};

// A malloc as a memory_resource, for objects that allocate more.
class MallocResource : public std::pmr::memory_resource {
 public:
  explicit MallocResource(const MallocPeer& peer) : peer_(peer) {}

 private:
  void* do_allocate(std::size_t bytes, std::size_t) override {
    return peer_.allocate(bytes);
  }
  void do_deallocate(void* block, std::size_t, std::size_t) override {
    peer_.deallocate(block);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
  const MallocPeer& peer_;
};

// Makes each object, and what it allocates, in a memory_resource.
template <class T>
struct InResource {
  using Made = std::conditional_t<std::is_same_v<T, Draft>, PmrDraft, T>;
  Made* Get() {
    void* const block = resource->allocate(sizeof(Made), alignof(Made));
    if constexpr (std::is_same_v<Made, PmrDraft>) {
      return new (block)
          Made{std::pmr::string(resource), std::pmr::string(resource)};
    } else {
      return new (block) Made;
    }
  }
  void Done(Made* object) {
    std::destroy_at(object);
    resource->deallocate(object, sizeof(Made), alignof(Made));
  }
  std::pmr::memory_resource* resource;
};

// Makes each object in a block of a malloc, which is called by pointer.
template <class T>
struct InMalloc {
  T* Get() { return new (peer->allocate(sizeof(T))) T; }
  void Done(T* object) {
    std::destroy_at(object);
    peer->deallocate(object);
  }
  const MallocPeer* peer;
};
// Its texts need a memory_resource, which calls the malloc.
template <>
struct InMalloc<Draft> : InResource<Draft> {
  explicit InMalloc(const MallocPeer* peer)
      : InResource<Draft>{nullptr}, malloc_resource(*peer) {
    resource = &malloc_resource;
  }
  MallocResource malloc_resource;
};

#ifdef WORKBOOK_HAS_BOOST_POOL
template <class T>
struct BoostObjectPool {
  T* Get() { return pool.construct(); }
  void Done(T* object) { pool.destroy(object); }
  boost::object_pool<T> pool;
};
#endif

}  // namespace workbook::object_pool_bench

#endif  // WORKBOOK_EXERCISES_03_04_OBJECT_POOL_BENCH_H_
