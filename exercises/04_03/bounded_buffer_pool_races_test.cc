// SPDX-License-Identifier: Apache-2.0

// Buffers, stops and closings that meet, and wake-ups in the last moment.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "04_03/bounded_buffer_pool.h"
#include "exercises/04_03/testing/waiting_test.h"
#include "tools/exercise/testing/before_sleep.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {
namespace {

using Buffer = BoundedBufferPool::Buffer;

class Task3Races : public WaitingTest {};

// Lets a client come to the last moment before it sleeps. Runs `wake` there on
// another thread, to its end or to a lock; then the client may sleep. Calls
// `rescue` when it should have woken.
template <class Wake, class Rescue>
void ExpectSeenInTheLastMoment(BoundedBufferPool& pool,
                               const std::stop_token& stop, Wake wake,
                               Rescue rescue) {
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
  rescue();
}

TEST_F(Task3Races, ABufferInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  ExpectSeenInTheLastMoment(
      pool, Token(), [&] { only.Return(); }, [&] { Rescue(pool); });
}

TEST_F(Task3Races, AStopInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  std::stop_source source;
  ExpectSeenInTheLastMoment(
      pool, source.get_token(), [&] { source.request_stop(); },
      [&] { Rescue(pool); });
}

TEST_F(Task3Races, ACloseInTheLastMomentIsSeen) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  ExpectSeenInTheLastMoment(
      pool, Token(), [&] { pool.Close(); }, [&] { Rescue(pool); });
}

// Eight threads share two buffers, some of them with tokens that are stopped.
TEST_F(Task3Races, NoBufferIsLentTwiceOrLost) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 300;
  BoundedBufferPool pool(2, sizeof(std::uint64_t));
  std::atomic<int> empty{0};
  {
    std::vector<std::jthread> threads;
    threads.reserve(kThreads);
    for (int id = 0; id < kThreads; ++id) {
      threads.emplace_back([&, id] {
        Random random(static_cast<std::uint64_t>(id));
        for (int round = 0; round < kRounds; ++round) {
          std::stop_source source;
          const bool stops = random.Chance(20);
          if (stops) source.request_stop();
          const bool waits = random.Chance(80);
          const Buffer buffer =
              waits ? pool.Acquire(source.get_token()) : pool.TryAcquire();
          if (!buffer) {
            if (waits && !stops) ++empty;
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
TEST_F(Task3Races, AStopDuringAHandOverLosesNoBuffer) {
  for (int round = 0; round < 200; ++round) {
    BoundedBufferPool pool(1, 64);
    Buffer only = pool.Acquire();
    std::stop_source source;
    {
      Client client(pool, source.get_token());
      EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
      Sleeper stopper([&] {
        if (round % 2 == 0) source.request_stop();
      });
      only.Return();
      source.request_stop();  // now the buffer is handed over for certain
      EXPECT_TRUE(client.thread().Ends());
      const bool is_lent = client.HasBuffer();
      ASSERT_EQ(pool.Idle(), is_lent ? 0u : 1u)
          << (is_lent ? "a buffer is lent and idle at once"
                      : "a buffer is lost: none is lent, none idle")
          << "; in round " << round;
    }
    ASSERT_EQ(pool.Idle(), 1u) << "in round " << round;
  }
}

}  // namespace
}  // namespace workbook
