#include "01_02/connection_pool.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "exercises/01_02/testing/fake_connections.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::nanoseconds;
using std::chrono::seconds;

// A borrower waits twice as long as a test does, so that a lost wake-up is a
// failed expectation and not a hang.
constexpr seconds kLong = 2 * kBound;
constexpr nanoseconds kNoWait{0};

class Task8ConnectionPool : public BoundedTest {};
class Task8ConnectionPoolWaiting : public BoundedTest {};
class Task8ConnectionPoolAge : public BoundedTest {};
class Task8ConnectionPoolClose : public BoundedTest {};
class Task8ConnectionPoolMemory : public BoundedTest {};
class Task8ConnectionPoolSqlite : public BoundedTest {};

// A thread that borrows, tells what it got, and returns it.
class Borrower {
 public:
  explicit Borrower(FakePool& pool, nanoseconds timeout = kLong)
      : thread_([this, &pool, timeout] {
          try {
            FakePool::Lease lease = pool.Borrow(timeout);
            status = lease.Status();
            if (lease) id = lease->Id();
            if (on_borrow) on_borrow();
          } catch (const std::runtime_error&) {
            threw = true;
          }
          done = true;
        }) {}
  ~Borrower() { thread_.join(); }

  std::function<void()> on_borrow;
  std::atomic<BorrowStatus> status{BorrowStatus::kOk};
  std::atomic<int> id{0};
  std::atomic<bool> threw{false};
  std::atomic<bool> done{false};

 private:
  std::thread thread_;
};

bool IsWaiting(const FakePool& pool, std::size_t borrowers) {
  return Eventually([&] { return pool.Stats().waiting == borrowers; });
}

