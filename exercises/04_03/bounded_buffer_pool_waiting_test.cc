// SPDX-License-Identifier: Apache-2.0

// Threads that wait for a buffer: their order, their ways out, their number.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "04_03/bounded_buffer_pool.h"
#include "tools/exercise/testing/before_sleep.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {
namespace {

using Buffer = BoundedBufferPool::Buffer;

class Task3Waiting : public BoundedTest {
 protected:
  Task3Waiting() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}

  // What is not written yet says so here, and not on a thread of a test.
  void SetUp() override {
    BoundedBufferPool pool(1, 64);
    pool.Acquire();
    pool.TryAcquire();
    pool.Close();
  }
};

// A thread that acquires, keeps what it gets until the test takes it, and does
// not come to an end before it has joined the line.
class Client {
 public:
  Client(BoundedBufferPool& pool, std::stop_token stop = {})
      : thread_([this, &pool, stop = std::move(stop)] {
          buffer_ = pool.Acquire(stop);
        }) {}

  const Sleeper& thread() const { return thread_; }
  // REQUIRES: the thread has ended.
  bool HasBuffer() const { return static_cast<bool>(buffer_); }
  Buffer Take() { return std::move(buffer_); }

 private:
  Buffer buffer_;
  Sleeper thread_;  // the last member: it uses the others
};

// Returns whether `number` threads wait in line, in time.
bool Wait(const BoundedBufferPool& pool, std::size_t number) {
  return Eventually([&] { return pool.Waiting() == number; });
}

TEST_F(Task3Waiting, ABufferThatComesBackEndsAWait) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  const std::byte* const data = only.bytes().data();
  Client client(pool);
  EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
  only.Return();
  EXPECT_TRUE(client.thread().Ends());
  pool.Close();
  ASSERT_TRUE(client.HasBuffer());
  EXPECT_EQ(client.Take().bytes().data(), data);
}

TEST_F(Task3Waiting, TheFirstInLineIsServedFirst) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  {
    Client first(pool);
    EXPECT_TRUE(Wait(pool, 1));
    Client second(pool);
    EXPECT_TRUE(Wait(pool, 2));
    Client third(pool);
    EXPECT_TRUE(Wait(pool, 3));
    only.Return();
    EXPECT_TRUE(first.thread().Ends()) << "it has waited longest";
    EXPECT_FALSE(second.thread().IsDone() || third.thread().IsDone());
    first.Take().Return();
    EXPECT_TRUE(second.thread().Ends());
    EXPECT_FALSE(third.thread().IsDone());
    pool.Close();
  }
}

// A thread that comes at the right moment must not overtake the line.
TEST_F(Task3Waiting, ABufferIsHandedToTheLineAndToNoOther) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  Client client(pool);
  EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
  only.Return();
  const bool overtaken = static_cast<bool>(pool.TryAcquire());
  EXPECT_FALSE(overtaken) << "the buffer was idle for a moment";
  EXPECT_EQ(pool.Idle(), 0u);
  EXPECT_TRUE(client.thread().Ends());
  pool.Close();
}

TEST_F(Task3Waiting, OneBufferWakesOneThread) {
  constexpr std::size_t kClients = 4;
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  std::optional<Client> clients[kClients];
  for (std::size_t i = 0; i < kClients; ++i) {
    clients[i].emplace(pool);
    EXPECT_TRUE(Wait(pool, i + 1) && clients[i]->thread().Sleeps());
  }
  std::int64_t before = 0;
  for (auto& client : clients) before += TimesAsleep(client->thread().id());
  only.Return();
  EXPECT_TRUE(clients[0]->thread().Ends());
  std::int64_t after = TimesAsleep(clients[0]->thread().id());
  for (std::size_t i = 1; i < kClients; ++i) {
    EXPECT_TRUE(clients[i]->thread().Sleeps());
    after += TimesAsleep(clients[i]->thread().id());
  }
  // The first one may have slept once more, for the lock.
  EXPECT_LE(after, before + 1) << "threads woke up and went to sleep again";
  EXPECT_EQ(pool.Waiting(), kClients - 1);
  pool.Close();
}

TEST_F(Task3Waiting, AWaitSleepsUntilItIsWoken) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  Client client(pool);
  EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
  const std::int64_t before = TimesAsleep(client.thread().id());
  for (int look = 0; look < 5000; ++look) SleepsNow(client.thread().id());
  EXPECT_LE(TimesAsleep(client.thread().id()), before + 3)
      << "it wakes up again and again to look: that is polling";
  pool.Close();
}

