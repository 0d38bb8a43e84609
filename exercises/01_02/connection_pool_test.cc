// SPDX-License-Identifier: Apache-2.0

#include "01_02/connection_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "exercises/01_02/testing/borrower.h"
#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

class Task11ConnectionPool : public BoundedTest {};
class Task11ConnectionPoolAge : public BoundedTest {};
class Task11ConnectionPoolMemory : public BoundedTest {};

TEST_F(Task11ConnectionPool, OpensWhenNeededAndUsesAgain) {
  Server server;
  FakePool pool({.max_open = 4, .max_idle = 4}, HooksFor(server));
  EXPECT_EQ(server.opened, 0) << "nothing is opened before it is needed";
  for (int i = 0; i < 100; ++i) {
    FakePool::Lease lease = pool.Borrow(kNoWait);
    ASSERT_TRUE(lease);
    EXPECT_EQ(lease->Id(), 1);
  }
  EXPECT_EQ(server.opened, 1) << "one borrower at a time needs one connection";
  EXPECT_EQ(pool.Stats().reused, 99u);
}

TEST_F(Task11ConnectionPool, LendsTheLastReturnedFirst) {
  Server server;
  FakePool pool({.max_open = 2, .max_idle = 2}, HooksFor(server));
  FakePool::Lease first = pool.Borrow(kNoWait);
  FakePool::Lease second = pool.Borrow(kNoWait);
  const int last_returned = first->Id();
  second.Return();
  first.Return();
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), last_returned)
      << "the warm one is lent, and the other may grow old";
}

TEST_F(Task11ConnectionPool, NeverExceedsItsMaximumAmongManyThreads) {
  Server server;
  std::atomic<int> timed_out{0};
  {
    FakePool pool({.max_open = 3, .max_idle = 1}, HooksFor(server));
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t) {
      threads.emplace_back([&, t] {
        for (int i = 0; i < 300; ++i) {
          if (i % 50 == t) server.refuses = !server.refuses;
          try {
            FakePool::Lease lease = pool.Borrow(kLong);
            if (!lease) {
              ++timed_out;
              continue;
            }
            lease->Use();
            if (i % 7 == 0) lease.MarkBroken();
            if (i % 11 == 0) lease->Kill();
          } catch (const std::runtime_error&) {
          }
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_LE(pool.Stats().open, 1u) << "only max_idle stay open";
  }
  EXPECT_LE(server.most_connected, 3) << "max_open is 3";
  EXPECT_EQ(server.used_by_two, 0) << "one connection lent to two borrowers";
  EXPECT_EQ(timed_out, 0) << "a slot or a wake-up was lost";
  EXPECT_EQ(server.cleaned, server.opened) << "each is cleaned up once";
  EXPECT_EQ(server.cleaned_twice, 0);
  EXPECT_EQ(server.connected, 0);
}

TEST_F(Task11ConnectionPool, CountsAConnectionThatIsStillBeingOpened) {
  Server server;
  std::atomic<int> opening{0};
  std::atomic<bool> may_open{false};
  FakePool::Hooks hooks = HooksFor(server);
  hooks.open = [&] {
    ++opening;
    Eventually([&] { return may_open.load(); });
    return FakeConnection(server);
  };
  FakePool pool({.max_open = 2, .max_idle = 2}, std::move(hooks));
  Borrower first(pool);
  Borrower second(pool);
  EXPECT_TRUE(Eventually([&] { return opening == 2; }))
      << "two factories may run at once";
  EXPECT_EQ(pool.Borrow(kNoWait).Status(), BorrowStatus::kTimedOut)
      << "two are being opened, and max_open is 2";
  may_open = true;
  EXPECT_TRUE(Eventually([&] { return first.done && second.done; }));
  EXPECT_EQ(opening, 2);
}

TEST_F(Task11ConnectionPool, KeepsNoMoreIdleThanAllowed) {
  Server server;
  FakePool pool({.max_open = 4, .max_idle = 2}, HooksFor(server));
  {
    std::vector<FakePool::Lease> leases;
    for (int i = 0; i < 4; ++i) leases.push_back(pool.Borrow(kNoWait));
  }
  EXPECT_EQ(pool.Stats().idle, 2u);
  EXPECT_EQ(server.connected, 2);
  EXPECT_EQ(server.cleaned, 2) << "what is not kept is cleaned up";
}

TEST_F(Task11ConnectionPool, ClosesWhatIsMarkedBroken) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  lease.MarkBroken();
  lease.Return();
  EXPECT_EQ(server.connected, 0) << "a broken connection was kept";
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 2);
  EXPECT_EQ(pool.Stats().unhealthy, 1u);
}

TEST_F(Task11ConnectionPool, ReplacesADeadConnectionBeforeItIsLent) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  pool.Borrow(kNoWait)->Kill();
  FakePool::Lease lease = pool.Borrow(kNoWait);
  ASSERT_TRUE(lease) << "the dead one's place is free for a new one";
  EXPECT_TRUE(lease->IsAlive()) << "a dead connection was lent";
  EXPECT_EQ(server.cleaned, 1);
  EXPECT_EQ(pool.Stats().unhealthy, 1u);
  EXPECT_EQ(pool.Stats().reused, 0u);
}

TEST_F(Task11ConnectionPool, TakesAThrowingCheckAndCleanupForAFailure) {
  Server server;
  FakePool::Hooks hooks = HooksFor(server);
  hooks.is_healthy = [](FakeConnection&) -> bool { throw 1; };
  hooks.cleanup = [](FakeConnection&) { throw 2; };
  FakePool pool({.max_open = 1, .max_idle = 1}, std::move(hooks));
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 1);
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 2);
  EXPECT_EQ(server.connected, 1);
  EXPECT_EQ(pool.Stats().failed_cleanups, 1u);
}

