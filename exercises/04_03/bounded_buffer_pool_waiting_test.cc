// SPDX-License-Identifier: Apache-2.0

// Threads that wait for a buffer: their order, their ways out, their number.
#include <gtest/gtest.h>
#include <sched.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <utility>

#include "04_03/bounded_buffer_pool.h"
#include "exercises/04_03/testing/waiting_test.h"
#include "tools/exercise/testing/sleeper.h"
#include "tools/exercise/testing/thread_state.h"

namespace workbook {
namespace {

using Buffer = BoundedBufferPool::Buffer;

class Task3Waiting : public WaitingTest {};

TEST_F(Task3Waiting, ABufferThatComesBackEndsAWait) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  const std::byte* const data = only.bytes().data();
  Client client(pool, Token());
  EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
  only.Return();
  EXPECT_TRUE(client.thread().Ends());
  Rescue(pool);
  ASSERT_TRUE(client.thread().Ends() && client.HasBuffer());
  EXPECT_EQ(client.Take().bytes().data(), data);
}

TEST_F(Task3Waiting, TheFirstInLineIsServedFirst) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  {
    Client first(pool, Token());
    EXPECT_TRUE(Wait(pool, 1));
    Client second(pool, Token());
    EXPECT_TRUE(Wait(pool, 2));
    Client third(pool, Token());
    EXPECT_TRUE(Wait(pool, 3));
    only.Return();
    EXPECT_TRUE(first.thread().Ends()) << "it has waited longest";
    EXPECT_FALSE(second.thread().IsDone() || third.thread().IsDone());
    if (first.thread().IsDone()) first.Take().Return();
    EXPECT_TRUE(second.thread().Ends());
    EXPECT_FALSE(third.thread().IsDone());
    Rescue(pool);
  }
}

// Lets this thread run on one processor only, and all that it starts.
class OnOneProcessor {
 public:
  OnOneProcessor() {
    sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    sched_setaffinity(0, sizeof one, &one);
  }
  ~OnOneProcessor() { sched_setaffinity(0, sizeof before_, &before_); }
  OnOneProcessor(const OnOneProcessor&) = delete;
  OnOneProcessor& operator=(const OnOneProcessor&) = delete;

 private:
  cpu_set_t before_{};
};

// A thread that comes at the right moment must not overtake the line. The one
// that waits is of the kind that takes no processor away when it wakes up.
TEST_F(Task3Waiting, ABufferIsHandedToTheLineAndToNoOther) {
  const OnOneProcessor on_one_processor;
  int overtaken = 0;
  for (int round = 0; round < 20; ++round) {
    BoundedBufferPool pool(1, 64);
    Buffer only = pool.Acquire();
    Buffer handed;
    Sleeper client([&] {
      const sched_param none{};
      sched_setscheduler(0, SCHED_BATCH, &none);
      handed = pool.Acquire(Token());
    });
    EXPECT_TRUE(Wait(pool, 1) && client.Sleeps());
    only.Return();
    if (pool.TryAcquire()) ++overtaken;
    if (!client.Ends()) pool.Close();
  }
  EXPECT_EQ(overtaken, 0) << "the buffer was idle for a moment";
}

TEST_F(Task3Waiting, OneBufferWakesOneThread) {
  constexpr std::size_t kOthers = 3;
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  Client first(pool, Token());
  EXPECT_TRUE(Wait(pool, 1));
  std::optional<Client> others[kOthers];
  for (std::size_t i = 0; i < kOthers; ++i) {
    others[i].emplace(pool, Token());
    EXPECT_TRUE(Wait(pool, i + 2) && others[i]->thread().Sleeps());
  }
  // How often they have gone to sleep, once they have had time to.
  const auto times_asleep = [&] {
    std::int64_t times = 0;
    for (const std::optional<Client>& other : others) {
      for (int look = 0; look < 1000; ++look) SleepsNow(other->thread().id());
      times += TimesAsleep(other->thread().id());
    }
    return times;
  };
  std::int64_t before = times_asleep();
  // One of them may still have slept for the lock.
  EXPECT_TRUE(Eventually([&] {
    const std::int64_t earlier = std::exchange(before, times_asleep());
    return before == earlier;
  }));
  only.Return();
  EXPECT_TRUE(first.thread().Ends());
  EXPECT_LE(times_asleep(), before + 1)
      << "threads woke up and went to sleep again";
  EXPECT_EQ(pool.Waiting(), kOthers);
  Rescue(pool);
}

TEST_F(Task3Waiting, AWaitSleepsUntilItIsWoken) {
  BoundedBufferPool pool(1, 64);
  const Buffer only = pool.Acquire();
  Client client(pool, Token());
  EXPECT_TRUE(Wait(pool, 1) && client.thread().Sleeps());
  const std::int64_t before = TimesAsleep(client.thread().id());
  for (int look = 0; look < 5000; ++look) SleepsNow(client.thread().id());
  EXPECT_LE(TimesAsleep(client.thread().id()), before + 3)
      << "it wakes up again and again to look: that is polling";
  Rescue(pool);
}

TEST_F(Task3Waiting, CloseWakesAllWithNothing) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.Acquire();
  {
    Client one(pool, Token());
    Client two(pool, Token());
    EXPECT_TRUE(Wait(pool, 2));
    pool.Close();
    EXPECT_TRUE(one.thread().Ends() && two.thread().Ends());
    Rescue(pool);
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
  Client other(pool, Token());
  EXPECT_TRUE(Wait(pool, 1));
  {
    Client stopped(pool, source.get_token());
    EXPECT_TRUE(Wait(pool, 2));
    source.request_stop();
    const bool has_ended = stopped.thread().Ends();
    EXPECT_TRUE(has_ended);
    if (!has_ended) Rescue(pool);
    EXPECT_FALSE(stopped.HasBuffer());
  }
  EXPECT_EQ(pool.Waiting(), 1u) << "the other one still waits";
  EXPECT_FALSE(other.thread().IsDone());
  only.Return();
  EXPECT_TRUE(other.thread().Ends());
  EXPECT_TRUE(other.HasBuffer());
  Rescue(pool);
}

}  // namespace
}  // namespace workbook
