// SPDX-License-Identifier: Apache-2.0

// What a connection pool is tried on: a clock that a test moves, connections
// that die when told, and a server that counts them.
#ifndef WORKBOOK_EXERCISES_01_02_TESTING_FAKE_CONNECTIONS_H_
#define WORKBOOK_EXERCISES_01_02_TESTING_FAKE_CONNECTIONS_H_

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "01_02/connection_pool.h"

namespace workbook {

// Time that stands still until a test moves it. A wait looks at it every
// millisecond, so moving it needs no notification.
class ManualClock : public ConnectionPoolClock {
 public:
  TimePoint Now() const override {
    return TimePoint(std::chrono::nanoseconds(now_ns_));
  }
  void WaitUntil(std::condition_variable& condition,
                 std::unique_lock<std::mutex>& lock, TimePoint) override {
    condition.wait_for(lock, std::chrono::milliseconds(1));
  }
  void Advance(std::chrono::nanoseconds by) { now_ns_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ns_{
      std::chrono::nanoseconds(std::chrono::hours(1)).count()};
};

// What a server would see of the pool: who is connected, and who was.
struct Server {
  std::atomic<int> opened{0};
  std::atomic<int> cleaned{0};
  std::atomic<int> connected{0};
  std::atomic<int> most_connected{0};
  std::atomic<int> used_by_two{0};
  std::atomic<int> cleaned_twice{0};
  std::atomic<bool> refuses{false};
};

class FakeConnection {
 public:
  explicit FakeConnection(Server& server) : state_(new State{server}) {
    state_->id = server.opened.fetch_add(1) + 1;
    const int now = server.connected.fetch_add(1) + 1;
    int most = server.most_connected;
    while (now > most &&
           !server.most_connected.compare_exchange_weak(most, now)) {
    }
  }
  FakeConnection(FakeConnection&&) noexcept = default;
  ~FakeConnection() {
    if (state_ != nullptr) state_->server.connected.fetch_sub(1);
  }
  int Id() const { return state_->id; }
  void Kill() { state_->alive = false; }
  bool IsAlive() const { return state_->alive; }
  void Cleanup() {
    state_->server.cleaned.fetch_add(1);
    if (state_->clean) state_->server.cleaned_twice.fetch_add(1);
    state_->clean = true;
  }
  void Use() {
    if (state_->in_use.exchange(true)) state_->server.used_by_two.fetch_add(1);
    std::this_thread::yield();
    state_->in_use = false;
  }

 private:
  struct State {
    Server& server;
    int id = 0;
    bool alive = true;
    bool clean = false;
    std::atomic<bool> in_use{false};
  };
  std::unique_ptr<State> state_;
};

using FakePool = ConnectionPool<FakeConnection>;

inline FakePool::Hooks HooksFor(Server& server) {
  return {.open =
              [&server] {
                if (server.refuses) throw std::runtime_error("refused");
                return FakeConnection(server);
              },
          .is_healthy =
              [](FakeConnection& connection) { return connection.IsAlive(); },
          .cleanup = [](FakeConnection& connection) { connection.Cleanup(); }};
}

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_02_TESTING_FAKE_CONNECTIONS_H_