TEST_F(Task11ConnectionPool, KeepsTheSlotOfAFactoryThatThrows) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  server.refuses = true;
  for (int i = 0; i < 5; ++i) {
    EXPECT_THROW(pool.Borrow(kNoWait), std::runtime_error)
        << "the factory's exception reaches the borrower";
  }
  server.refuses = false;
  EXPECT_EQ(pool.Borrow(kNoWait).Status(), BorrowStatus::kOk)
      << "the only slot was lost when the factory threw";
  EXPECT_EQ(pool.Stats().failed_opens, 5u);
}

TEST_F(Task11ConnectionPool, LeaseMovesAndEndsOnce) {
  Server server;
  FakePool pool({.max_open = 2, .max_idle = 2}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  FakePool::Lease moved = std::move(lease);
  EXPECT_FALSE(lease);
  EXPECT_EQ(moved->Id(), 1);
  lease.Return();
  EXPECT_EQ(pool.Stats().idle, 0u) << "an empty lease returns nothing";
  moved = pool.Borrow(kNoWait);
  EXPECT_EQ(pool.Stats().idle, 1u) << "assigning ends the lease before";
  moved.Return();
  moved.Return();
  EXPECT_FALSE(moved);
  EXPECT_EQ(pool.Stats().idle, 2u);
}

TEST_F(Task11ConnectionPool, RefusesLimitsThatLendNothing) {
  Server server;
  EXPECT_THROW(FakePool({.max_open = 0}, HooksFor(server)),
               std::invalid_argument);
  EXPECT_THROW(FakePool({}, FakePool::Hooks{}), std::invalid_argument);
}

TEST_F(Task11ConnectionPoolAge, ClosesWhatIsTooOldBeforeItIsLentOrKept) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 2, .max_idle = 2, .max_lifetime = minutes(10)},
                HooksFor(server), clock);
  pool.Borrow(kNoWait).Return();
  clock.Advance(minutes(10) - nanoseconds(1));
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 1) << "one nanosecond is left";
  clock.Advance(nanoseconds(1));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  EXPECT_EQ(lease->Id(), 2) << "10 minutes old: not to be lent again";
  clock.Advance(minutes(10));
  lease.Return();
  EXPECT_EQ(server.connected, 0) << "10 minutes old: not to be kept";
  EXPECT_EQ(pool.Stats().expired, 2u);
  EXPECT_EQ(server.cleaned, 2);
}

TEST_F(Task11ConnectionPoolAge, ClosesWhatWasIdleTooLong) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 2, .max_idle = 2, .idle_timeout = minutes(1)},
                HooksFor(server), clock);
  for (int i = 0; i < 5; ++i) {
    pool.Borrow(kNoWait).Return();
    clock.Advance(seconds(59));
  }
  EXPECT_EQ(server.opened, 1) << "59 s idle is less than a minute";
  clock.Advance(seconds(1));
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 2);
  EXPECT_EQ(pool.Stats().expired, 1u);
}

TEST_F(Task11ConnectionPoolAge, EvictsWithoutABorrower) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 3, .max_idle = 3, .idle_timeout = minutes(1)},
                HooksFor(server), clock);
  FakePool::Lease first = pool.Borrow(kNoWait);
  FakePool::Lease second = pool.Borrow(kNoWait);
  pool.Borrow(kNoWait).Return();
  first.Return();
  EXPECT_EQ(pool.EvictExpired(), 0u);
  clock.Advance(seconds(40));
  second.Return();
  clock.Advance(seconds(40));
  EXPECT_EQ(pool.EvictExpired(), 2u) << "two were idle for 80 s";
  EXPECT_EQ(server.connected, 1);
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 2) << "and one for 40 s";
}

TEST_F(Task11ConnectionPoolMemory, BorrowAndReturnAllocateNothing) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 4,
                 .max_idle = 4,
                 .max_lifetime = hours(1),
                 .idle_timeout = hours(1)},
                HooksFor(server), clock);
  {
    const FakePool::Lease warm[] = {pool.Borrow(kNoWait), pool.Borrow(kNoWait)};
  }
  const AllocationScope scope;
  for (int i = 0; i < 1000; ++i) {
    FakePool::Lease first = pool.Borrow(kNoWait);
    FakePool::Lease second = pool.Borrow(kNoWait);
    ASSERT_TRUE(first && second);
  }
  EXPECT_EQ(scope.Counts().allocations, 0) << "for 2000 leases";
}

TEST_F(Task11ConnectionPoolMemory, SaysExactlyWhatItHolds) {
  Server server;
  FakePool::Hooks hooks = HooksFor(server);
  const AllocationScope scope;
  {
    FakePool pool({.max_open = 100, .max_idle = 10}, std::move(hooks));
    EXPECT_EQ(static_cast<std::int64_t>(pool.Stats().bytes_held),
              scope.Counts().live_bytes);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0);
}

TEST(Task11ConnectionPoolDeathTest, AnEmptyLeaseHasNoConnection) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  lease.Return();
  if constexpr (kDebugChecks) {
    EXPECT_DEATH(*lease, "this lease holds no connection");
    EXPECT_DEATH(lease.MarkBroken(), "this lease holds no connection");
  }
}

}  // namespace
}  // namespace workbook
