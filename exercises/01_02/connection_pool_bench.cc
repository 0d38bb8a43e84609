// SPDX-License-Identifier: Apache-2.0

// ConnectionPool over SQLite: a lease alone, and a query by primary key against
// opening and closing a connection for it.
#include <benchmark/benchmark.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "01_02/connection_pool.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

namespace workbook {
namespace {

constexpr int kRows = 1000;
constexpr std::size_t kMaxOpen = 16;
constexpr std::chrono::seconds kPatience{10};

// The value of row `id`, which a query must find.
std::int64_t ValueOf(std::int64_t id) { return id * 7919 % 10007; }

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
  }
};

// A connection with its query prepared, as one keeps it in a pool.
class Connection {
 public:
  explicit Connection(const std::string& path) {
    sqlite3* database = nullptr;
    const int code = sqlite3_open(path.c_str(), &database);
    database_.reset(database);
    sqlite3_stmt* statement = nullptr;
    if (code != SQLITE_OK ||
        sqlite3_prepare_v2(database, "SELECT value FROM t WHERE id = ?", -1,
                           &statement, nullptr) != SQLITE_OK) {
      throw std::runtime_error(sqlite3_errmsg(database));
    }
    query_.reset(statement);
  }
  std::int64_t Find(std::int64_t id) {
    sqlite3_bind_int64(query_.get(), 1, id);
    const bool found = sqlite3_step(query_.get()) == SQLITE_ROW;
    const std::int64_t value =
        found ? sqlite3_column_int64(query_.get(), 0) : -1;
    sqlite3_reset(query_.get());
    return value;
  }

 private:
  std::unique_ptr<sqlite3, CloseDatabase> database_;
  std::unique_ptr<sqlite3_stmt, FinalizeStatement> query_;
};

// A database in a file of this process's own, removed in the end.
class DatabaseFile {
 public:
  DatabaseFile()
      : path_(std::filesystem::temp_directory_path() /
              ("connection_pool_bench_" + std::to_string(getpid()))) {
    sqlite3* database = nullptr;
    sqlite3_open(path_.c_str(), &database);
    std::string sql = "BEGIN; CREATE TABLE t (id INTEGER PRIMARY KEY, value);";
    for (int id = 0; id < kRows; ++id) {
      sql += "INSERT INTO t VALUES (" + std::to_string(id) + "," +
             std::to_string(ValueOf(id)) + ");";
    }
    sql += "COMMIT;";
    const int code =
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr);
    sqlite3_close(database);
    if (code != SQLITE_OK) throw std::runtime_error("no database at " + path_);
  }
  ~DatabaseFile() { std::remove(path_.c_str()); }
  Connection Open() const { return Connection(path_); }

 private:
  const std::string path_;
};

// The naive way: a connection for each use.
struct OpenEachTime {
  template <typename Use>
  void WithConnection(Use use) {
    Connection connection = database.Open();
    use(connection);
  }
  DatabaseFile database;
};

struct Pooled {
  template <typename Use>
  void WithConnection(Use use) {
    ConnectionPool<Connection>::Lease lease = pool.Borrow(kPatience);
    use(*lease);
  }
  DatabaseFile database;
  ConnectionPool<Connection> pool{{.max_open = kMaxOpen, .max_idle = kMaxOpen},
                                  {.open = [this] { return database.Open(); },
                                   .is_healthy = {},
                                   .cleanup = {}}};
};

// The least that works: no maximum, no waiting, no check, no age, no close.
struct MutexAndVector {
  template <typename Use>
  void WithConnection(Use use) {
    std::unique_ptr<Connection> connection;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        connection = std::move(idle.back());
        idle.pop_back();
      }
    }
    if (connection == nullptr) {
      connection = std::make_unique<Connection>(database.Open());
    }
    use(*connection);
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(connection));
  }
  DatabaseFile database;
  std::mutex mutex;
  std::vector<std::unique_ptr<Connection>> idle;
};

// With the pool's maximum, and patience where all are out.
struct BoundedVector {
  template <typename Use>
  void WithConnection(Use use) {
    std::unique_ptr<Connection> connection = Take();
    use(*connection);
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(connection));
    if (waiting != 0) returned.notify_one();
  }
  std::unique_ptr<Connection> Take() {
    std::unique_lock lock(mutex);
    if (idle.empty() && opened == kMaxOpen) {
      ++waiting;
      returned.wait_for(lock, kPatience, [this] { return !idle.empty(); });
      --waiting;
    }
    if (idle.empty()) {
      if (opened == kMaxOpen) throw std::runtime_error("no connection is free");
      ++opened;
      lock.unlock();
      return std::make_unique<Connection>(database.Open());
    }
    std::unique_ptr<Connection> connection = std::move(idle.back());
    idle.pop_back();
    return connection;
  }
  DatabaseFile database;
  std::mutex mutex;
  std::condition_variable returned;
  std::size_t waiting = 0;
  std::size_t opened = 0;
  std::vector<std::unique_ptr<Connection>> idle;
};

template <typename Source>
void Lease(benchmark::State& state, Source& source) {
  Connection* last = nullptr;
  source.WithConnection([&](Connection& connection) { last = &connection; });
  for (auto _ : state) {
    source.WithConnection([&](Connection& connection) {
      last = &connection;
      Keep(last);
    });
  }
  source.WithConnection([&](Connection& connection) {
    Require(state, connection.Find(5) == ValueOf(5), "the connection is dead");
  });
}

template <typename Source>
void Query(benchmark::State& state, Source& source) {
  std::int64_t id = state.thread_index();
  std::int64_t wrong = 0;
  for (auto _ : state) {
    id = (id + 37) % kRows;
    source.WithConnection([&](Connection& connection) {
      wrong += connection.Find(id) == ValueOf(id) ? 0 : 1;
    });
  }
  Require(state, wrong == 0, "a query found the wrong value");
}

template <typename Source>
void Add(Role role, const char* name) {
  const auto make = [] { return std::make_unique<Source>(); };
  AddSharedRow<Source>("connection_pool/lease", role, name, make, Lease<Source>)
      ->ThreadRange();
  AddSharedRow<Source>("connection_pool/query", role, name, make, Query<Source>)
      ->ThreadRange();
}

const RegisterRows registration([] {
  Add<OpenEachTime>(Role::kBaseline, "open and close");
  Add<Pooled>(Role::kSubject, "ConnectionPool");
  Add<MutexAndVector>(Role::kPeer, "mutex + vector");
  Add<BoundedVector>(Role::kPeer, "mutex + vector, bounded");
});

}  // namespace
}  // namespace workbook
