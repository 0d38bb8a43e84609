// SPDX-License-Identifier: Apache-2.0

// What is counted, what is read, and what a hook may do.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "01_02/connection_pool.h"
#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::minutes;
constexpr std::chrono::nanoseconds kNoWait{0};

class Task11ConnectionPoolPromises : public BoundedTest {};

class CountingClock : public ManualClock {
 public:
  TimePoint Now() const override {
    ++reads;
    return ManualClock::Now();
  }
  mutable std::atomic<int> reads{0};
};

TEST_F(Task11ConnectionPoolPromises, CountsWhatTheFactoryOpened) {
  Server server;
  FakePool pool({.max_open = 3, .max_idle = 3}, HooksFor(server));
  for (int round = 0; round < 2; ++round) {
    const FakePool::Lease three[] = {pool.Borrow(kNoWait), pool.Borrow(kNoWait),
                                     pool.Borrow(kNoWait)};
  }
  EXPECT_EQ(pool.Stats().opened, 3u) << "since the start";
  EXPECT_EQ(pool.Stats().reused, 3u);
}

TEST_F(Task11ConnectionPoolPromises, KeepsNoneIdleWhereNoneIsAllowed) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 0}, HooksFor(server));
  pool.Borrow(kNoWait).Return();
  EXPECT_EQ(pool.Stats().idle, 0u);
  EXPECT_EQ(server.connected, 0) << "closed at once";
  std::optional<FakePool::Lease> lease(pool.Borrow(kNoWait));
  int id = 0;
  std::thread waits([&] {
    const FakePool::Lease mine = pool.Borrow(std::chrono::nanoseconds::max());
    id = mine->Id();
  });
  while (pool.Stats().waiting == 0) std::this_thread::yield();
  lease.reset();
  waits.join();
  EXPECT_EQ(id, 2) << "whoever waits gets it: it was not idle";
}

TEST_F(Task11ConnectionPoolPromises, ReadsNoClockWithoutAgeLimits) {
  Server server;
  CountingClock clock;
  FakePool pool({.max_open = 2, .max_idle = 2}, HooksFor(server), clock);
  for (int i = 0; i < 100; ++i) pool.Borrow(kNoWait).Return();
  EXPECT_EQ(clock.reads, 0);
}

TEST_F(Task11ConnectionPoolPromises, AllocatesNothingAfterItsConstructor) {
  Server server;
  FakePool pool({.max_open = 4, .max_idle = 4},
                {.open = [&server] { return FakeConnection(server); },
                 .is_healthy = nullptr,
                 .cleanup = nullptr});
  const AllocationScope scope;
  {
    const FakePool::Lease all[] = {pool.Borrow(kNoWait), pool.Borrow(kNoWait),
                                   pool.Borrow(kNoWait), pool.Borrow(kNoWait)};
  }
  EXPECT_EQ(scope.Counts().allocations, 4)
      << "four connections have one of their own each";
}

struct CountsCopies {
  explicit CountsCopies(Server& the_server) : server(&the_server) {}
  CountsCopies(const CountsCopies& other)
      : server(other.server), copies(other.copies) {
    ++*copies;
  }
  CountsCopies(CountsCopies&&) = default;
  FakeConnection operator()() const { return FakeConnection(*server); }

  Server* server;
  std::shared_ptr<int> copies = std::make_shared<int>(0);
};

TEST_F(Task11ConnectionPoolPromises, OwnsItsHooksWithoutACopy) {
  Server server;
  const CountsCopies open(server);
  FakePool::Hooks hooks;
  hooks.open = open;
  const int before = *open.copies;
  FakePool pool({}, std::move(hooks));
  EXPECT_EQ(*open.copies, before);
  EXPECT_TRUE(pool.Borrow(kNoWait));
}

TEST_F(Task11ConnectionPoolPromises, LendsEveryConnectionWithoutAHealthCheck) {
  Server server;
  FakePool::Hooks hooks = HooksFor(server);
  hooks.is_healthy = nullptr;
  FakePool pool({}, std::move(hooks));
  {
    const FakePool::Lease lease = pool.Borrow(kNoWait);
    lease->Kill();
  }
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 1);
  EXPECT_EQ(pool.Stats().opened, 1u);
}

TEST_F(Task11ConnectionPoolPromises, AMarkBelongsToItsConnection) {
  Server server;
  FakePool pool({.max_open = 2, .max_idle = 2}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  lease.MarkBroken();
  FakePool::Lease moved = std::move(lease);
  moved.Return();
  EXPECT_EQ(server.connected, 0) << "the mark moved along";
  moved = pool.Borrow(kNoWait);
  moved.Return();
  EXPECT_EQ(pool.Stats().idle, 1u) << "and did not stay for the next one";
  EXPECT_EQ(pool.Stats().unhealthy, 1u);
}

TEST_F(Task11ConnectionPoolPromises, EvictsWhatIsTooOldWithoutAnIdleTimeOut) {
  Server server;
  ManualClock clock;
  FakePool pool({.max_open = 2, .max_lifetime = minutes(10)}, HooksFor(server),
                clock);
  pool.Borrow(kNoWait).Return();
  clock.Advance(minutes(10));
  EXPECT_EQ(pool.EvictExpired(), 1u);
  EXPECT_EQ(pool.Stats().expired, 1u);
  EXPECT_EQ(server.connected, 0);
}

TEST_F(Task11ConnectionPoolPromises, HooksMayCallThePool) {
  Server server;
  FakePool* pool = nullptr;
  FakePool::Hooks hooks = HooksFor(server);
  std::size_t asked = 0;
  hooks.is_healthy = [&](FakeConnection&) {
    asked += pool->Stats().open;
    return true;
  };
  hooks.cleanup = [&](FakeConnection&) { asked += pool->Stats().open; };
  FakePool held({.max_open = 1, .max_idle = 1}, std::move(hooks));
  pool = &held;
  held.Borrow(kNoWait).Return();
  held.Borrow(kNoWait).Return();
  held.Close();
  EXPECT_EQ(asked, 2u) << "once by the check, once by the cleanup";
}

}  // namespace
}  // namespace workbook
