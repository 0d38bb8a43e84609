// SPDX-License-Identifier: Apache-2.0

// A thread that would wait for ever for a connection that it holds itself.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "01_02/connection_pool.h"
#include "exercises/01_02/testing/borrower.h"
#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr nanoseconds kForEver = nanoseconds::max();

class Task11ConnectionPoolSelfWait : public BoundedTest {
 protected:
  FakePool& MakePool(std::size_t max_open) {
    return pool_.emplace(
        ConnectionPoolLimits{.max_open = max_open, .max_idle = max_open},
        HooksFor(server_));
  }
  Server server_;
  std::optional<FakePool> pool_;
};

// Whether Borrow throws on this thread. Should it wait instead, closing the
// pool ends the wait.
bool IsRefused(FakePool& pool) {
  std::atomic<bool> refused{false};
  std::atomic<bool> done{false};
  std::thread closer([&] {
    if (!Eventually([&] { return done.load(); })) pool.Close();
  });
  try {
    pool.Borrow(kForEver).Return();
  } catch (const std::system_error& error) {
    refused = error.code() == std::errc::resource_deadlock_would_occur;
  }
  done = true;
  closer.join();
  return refused;
}

TEST_F(Task11ConnectionPoolSelfWait, WhoHoldsAllIsRefused) {
  FakePool& pool = MakePool(2);
  FakePool::Lease first = pool.Borrow(kForEver);
  {
    FakePool::Lease second = pool.Borrow(kForEver);
    EXPECT_TRUE(IsRefused(pool)) << "no other thread could give one back";
    EXPECT_EQ(pool.Stats().waiting, 0u);
    EXPECT_TRUE(first->IsAlive());
  }
  EXPECT_FALSE(IsRefused(pool)) << "one is back: it is lent";
  first.Return();
  EXPECT_FALSE(IsRefused(pool));
}

TEST_F(Task11ConnectionPoolSelfWait, AWaitThatEndsIsNoDeadlock) {
  FakePool& pool = MakePool(1);
  const FakePool::Lease lease = pool.Borrow(kForEver);
  EXPECT_EQ(pool.Borrow(kNoWait).Status(), BorrowStatus::kTimedOut);
  EXPECT_EQ(pool.Borrow(milliseconds(2)).Status(), BorrowStatus::kTimedOut);
}

TEST_F(Task11ConnectionPoolSelfWait, WhoGotItFromTheQueueHoldsIt) {
  FakePool& pool = MakePool(1);
  FakePool::Lease lease = pool.Borrow(kForEver);
  std::atomic<bool> refused{false};
  Borrower borrower(pool);
  borrower.on_borrow = [&] { refused = IsRefused(pool); };
  ASSERT_TRUE(IsWaiting(pool, 1));
  lease.Return();
  EXPECT_TRUE(Eventually([&] { return borrower.done.load(); }));
  EXPECT_TRUE(refused) << "its lease was handed over to it while it waited";
}

// Returned at once to a borrower who waits, so that the connection has another
// owner before that one has woken.
TEST_F(Task11ConnectionPoolSelfWait, WhoGaveItBackHoldsItNoMore) {
  FakePool& pool = MakePool(1);
  for (int round = 0; round < 50; ++round) {
    FakePool::Lease lease = pool.Borrow(kForEver);
    Borrower borrower(pool);
    ASSERT_TRUE(IsWaiting(pool, 1));
    if (round % 2 == 1) lease.MarkBroken();
    lease.Return();
    ASSERT_FALSE(IsRefused(pool)) << "the borrower will return it";
  }
}

TEST_F(Task11ConnectionPoolSelfWait, AMovedLeaseMayBeAnotherThreads) {
  FakePool& pool = MakePool(2);
  const FakePool::Lease kept = pool.Borrow(kForEver);
  FakePool::Lease lease = pool.Borrow(kForEver);
  std::atomic<bool> go_on{false};
  std::thread other([moved = std::move(lease), &go_on]() mutable {
    EXPECT_TRUE(Eventually([&] { return go_on.load(); }));
    moved.Return();
  });
  std::thread opener([&] {
    EXPECT_TRUE(IsWaiting(pool, 1));
    go_on = true;
  });
  EXPECT_FALSE(IsRefused(pool)) << "the other thread gives it back";
  other.join();
  opener.join();
}

TEST_F(Task11ConnectionPoolSelfWait, AFactoryThatBorrowsIsRefused) {
  FakePool* itself = nullptr;
  std::atomic<bool> refused{false};
  FakePool::Hooks hooks = HooksFor(server_);
  hooks.open = [&] {
    if (server_.opened == 0) refused = IsRefused(*itself);
    return FakeConnection(server_);
  };
  FakePool pool({.max_open = 1, .max_idle = 1}, std::move(hooks));
  itself = &pool;
  EXPECT_EQ(pool.Borrow(kForEver)->Id(), 1);
  EXPECT_TRUE(refused) << "the only slot is the one that it opens";
}

}  // namespace
}  // namespace workbook