TEST_F(Task8ConnectionPool, OpensWhenNeededAndUsesAgain) {
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

TEST_F(Task8ConnectionPool, LendsTheLastReturnedFirst) {
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

TEST_F(Task8ConnectionPool, NeverExceedsItsMaximumAmongManyThreads) {
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

TEST_F(Task8ConnectionPool, CountsAConnectionThatIsStillBeingOpened) {
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

TEST_F(Task8ConnectionPool, KeepsNoMoreIdleThanAllowed) {
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

TEST_F(Task8ConnectionPool, ClosesWhatIsMarkedBroken) {
  Server server;
  FakePool pool({.max_open = 1, .max_idle = 1}, HooksFor(server));
  FakePool::Lease lease = pool.Borrow(kNoWait);
  lease.MarkBroken();
  lease.Return();
  EXPECT_EQ(server.connected, 0) << "a broken connection was kept";
  EXPECT_EQ(pool.Borrow(kNoWait)->Id(), 2);
  EXPECT_EQ(pool.Stats().unhealthy, 1u);
}

TEST_F(Task8ConnectionPool, ReplacesADeadConnectionBeforeItIsLent) {
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

TEST_F(Task8ConnectionPool, TakesAThrowingCheckAndCleanupForAFailure) {
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

TEST_F(Task8ConnectionPool, KeepsTheSlotOfAFactoryThatThrows) {
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

TEST_F(Task8ConnectionPool, LeaseMovesAndEndsOnce) {
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

TEST_F(Task8ConnectionPool, RefusesLimitsThatLendNothing) {
  Server server;
  EXPECT_THROW(FakePool({.max_open = 0}, HooksFor(server)),
               std::invalid_argument);
  EXPECT_THROW(FakePool({}, FakePool::Hooks{}), std::invalid_argument);
}

TEST_F(Task8ConnectionPoolWaiting, AReturnWakesTheBorrowerThatWaits) {
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

TEST_F(Task8ConnectionPoolWaiting, ServesInTheOrderOfArrival) {
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

TEST_F(Task8ConnectionPoolWaiting, ANewcomerDoesNotOvertake) {
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

TEST_F(Task8ConnectionPoolWaiting, EndsWhenItsTimeHasPassed) {
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

TEST_F(Task8ConnectionPoolWaiting, ABrokenOneMakesRoomForTheBorrowerThatWaits) {
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

TEST_F(Task8ConnectionPoolWaiting, AFailedFactoryPassesItsSlotOn) {
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

TEST_F(Task8ConnectionPoolAge, ClosesWhatIsTooOldBeforeItIsLentOrKept) {
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

TEST_F(Task8ConnectionPoolAge, ClosesWhatWasIdleTooLong) {
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

TEST_F(Task8ConnectionPoolAge, EvictsWithoutABorrower) {
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

TEST_F(Task8ConnectionPoolClose, WakesWhoeverWaitsAndSaysWhy) {
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

TEST_F(Task8ConnectionPoolClose, CleansUpIdleOnesNowAndLentOnesLater) {
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

TEST_F(Task8ConnectionPoolClose, RefusesWhatWasBeingOpenedMeanwhile) {
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

TEST_F(Task8ConnectionPoolClose, ALeaseMayOutliveItsPool) {
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

TEST_F(Task8ConnectionPoolMemory, BorrowAndReturnAllocateNothing) {
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

TEST_F(Task8ConnectionPoolMemory, SaysExactlyWhatItHolds) {
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

// A real connection, to a database in a file or in memory.
struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

Database Open(const std::string& path) {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(path.c_str(), &database);
  Database owned(database);
  if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database));
  sqlite3_busy_timeout(database, 4000);
  return owned;
}

int Query(sqlite3* database, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) !=
      SQLITE_OK) {
    throw std::runtime_error(sqlite3_errmsg(database));
  }
  const int code = sqlite3_step(statement);
  const int value =
      code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : -code;
  sqlite3_finalize(statement);
  return value;
}

TEST_F(Task8ConnectionPoolSqlite, ManyThreadsShareAFewConnections) {
  const char* const folder = std::getenv("TEST_TMPDIR");
  const std::string path = std::string(folder != nullptr ? folder : "/tmp") +
                           "/connection_pool_" + std::to_string(getpid());
  std::atomic<int> opened{0};
  ConnectionPool<Database> pool(
      {.max_open = 2, .max_idle = 2},
      {.open =
           [&] {
             ++opened;
             return Open(path);
           },
       .is_healthy =
           [](Database& d) { return Query(d.get(), "SELECT 1") == 1; },
       .cleanup = {}});
  Query(pool.Borrow(kLong)->get(), "CREATE TABLE hits (who INTEGER)");
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i) {
        ConnectionPool<Database>::Lease lease = pool.Borrow(kLong);
        if (!lease || Query(lease->get(), "INSERT INTO hits VALUES (1)") !=
                          -SQLITE_DONE) {
          ++failures;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(Query(pool.Borrow(kLong)->get(), "SELECT count(*) FROM hits"), 40);
  EXPECT_LE(opened, 2) << "44 queries need no more than two connections";
  std::remove(path.c_str());
}

TEST_F(Task8ConnectionPoolSqlite, AConnectionThatDiedIsReplaced) {
  ConnectionPool<Database> pool({.max_open = 1, .max_idle = 1},
                                {.open = [] { return Open(":memory:"); },
                                 .is_healthy =
                                     [](Database& d) {
                                       return d != nullptr &&
                                              Query(d.get(), "SELECT 1") == 1;
                                     },
                                 .cleanup = [](Database& d) { d.reset(); }});
  EXPECT_EQ(Query(pool.Borrow(kNoWait)->get(), "CREATE TABLE t (x)"),
            -SQLITE_DONE);
  EXPECT_EQ(Query(pool.Borrow(kNoWait)->get(), "SELECT count(*) FROM t"), 0)
      << "the same connection sees its own database in memory";
  pool.Borrow(kNoWait)->reset();
  ConnectionPool<Database>::Lease lease = pool.Borrow(kNoWait);
  ASSERT_TRUE(lease);
  ASSERT_NE(lease->get(), nullptr) << "a closed connection was lent";
  EXPECT_THROW(Query(lease->get(), "SELECT count(*) FROM t"),
               std::runtime_error)
      << "a new connection has a database of its own";
}

TEST(Task8ConnectionPoolDeathTest, AnEmptyLeaseHasNoConnection) {
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
