// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "01_02/connection_pool.h"
#include "exercises/01_02/testing/borrower.h"
#include "tools/exercise/testing/bounded_test.h"

namespace workbook {
namespace {

class Task11ConnectionPoolSqlite : public BoundedTest {};

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

TEST_F(Task11ConnectionPoolSqlite, ManyThreadsShareAFewConnections) {
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

TEST_F(Task11ConnectionPoolSqlite, AConnectionThatDiedIsReplaced) {
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

}  // namespace
}  // namespace workbook
