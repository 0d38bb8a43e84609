// SPDX-License-Identifier: Apache-2.0

// Where a pool of objects wins, and where it gains little: drafts of answers
// that grow, points of 64 bytes, pages, reports of a mebibyte.
#include "exercises/03_04/object_pool_bench.h"

#include <string>

#include "tools/bench/rows.h"

namespace workbook::object_pool_bench {
namespace {

template <class T>
void AddPeers(const std::string& name) {
  using Resource = std::pmr::unsynchronized_pool_resource;
  AddRow(name, Role::kPeer, "std::pmr::unsynchronized_pool_resource",
         [](benchmark::State& state) {
           Resource resource({.max_blocks_per_chunk = 0,
                              .largest_required_pool_block = 2 << 20});
           InResource<T> source{&resource};
           UseOneByOne(state, source);
         });
  AddMallocPeerRows(name, [](benchmark::State& state, const MallocPeer& peer) {
    InMalloc<T> source{&peer};
    UseOneByOne(state, source);
  });
}

template <class T, class Source>
void Add(const std::string& name, Role role, const char* implementation) {
  AddRow(name, role, implementation, [](benchmark::State& state) {
    Source source;
    UseOneByOne(state, source);
  });
}

template <class T>
void AddCase(const std::string& name) {
  Add<T, NewDelete<T>>(name, Role::kBaseline, "new/delete");
  Add<T, Pooled<T>>(name, Role::kSubject, "ObjectPool");
  AddPeers<T>(name);
}

// boost::object_pool grows by doubling, from 32 objects on: too many reports.
template <class T>
void AddBoostPeer(const std::string& name) {
#ifdef WORKBOOK_HAS_BOOST_POOL
  Add<T, BoostObjectPool<T>>(name, Role::kPeer, "boost::object_pool");
#else
  AddGap(name, "boost::object_pool", "libboost1.81-dev");
#endif
}

const RegisterRows registration([] {
  AddCase<Draft>("object_pool/draft");
  AddBoostPeer<Draft>("object_pool/draft");
  Add<Draft, KeptByCaller<Draft>>("object_pool/draft", Role::kPeer,
                                  "one draft, cleared");
  AddCase<Point>("object_pool/point");
  AddBoostPeer<Point>("object_pool/point");
  AddCase<Page>("object_pool/page");
  AddBoostPeer<Page>("object_pool/page");
  AddCase<Report>("object_pool/report");
});

}  // namespace
}  // namespace workbook::object_pool_bench
