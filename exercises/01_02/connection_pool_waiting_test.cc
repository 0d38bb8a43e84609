// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "01_02/connection_pool.h"
#include "exercises/01_02/testing/borrower.h"
#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

using std::chrono::nanoseconds;
using std::chrono::seconds;

class Task11ConnectionPoolWaiting : public BoundedTest {};
class Task11ConnectionPoolClose : public BoundedTest {};

TEST_F(Task11ConnectionPoolWaiting, AReturnWakesTheBorrowerThatWaits) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  for (int round = 0; round < 20; ++round) {
    FakePool::Lease lease = pool.Borrow(kLong);
    Borrower borrower(pool);
    ASSERT_TRUE(IsWaiting(pool, 1));
    EXPECT_FALSE(borrower.done);
    lease.Return();
    ASSERT_TRUE(Eventually([&] { return borrower.done.load(); }))
        << "lost wake-up: the connection is back, its borrower sleeps";
    EXPECT_EQ(borrower.id, 1);
  }
  EXPECT_EQ(server.opened, 1);
}

TEST_F(Task11ConnectionPoolWaiting, ServesInTheOrderOfArrival) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  std::vector<int> order;
  {
    std::vector<std::unique_ptr<Borrower>> borrowers;
    for (int i = 0; i < 5; ++i) {
      borrowers.push_back(std::make_unique<Borrower>(pool));
      borrowers.back()->on_borrow = [&order, i] { order.push_back(i); };
      ASSERT_TRUE(IsWaiting(pool, static_cast<std::size_t>(i) + 1));
    }
    lease.Return();
  }
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}))
      << "first come, first served";
}

TEST_F(Task11ConnectionPoolWaiting, ANewcomerDoesNotOvertake) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  std::atomic<bool> newcomer_served{false};
  std::atomic<bool> served_after_newcomer{false};
  Borrower borrower(pool);
  borrower.on_borrow = [&] { served_after_newcomer = newcomer_served.load(); };
  ASSERT_TRUE(IsWaiting(pool, 1));
  lease.Return();
  {
    const FakePool::Lease newcomer = pool.Borrow(kLong);
    newcomer_served = true;
  }
  EXPECT_TRUE(Eventually([&] { return borrower.done.load(); }));
  EXPECT_FALSE(served_after_newcomer) << "what came back was the waiter's";
}

TEST_F(Task11ConnectionPoolWaiting, EndsWhenItsTimeHasPassed) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server), clock);
  FakePool::Lease lease = pool.Borrow(kNoWait);
  EXPECT_EQ(pool.Borrow(kNoWait).Status(), BorrowStatus::kTimedOut);
  EXPECT_EQ(pool.Borrow(-seconds(1)).Status(), BorrowStatus::kTimedOut);
  Borrower patient(pool, nanoseconds::max());
  ASSERT_TRUE(IsWaiting(pool, 1));
  {
    Borrower hasty(pool, seconds(10));
    ASSERT_TRUE(IsWaiting(pool, 2));
    clock.Advance(seconds(9));
    EXPECT_FALSE(hasty.done);
    clock.Advance(seconds(1));
    EXPECT_TRUE(Eventually([&] { return hasty.done.load(); }))
        << "10 s have passed on the pool's clock";
    EXPECT_EQ(hasty.status, BorrowStatus::kTimedOut);
  }
  EXPECT_EQ(pool.Stats().timed_out, 3u);
  EXPECT_EQ(pool.Stats().waiting, 1u) << "who gave up is out of the queue";
  lease.Return();
  EXPECT_TRUE(Eventually([&] { return patient.done.load(); }))
      << "the connection went to a borrower who had left";
  EXPECT_EQ(patient.id, 1);
}

TEST_F(Task11ConnectionPoolWaiting,
       ABrokenOneMakesRoomForTheBorrowerThatWaits) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  Borrower borrower(pool);
  ASSERT_TRUE(IsWaiting(pool, 1));
  lease.MarkBroken();
  lease.Return();
  EXPECT_TRUE(Eventually([&] { return borrower.done.load(); }))
      << "lost wake-up: there is room to open, its borrower sleeps";
  EXPECT_EQ(borrower.id, 2);
  EXPECT_EQ(server.most_connected, 1) << "opened before the other was closed";
}

TEST_F(Task11ConnectionPoolWaiting, AFailedFactoryPassesItsSlotOn) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  server.refuses = true;
  Borrower first(pool);
  ASSERT_TRUE(IsWaiting(pool, 1));
  Borrower second(pool);
  ASSERT_TRUE(IsWaiting(pool, 2));
  lease.MarkBroken();
  lease.Return();
  EXPECT_TRUE(Eventually([&] { return first.done && second.done; }))
      << "the slot of the factory that threw was not passed on";
  EXPECT_TRUE(first.threw);
  EXPECT_TRUE(second.threw);
}

TEST_F(Task11ConnectionPoolClose, WakesWhoeverWaitsAndSaysWhy) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  Borrower first(pool);
  Borrower second(pool);
  ASSERT_TRUE(IsWaiting(pool, 2));
  pool.Close();
  EXPECT_TRUE(Eventually([&] { return first.done && second.done; }))
      << "the pool is closed, and borrowers still wait";
  EXPECT_EQ(first.status, BorrowStatus::kClosed);
  EXPECT_EQ(second.status, BorrowStatus::kClosed);
  EXPECT_STREQ(ToString(BorrowStatus::kClosed),
               "the connection pool is closed");
}

TEST_F(Task11ConnectionPoolClose, CleansUpIdleOnesNowAndLentOnesLater) {
  Server server;
  FakePool pool({.max_open = 4, .max_idle = 4}, HooksFor(server));
  FakePool::Lease lent = pool.Borrow(kNoWait);
  pool.Borrow(kNoWait).Return();
  pool.Close();
  EXPECT_EQ(server.cleaned, 1);
  EXPECT_TRUE(lent->IsAlive()) << "what is lent stays usable";
  lent.Return();
  EXPECT_EQ(server.cleaned, 2) << "returned to a closed pool, and kept";
  EXPECT_EQ(server.connected, 0);
  EXPECT_EQ(pool.Borrow(kLong).Status(), BorrowStatus::kClosed);
  EXPECT_EQ(server.opened, 2);
  pool.Close();
  EXPECT_EQ(server.cleaned_twice, 0);
}

TEST_F(Task11ConnectionPoolClose, RefusesWhatWasBeingOpenedMeanwhile) {
  Server server;
  FakePool* pool_to_close = nullptr;
  FakePool::Hooks hooks = HooksFor(server);
  hooks.open = [&] {
    pool_to_close->Close();
    return FakeConnection(server);
  };
  FakePool pool({.max_open = 1, .max_idle = 1}, std::move(hooks));
  pool_to_close = &pool;
  EXPECT_EQ(pool.Borrow(kNoWait).Status(), BorrowStatus::kClosed);
  EXPECT_EQ(server.cleaned, 1);
}

TEST_F(Task11ConnectionPoolClose, ALeaseMayOutliveItsPool) {
  Server server;
  FakePool::Lease lease;
  {
    FakePool pool({.max_open = 2, .max_idle = 2}, HooksFor(server));
    lease = pool.Borrow(kNoWait);
    pool.Borrow(kNoWait).Return();
  }
  EXPECT_EQ(server.connected, 1);
  EXPECT_TRUE(lease->IsAlive());
  lease.Return();
  EXPECT_EQ(server.connected, 0);
  EXPECT_EQ(server.cleaned, 2);
}

}  // namespace
}  // namespace workbook
