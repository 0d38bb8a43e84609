// SPDX-License-Identifier: Apache-2.0

#include "03_04/leasing_pool.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "exercises/03_04/testing/tracked.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using Pool = LeasingPool<Tracked, TrackedPolicy>;
using TrackedLease = Lease<Tracked, TrackedPolicy>;

static_assert(!std::is_copy_constructible_v<TrackedLease>);
static_assert(std::is_nothrow_move_constructible_v<TrackedLease>);
static_assert(std::is_nothrow_move_assignable_v<TrackedLease>);

class Task5LeasingPool : public testing::Test {
 protected:
  Task5LeasingPool() { TrackedPolicy::Restore(); }
  ~Task5LeasingPool() override {
    EXPECT_EQ(Tracked::alive, 0) << "an object outlives the test";
  }
};

TEST_F(Task5LeasingPool, ALeaseThatEndsGivesItsObjectBack) {
  Pool pool({.max_idle = 4});
  const Tracked* first = nullptr;
  {
    const TrackedLease lease = pool.Take();
    ASSERT_TRUE(lease);
    first = &*lease;
    lease->number = 7;
    EXPECT_EQ(pool.Statistics().idle, 0u);
  }
  EXPECT_EQ(pool.Statistics().idle, 1u);
  const TrackedLease again = pool.Take();
  EXPECT_EQ(&*again, first);
  EXPECT_EQ(again->number, 0) << "reset as by every pool of task 2";
}

TEST_F(Task5LeasingPool, AnExceptionGivesTheObjectBack) {
  Pool pool({.max_idle = 4});
  const auto work = [&pool] {
    const TrackedLease lease = pool.Take();
    throw std::runtime_error("the request is broken");
  };
  EXPECT_THROW(work(), std::runtime_error);
  EXPECT_EQ(pool.Statistics().idle, 1u);
}

TEST_F(Task5LeasingPool, ALeaseMayOutliveItsPool) {
  auto pool = std::make_optional<Pool>(PoolBounds{.max_idle = 4});
  TrackedLease lease = pool->Take();
  lease->text.assign(1000, 'x');
  pool.reset();
  ASSERT_TRUE(lease);
  EXPECT_EQ(lease->text.size(), 1000u) << "the object is still the lease's";
  EXPECT_EQ(Tracked::alive, 1);
  lease.Return();
  EXPECT_FALSE(lease);
  EXPECT_EQ(Tracked::alive, 0) << "there is no pool to go back to";
}

TEST_F(Task5LeasingPool, IdleObjectsDieWithThePool) {
  auto pool = std::make_optional<Pool>(PoolBounds{.max_idle = 4});
  TrackedLease kept = pool->Take();
  { const TrackedLease other = pool->Take(); }
  ASSERT_EQ(Tracked::alive, 2);
  pool.reset();
  EXPECT_EQ(Tracked::alive, 1)
      << "one lease that lives on must not keep the idle objects alive";
}

TEST_F(Task5LeasingPool, AMovedLeaseReturnsItsObjectOnce) {
  Pool pool({.max_idle = 4});
  {
    TrackedLease first = pool.Take();
    TrackedLease second = std::move(first);
    EXPECT_FALSE(first);
    EXPECT_TRUE(second);
  }
  EXPECT_EQ(pool.Statistics().idle, 1u);
  EXPECT_EQ(TrackedPolicy::resets, 1);
}

TEST_F(Task5LeasingPool, AssigningToALeaseReturnsWhatItHad) {
  Pool pool({.max_idle = 4});
  TrackedLease first = pool.Take();
  TrackedLease second = pool.Take();
  const Tracked* const moved = &*second;
  first = std::move(second);
  EXPECT_EQ(pool.Statistics().idle, 1u)
      << "the object that the lease had before must go back, not die";
  EXPECT_EQ(&*first, moved);
  EXPECT_FALSE(second);
}

TEST_F(Task5LeasingPool, AssigningALeaseToItselfChangesNothing) {
  Pool pool({.max_idle = 4});
  TrackedLease lease = pool.Take();
  TrackedLease& same = lease;
  lease = std::move(same);
  EXPECT_TRUE(lease);
  EXPECT_EQ(pool.Statistics().idle, 0u);
}

TEST_F(Task5LeasingPool, ReturningTwiceIsReturningOnce) {
  Pool pool({.max_idle = 4});
  TrackedLease lease = pool.Take();
  lease.Return();
  lease.Return();
  EXPECT_FALSE(lease);
  EXPECT_EQ(pool.Statistics().idle, 1u);
  TrackedLease().Return();
}

TEST_F(Task5LeasingPool, ADetachedObjectNeverComesBack) {
  Pool pool({.max_idle = 4});
  TrackedLease lease = pool.Take();
  const std::unique_ptr<Tracked> object = lease.Detach();
  EXPECT_FALSE(lease);
  lease.Return();
  EXPECT_EQ(pool.Statistics().idle, 0u);
  ASSERT_NE(object, nullptr);
  EXPECT_EQ(Tracked::alive, 1);
}

TEST_F(Task5LeasingPool, LendingAnIdleObjectAllocatesNothing) {
  Pool pool({.max_idle = 4});
  pool.Take().Return();
  const AllocationScope scope;
  for (int i = 0; i < 1000; ++i) {
    const TrackedLease lease = pool.Take();
  }
  const AllocationCounts counts = scope.Counts();
  RecordProperty("thousand_leases", std::to_string(counts.allocations));
  EXPECT_EQ(counts.allocations, 0)
      << "a std::shared_ptr for each lease allocates its counts";
  EXPECT_EQ(counts.frees, 0);
}

TEST_F(Task5LeasingPool, AnObjectMayHoldALeaseOfTheSamePool) {
  auto pool = std::make_optional<Pool>(PoolBounds{.max_idle = 1});
  {
    const TrackedLease outer = pool->Take();
    auto inner = std::make_shared<TrackedLease>(pool->Take());
    outer->on_destroy = [inner] { inner->Return(); };
  }
  ASSERT_EQ(Tracked::alive, 2) << "the idle one holds a lease";
  pool.reset();
  EXPECT_EQ(Tracked::alive, 0);
}

TEST_F(Task5LeasingPool, TheLastOfPoolAndLeasesFreesAllMemory) {
  for (const bool pool_dies_first : {true, false}) {
    const AllocationScope scope;
    {
      auto pool = std::make_optional<Pool>(PoolBounds{.max_idle = 4});
      TrackedLease lease = pool->Take();
      TrackedLease detached = pool->Take();
      detached.Detach().reset();
      if (pool_dies_first) pool.reset();
      lease.Return();
    }
    EXPECT_EQ(scope.Counts().live_bytes, 0) << pool_dies_first;
  }
}

TEST_F(Task5LeasingPool, ManyLeasesInAnyOrder) {
  auto pool = std::make_optional<Pool>(PoolBounds{.max_idle = 3});
  std::vector<TrackedLease> leases;
  for (int i = 0; i < 10; ++i) leases.push_back(pool->Take());
  leases.erase(leases.begin() + 2, leases.begin() + 7);
  EXPECT_EQ(pool->Statistics().idle, 3u);
  EXPECT_EQ(pool->Statistics().dropped, 2u);
  EXPECT_EQ(Tracked::alive, 8);
  pool.reset();
  EXPECT_EQ(Tracked::alive, 5);
}

}  // namespace
}  // namespace workbook
