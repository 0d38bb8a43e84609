// SPDX-License-Identifier: Apache-2.0

// What a lease costs: points of 64 bytes that go back by themselves.
#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

#include "03_04/leasing_pool.h"
#include "03_04/object_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

struct Point {
  std::array<std::uint64_t, 8> coordinates{};
};

struct PointPolicy {
  static void Reset(Point& point) { point = Point(); }
  static std::size_t FootprintBytes(const Point&) { return sizeof(Point); }
};

using Pool = ObjectPool<Point, PointPolicy>;
constexpr PoolBounds kBounds{.max_idle = 64};

// `lease()` gets a point, whose destructor is the end of its use.
template <class Lease>
void LeaseOneByOne(benchmark::State& state, Lease lease) {
  std::uint64_t round = 0;
  std::uint64_t dirty = 0;
  for (auto _ : state) {
    const auto point = lease();
    Keep(&*point);
    dirty += point->coordinates[round % 8];
    point->coordinates[round % 8] = round;
    ++round;
    benchmark::ClobberMemory();
  }
  Require(state, dirty == 0, "a point was not as a new one");
  state.SetItemsProcessed(state.iterations());
}

struct GiveBack {
  void operator()(Point* point) const {
    pool->Give(std::unique_ptr<Point>(point));
  }
  Pool* pool;
};

const RegisterRows registration([] {
  constexpr char kCase[] = "leasing_pool/point";
  AddRow(kCase, Role::kBaseline, "new/delete", [](benchmark::State& state) {
    LeaseOneByOne(state, [] { return std::make_unique<Point>(); });
  });
  AddRow(kCase, Role::kSubject, "LeasingPool", [](benchmark::State& state) {
    LeasingPool<Point, PointPolicy> pool(kBounds);
    LeaseOneByOne(state, [&] { return pool.Take(); });
  });
  AddRow(kCase, Role::kPeer, "std::unique_ptr, deleter",
         [](benchmark::State& state) {
           Pool pool(kBounds);
           LeaseOneByOne(state, [&] {
             return std::unique_ptr<Point, GiveBack>(pool.Take().release(),
                                                     GiveBack{&pool});
           });
         });
  AddRow(kCase, Role::kPeer, "std::shared_ptr, deleter",
         [](benchmark::State& state) {
           Pool pool(kBounds);
           LeaseOneByOne(state, [&] {
             return std::shared_ptr<Point>(pool.Take().release(),
                                           GiveBack{&pool});
           });
         });
});

}  // namespace
}  // namespace workbook
