// SPDX-License-Identifier: Apache-2.0

// What ConnectionPool promises one thread, call by call: see
// tools/support/history. Its clock is moved by hand, so nothing ever waits.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "01_02/connection_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

using std::chrono::seconds;

constexpr ConnectionPoolLimits kLimits[] = {
    {.max_open = 2, .max_idle = 1},
    {.max_open = 2,
     .max_idle = 1,
     .max_lifetime = seconds(100),
     .idle_timeout = seconds(50)},
};

// A wait ends at once, with the clock at its deadline.
class HandClock : public ConnectionPoolClock {
 public:
  TimePoint Now() const override { return now; }
  void WaitUntil(std::condition_variable&, std::unique_lock<std::mutex>&,
                 TimePoint deadline) override {
    now = std::max(now, deadline);
  }
  TimePoint now{seconds(1000)};
};

struct Connection {
  int number = 0;
  bool is_healthy = true;
};
using Pool = ConnectionPool<Connection>;
using TimePoint = ConnectionPoolClock::TimePoint;

// What the pool opens and closes.
struct World {
  Connection Open() {
    if (open_throws) throw std::length_error("");
    return {++opened, true};
  }
  void Cleanup(const Connection& gone) {
    // The slot is taken until the connection is gone. It is looked at here, as
    // misuse of the heap is: behind the call all is over.
    const std::size_t open = is_ending ? SIZE_MAX : pool->Stats().open;
    const bool was_on = std::exchange(arena.on, false);
    Subject::Expect(closed.insert(gone.number).second, "", "connection ",
                    gone.number, " gets a second cleanup");
    const std::size_t alive =
        static_cast<std::size_t>(opened) - closed.size() + 1;
    Subject::Expect(open >= alive, "", "pool.Stats().open is ", open, " while ",
                    alive,
                    " connections are alive, one of which is being closed");
    arena.on = was_on;
  }
  Pool::Hooks Hooks() {
    return {.open = [this] { return Open(); },
            .is_healthy =
                [](Connection& connection) { return connection.is_healthy; },
            .cleanup = [this](Connection& gone) { Cleanup(gone); }};
  }

  HandClock clock{};
  Pool* pool = nullptr;
  bool open_throws = false;
  bool is_ending = false;
  int opened = 0;
  std::set<int> closed{};
  std::vector<int> closed_row{};  // the same, in one piece
};

constexpr char kPreamble[] = R"(
using namespace std::chrono_literals;

// A wait ends at once, with the clock at its deadline.
class HandClock : public ConnectionPoolClock {
 public:
  TimePoint Now() const override { return now; }
  void WaitUntil(std::condition_variable&, std::unique_lock<std::mutex>&,
                 TimePoint deadline) override {
    now = std::max(now, deadline);
  }
  TimePoint now{1000s};
};

struct Connection {
  int number = 0;
  bool is_healthy = true;
};
int opened = 0;
bool open_throws = false;
ConnectionPool<Connection>::Hooks MakeHooks() {
  return {.open =
              [] {
                if (std::exchange(open_throws, false)) {
                  throw std::length_error("");
                }
                return Connection{++opened, true};
              },
          .is_healthy = [](Connection& one) { return one.is_healthy; },
          .cleanup = [](Connection&) {}};
}

)";

class ConnectionPoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kLimits);

  void Start(int config) {
    limits_ = kLimits[config];
    Say("HandClock clock;");
    Say("ConnectionPool<Connection> pool({.max_open = 2, .max_idle = 1",
        config == 0 ? "" : ", .max_lifetime = 100s, .idle_timeout = 50s",
        "}, MakeHooks(), clock);");
    In(
        [](auto& pool, auto& world, int i) {
          pool.Make(kLimits[i], world->Hooks(), world->clock);
          world->pool = pool.address();
        },
        pool_, world_, config);
    Expect(Opened() == 0, "", "it opens a connection before the first Borrow");
  }

  // 0: never waits; 1: waits up to a second.
  bool Borrow(int timeout) {
    if (lent_.size() == 3) return false;
    const std::string name = NewName();
    Say("auto ", name, " = pool.Borrow(", timeout, "s);");
    const bool may_open = lent_.size() < limits_.max_open;
    const std::optional<Known> reused = is_closed_ ? std::nullopt : TakeIdle();
    Lent& lent = lent_.emplace_back();
    lent.name = name;
    const Thrown thrown = In(
        [](auto& lease, auto& pool, int most) {
          lease.MakeFrom([&] { return pool->Borrow(seconds(most)); });
        },
        lent.lease, pool_, timeout);
    Expect(thrown == Thrown::kNothing, "", "Borrow throws");
    Expect(Allocations() == 0, "", "Borrow allocates");
    const BorrowStatus status =
        Ask([](auto& lease) { return lease->Status(); }, lent.lease);
    const BorrowStatus should = is_closed_ ? BorrowStatus::kClosed
                                : may_open ? BorrowStatus::kOk
                                           : BorrowStatus::kTimedOut;
    Expect(status == should, "", name, ".Status() is \"", ToString(status),
           "\"; expected \"", ToString(should), "\"");
    if (should != BorrowStatus::kOk) {
      In([](auto& lease) { lease.End(); }, lent.lease);
      lent_.pop_back();
      timed_out_ += should == BorrowStatus::kTimedOut ? 1 : 0;
      return true;
    }
    if (reused) {
      const int number =
          Aside([](auto& lease) { return (*lease)->number; }, lent.lease);
      ExpectEqual(name + "->number", number, reused->number);
      lent.known = *reused;
      ++reused_;
    } else {
      ExpectEqual("the number of connections that were opened", Opened(),
                  ++should_open_);
      lent.known = {Opened(), Now(), Now()};
    }
    return true;
  }

  bool OpenThrows(int) {
    if (is_closed_ || idle_ || lent_.size() >= limits_.max_open) return false;
    Say("open_throws = true;");
    Say("try { pool.Borrow(0s); } catch (const std::length_error&) {}");
    Aside([](auto& world) { world->open_throws = true; }, world_);
    const Thrown thrown = In(
        [](auto& pool) { static_cast<void>(pool->Borrow(seconds(0))); }, pool_);
    Aside([](auto& world) { world->open_throws = false; }, world_);
    Expect(thrown == Thrown::kLengthError, "",
           "what the factory throws does not come out of Borrow");
    ++failed_opens_;
    return true;
  }

  // It would wait for itself, and has to say so.
  bool BorrowForEver(int) {
    if (is_closed_ || lent_.size() != limits_.max_open) return false;
    Say("try { pool.Borrow(std::chrono::nanoseconds::max()); } catch (const "
        "std::system_error&) {}");
    const Thrown thrown = In(
        [](auto& pool) {
          static_cast<void>(pool->Borrow(std::chrono::nanoseconds::max()));
        },
        pool_);
    Expect(thrown == Thrown::kOther, "",
           "this thread has all connections: it must throw std::system_error");
    return true;
  }

  // The newest: 0 as it is, 1 marked as broken, 2 dead without a word.
  bool Return(int how) {
    if (lent_.empty()) return false;
    Lent& lent = lent_.back();
    if (how == 1) Say(lent.name, ".MarkBroken();");
    if (how == 2) Say(lent.name, "->is_healthy = false;");
    Say(lent.name, ".Return();");
    Known known = lent.known;
    known.is_healthy = how != 2;
    known.returned_at = Now();
    In(
        [](auto& lease, int with) {
          if (with == 1) lease->MarkBroken();
          if (with == 2) (*lease)->is_healthy = false;
          lease->Return();
          lease.End();
        },
        lent.lease, how);
    Expect(Allocations() == 0, "", "Return allocates");
    lent_.pop_back();
    const bool is_old = IsTooOld(known);
    unhealthy_ += how == 1 ? 1 : 0;
    expired_ += how != 1 && !is_closed_ && is_old ? 1 : 0;
    if (how == 1 || is_closed_ || is_old || idle_) {
      ShouldClose(known);
    } else {
      idle_ = known;
    }
    return true;
  }

  bool TimePasses(int) {
    if (limits_.idle_timeout.count() == 0) return false;
    Say("clock.now += 60s;");
    Aside([](auto& world) { world->clock.now += seconds(60); }, world_);
    return true;
  }

  bool EvictExpired(int) {
    Say("pool.EvictExpired();");
    const bool should = idle_ && (IsTooOld(*idle_) || IsIdleTooLong(*idle_));
    std::size_t count = 0;
    In(
        &count, [](auto& pool) { return pool->EvictExpired(); }, pool_);
    ExpectEqual("pool.EvictExpired()", count, should ? 1u : 0u);
    if (!should) return true;
    ++expired_;
    ShouldClose(*std::exchange(idle_, std::nullopt));
    return true;
  }

  bool Close(int) {
    if (is_closed_) return false;
    Say("pool.Close();");
    In([](auto& pool) { pool->Close(); }, pool_);
    is_closed_ = true;
    if (idle_) ShouldClose(*std::exchange(idle_, std::nullopt));
    return true;
  }

  void Check() {
    Expect(Closed() == should_be_closed_, "",
           "the connections that got a cleanup are not those that were closed");
    ConnectionPoolStats stats;
    std::tie(stats.open, stats.idle, stats.opened, stats.reused,
             stats.timed_out, stats.unhealthy, stats.expired,
             stats.failed_opens, stats.bytes_held) =
        Ask(
            [](auto& pool) {
              const ConnectionPoolStats now = pool->Stats();
              return std::tuple(now.open, now.idle, now.opened, now.reused,
                                now.timed_out, now.unhealthy, now.expired,
                                now.failed_opens, now.bytes_held);
            },
            pool_);
    const std::size_t open = lent_.size() + (idle_ ? 1 : 0);
    ExpectEqual("pool.Stats().open", stats.open, open);
    ExpectEqual("pool.Stats().idle", stats.idle, idle_ ? 1u : 0u);
    ExpectEqual("pool.Stats().opened", stats.opened, should_open_);
    ExpectEqual("pool.Stats().reused", stats.reused, reused_);
    ExpectEqual("pool.Stats().timed_out", stats.timed_out, timed_out_);
    ExpectEqual("pool.Stats().unhealthy", stats.unhealthy, unhealthy_);
    ExpectEqual("pool.Stats().expired", stats.expired, expired_);
    ExpectEqual("pool.Stats().failed_opens", stats.failed_opens, failed_opens_);
    ExpectEqual("pool.Stats().bytes_held", stats.bytes_held, arena.LiveBytes());
  }

  bool CanEnd() const { return true; }
  void End() {
    Aside([](auto& world) { world->is_ending = true; }, world_);
    In([](auto& pool) { pool.End(); }, pool_);
    for (Lent& lent : lent_) {
      In([](auto& lease) { lease.End(); }, lent.lease);
    }
    ExpectEqual("the number of connections that got a cleanup", Closed().size(),
                static_cast<std::size_t>(should_open_));
  }

  static constexpr CallKind<ConnectionPoolCase> kCalls[] = {
      {2, &ConnectionPoolCase::Borrow},
      {3, &ConnectionPoolCase::Return},
      {1, &ConnectionPoolCase::OpenThrows, 2},
      {1, &ConnectionPoolCase::BorrowForEver, 2},
      {1, &ConnectionPoolCase::TimePasses},
      {1, &ConnectionPoolCase::EvictExpired},
      {1, &ConnectionPoolCase::Close},
  };

 private:
  struct Known {
    int number = 0;
    TimePoint opened_at{};
    TimePoint returned_at{};
    bool is_healthy = true;
  };
  struct Lent {
    std::string name{};
    Object<Pool::Lease> lease{};
    Known known{};
  };

  int Opened() {
    return Aside([](auto& world) { return world->opened; }, world_);
  }
  TimePoint Now() {
    return Aside([](auto& world) { return world->clock.now; }, world_);
  }
  std::set<int> Closed() {
    const auto [numbers, count] = Aside(
        [](auto& world) {
          world->closed_row.assign(world->closed.begin(), world->closed.end());
          return std::pair<const int*, std::size_t>(world->closed_row.data(),
                                                    world->closed_row.size());
        },
        world_);
    const std::vector<int> row = ValuesAt(numbers, count);
    return {row.begin(), row.end()};
  }

  bool IsTooOld(const Known& known) {
    return limits_.max_lifetime.count() != 0 &&
           Now() - known.opened_at >= limits_.max_lifetime;
  }
  bool IsIdleTooLong(const Known& known) {
    return limits_.idle_timeout.count() != 0 &&
           Now() - known.returned_at >= limits_.idle_timeout;
  }

  void ShouldClose(const Known& known) {
    should_be_closed_.insert(known.number);
  }

  // The idle connection where it may be lent; else it is closed.
  std::optional<Known> TakeIdle() {
    if (!idle_) return std::nullopt;
    const Known known = *std::exchange(idle_, std::nullopt);
    const bool is_expired = IsTooOld(known) || IsIdleTooLong(known);
    if (!is_expired && known.is_healthy) return known;
    ++(is_expired ? expired_ : unhealthy_);
    ShouldClose(known);
    return std::nullopt;
  }

  Fixture<World> world_;
  ConnectionPoolLimits limits_;
  Object<Pool> pool_;
  std::list<Lent> lent_;  // newest last
  // The model.
  bool is_closed_ = false;
  std::optional<Known> idle_;
  int should_open_ = 0;
  std::set<int> should_be_closed_;
  unsigned reused_ = 0;
  unsigned timed_out_ = 0;
  unsigned unhealthy_ = 0;
  unsigned expired_ = 0;
  unsigned failed_opens_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ConnectionPoolCase, "01_02/connection_pool.h", kPreamble)
