// SPDX-License-Identifier: Apache-2.0

// PoolAllocator on one thread: a request's object, which has a buffer of its
// own, made anew for each, taken from the pool, or kept by the caller.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "01_02/pool_allocator.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

// What a request needs while it is served: text that it grows, and fields.
struct Request {
  Request() {
    text.reserve(4096);
    fields.reserve(64);
  }
  std::string text;
  std::vector<std::uint32_t> fields;
};

std::unique_ptr<Request> Make() { return std::make_unique<Request>(); }

struct MakeEach {
  std::unique_ptr<Request> Get() { return Make(); }
  void Put(std::unique_ptr<Request>) {}
};

template <class Pool>
struct Pooled {
  Pool pool{Make};

  std::unique_ptr<Request> Get() { return pool.Get(); }
  void Put(std::unique_ptr<Request> request) { pool.Put(std::move(request)); }
};

// The least that keeps an object: the one of the caller, without a pool.
struct KeptByCaller {
  std::unique_ptr<Request> Get() { return std::move(kept); }
  void Put(std::unique_ptr<Request> request) { kept = std::move(request); }
  std::unique_ptr<Request> kept = Make();
};

// The least that keeps several: no generations, no count.
struct VectorOfIdle {
  std::unique_ptr<Request> Get() {
    if (idle.empty()) return Make();
    std::unique_ptr<Request> request = std::move(idle.back());
    idle.pop_back();
    return request;
  }
  void Put(std::unique_ptr<Request> request) {
    idle.push_back(std::move(request));
  }
  std::vector<std::unique_ptr<Request>> idle;
};

template <class Source>
void Serve(benchmark::State& state) {
  Source source;
  std::uint64_t served = 0;
  std::uint64_t wrong = 0;
  for (auto _ : state) {
    std::unique_ptr<Request> request = source.Get();
    request->text.assign("GET /records/17 HTTP/1.1");
    request->fields.assign(8, static_cast<std::uint32_t>(++served));
    Keep(request.get());
    wrong += request->text.size() != 24 || request->fields.size() != 8;
    source.Put(std::move(request));
  }
  Require(state, wrong == 0, "a request held another one's text");
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddRow("pool_allocator/request", Role::kBaseline, "make_unique",
         Serve<MakeEach>);
  AddRow("pool_allocator/request", Role::kSubject, "PoolAllocator",
         Serve<Pooled<PoolAllocator<Request>>>);
  AddRow("pool_allocator/request", Role::kPeer, "vector of idle requests",
         Serve<VectorOfIdle>);
  AddRow("pool_allocator/request", Role::kPeer, "one request, kept",
         Serve<KeptByCaller>);
});

}  // namespace
}  // namespace workbook
