// SPDX-License-Identifier: Apache-2.0

// Where a pool of objects loses: a page for each of many tenants, and a pool
// that threads share behind one lock.
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "exercises/03_04/object_pool_bench.h"
#include "tools/bench/rows.h"

namespace workbook::object_pool_bench {
namespace {

// A pool for each of a thousand tenants, who come in a fresh order. The pools
// hold a page each, four mebibytes; new/delete uses one page for all.
constexpr std::size_t kTenants = 1024;

template <class Source>
void PageOfATenant(benchmark::State& state, std::vector<Source>& sources) {
  std::uint64_t round = 0;
  for (auto _ : state) {
    // A step of an odd stride by a mixed number: each tenant equally often.
    const std::uint64_t mixed = round * 0x9E3779B97F4A7C15u;
    Source& source = sources[(mixed >> 32) % sources.size()];
    auto object = source.Get();
    Use(*object, round++);
    source.Done(object);
  }
  state.SetItemsProcessed(state.iterations());
}

void AddTenants(const std::string& name) {
  AddRow(name, Role::kBaseline, "new/delete", [](benchmark::State& state) {
    std::vector<NewDelete<Page>> sources(kTenants);
    PageOfATenant(state, sources);
  });
  AddRow(name, Role::kSubject, "ObjectPool", [](benchmark::State& state) {
    struct PoolOfOne {
      std::unique_ptr<Page> Get() { return pool->Take(); }
      void Done(std::unique_ptr<Page>& page) { pool->Give(std::move(page)); }
      std::unique_ptr<ObjectPool<Page, KeepAll>> pool =
          std::make_unique<ObjectPool<Page, KeepAll>>(
              PoolBounds{.max_idle = 1});
    };
    std::vector<PoolOfOne> sources(kTenants);
    for (PoolOfOne& source : sources) {
      auto page = source.Get();
      Use(*page, 0);
      source.Done(page);
    }
    PageOfATenant(state, sources);
  });
  AddMallocPeerRows(name, [](benchmark::State& state, const MallocPeer& peer) {
    std::vector<InMalloc<Page>> sources(kTenants, InMalloc<Page>{&peer});
    PageOfATenant(state, sources);
  });
}

// One pool for all threads, behind one lock.
struct LockedPool {
  std::unique_ptr<Point> Get() {
    const std::lock_guard lock(mutex);
    return pool.Take();
  }
  void Done(std::unique_ptr<Point>& object) {
    const std::lock_guard lock(mutex);
    pool.Give(std::move(object));
  }
  std::mutex mutex;
  ObjectPool<Point, KeepAll> pool{PoolBounds{.max_idle = 64}};
};

struct SynchronizedResource : InResource<Point> {
  SynchronizedResource() : InResource<Point>{&synchronized} {}
  std::pmr::synchronized_pool_resource synchronized;
};

template <class Source>
void AddShared(const std::string& name, Role role, const char* implementation) {
  AddSharedRow<Source>(
      name, role, implementation, [] { return std::make_unique<Source>(); },
      [](benchmark::State& state, Source& source) {
        UseOneByOne(state, source);
      })
      ->ThreadRange();
}

const RegisterRows registration([] {
  AddTenants("object_pool/page_of_each_tenant");

  constexpr char kShared[] = "object_pool/point_one_lock";
  AddShared<NewDelete<Point>>(kShared, Role::kBaseline, "new/delete");
  AddShared<LockedPool>(kShared, Role::kSubject, "ObjectPool, one mutex");
  AddShared<SynchronizedResource>(kShared, Role::kPeer,
                                  "std::pmr::synchronized_pool_resource");
  AddMallocPeerRows(
      kShared,
      [](benchmark::State& state, const MallocPeer& peer) {
        InMalloc<Point> source{&peer};
        UseOneByOne(state, source);
      },
      [](Row* row) { row->ThreadRange(); });
});

}  // namespace
}  // namespace workbook::object_pool_bench