TEST_F(Task3Waiting, CloseWakesAllWithNothing) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  {
    Client one(pool);
    Client two(pool);
    EXPECT_TRUE(Wait(pool, 2));
    pool.Close();
    EXPECT_TRUE(one.thread().Ends() && two.thread().Ends());
    EXPECT_FALSE(one.HasBuffer() || two.HasBuffer());
  }
  EXPECT_EQ(pool.Waiting(), 0u);
  only.Return();
  EXPECT_EQ(pool.Idle(), 1u);
}

TEST_F(Task3Waiting, AStopTakesItsOwnThreadOutOfTheLine) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  std::stop_source source;
  Client other(pool);
  EXPECT_TRUE(Wait(pool, 1));
  {
    Client stopped(pool, source.get_token());
    EXPECT_TRUE(Wait(pool, 2));
    source.request_stop();
    EXPECT_TRUE(stopped.thread().Ends());
    EXPECT_FALSE(stopped.HasBuffer());
  }
  EXPECT_EQ(pool.Waiting(), 1u) << "the other one still waits";
  EXPECT_FALSE(other.thread().IsDone());
  only.Return();
  EXPECT_TRUE(other.thread().Ends());
  EXPECT_TRUE(other.HasBuffer());
  pool.Close();
}

// Lets a client come to the last moment before it sleeps. Runs `wake` there on
// another thread, to its end or to a lock; then the client may sleep.
template <class Wake>
void ExpectSeenInTheLastMoment(BoundedBufferPool& pool, std::stop_token stop,
                               Wake wake) {
  if (!HooksBeforeSleep()) GTEST_SKIP() << "no hook in this build";
  std::optional<Sleeper> waker;
  Sleeper client([&] {
    BeforeNextSleep([&] {
      waker.emplace(wake);
      Eventually([&] { return waker->IsDone() || SleepsNow(waker->id()); });
    });
    pool.Acquire(stop);
  });
  EXPECT_TRUE(client.Ends())
      << "the wake-up came between the last look and the sleep, and was lost";
  pool.Close();
}

TEST_F(Task3Waiting, ABufferInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  ExpectSeenInTheLastMoment(pool, {}, [&] { only.Return(); });
}

TEST_F(Task3Waiting, AStopInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  std::stop_source source;
  ExpectSeenInTheLastMoment(pool, source.get_token(),
                            [&] { source.request_stop(); });
}

TEST_F(Task3Waiting, ACloseInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  ExpectSeenInTheLastMoment(pool, {}, [&] { pool.Close(); });
}

// Eight threads share two buffers, some of them with tokens that are stopped.
TEST_F(Task3Waiting, NoBufferIsLentTwiceOrLost) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 300;
  BoundedBufferPool pool(2, sizeof(std::uint64_t));
  std::atomic<int> empty{0};
  {
    std::vector<std::jthread> threads;
    for (int id = 0; id < kThreads; ++id) {
      threads.emplace_back([&, id] {
        Random random(static_cast<std::uint64_t>(id));
        for (int round = 0; round < kRounds; ++round) {
          std::stop_source source;
          const bool stops = random.Chance(20);
          if (stops) source.request_stop();
          const Buffer buffer = pool.Acquire(source.get_token());
          if (!buffer) {
            if (!stops) ++empty;
            continue;
          }
          // Plain reads and writes: two users at once are a data race.
          std::byte* const mine = buffer.bytes().data();
          mine[0] = static_cast<std::byte>(id);
          std::this_thread::yield();
          if (mine[0] != static_cast<std::byte>(id)) ++empty;
        }
      });
    }
  }
  EXPECT_EQ(empty, 0) << "a wait ended without a reason, or two had one buffer";
  EXPECT_EQ(pool.Idle(), 2u) << "all are back";
  EXPECT_EQ(pool.Waiting(), 0u);
}

// A stop and a buffer meet: the client has the buffer, or the pool has.
TEST_F(Task3Waiting, AStopDuringAHandOverLosesNoBuffer) {
  for (int round = 0; round < 200; ++round) {
    BoundedBufferPool pool(1, 64);
    Buffer only = pool.Acquire();
    std::stop_source source;
    {
      Client client(pool, source.get_token());
      EXPECT_TRUE(Wait(pool, 1));
      Sleeper stopper([&] { source.request_stop(); });
      only.Return();
      EXPECT_TRUE(client.thread().Ends());
      ASSERT_EQ(client.HasBuffer(), pool.Idle() == 0) << "in round " << round;
    }
    ASSERT_EQ(pool.Idle(), 1u) << "in round " << round;
  }
}

}  // namespace
}  // namespace workbook
