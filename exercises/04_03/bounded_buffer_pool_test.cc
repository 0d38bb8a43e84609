// SPDX-License-Identifier: Apache-2.0

// A pool that no thread has to wait for: loans, returns, closing.
#include "04_03/bounded_buffer_pool.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <stop_token>
#include <utility>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// A wait that should not be ends the test after ten seconds.
class Task3BoundedPool : public BoundedTest {
 protected:
  Task3BoundedPool() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

using Buffer = BoundedBufferPool::Buffer;

std::stop_token Stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

TEST_F(Task3BoundedPool, LendsEachBufferOnce) {
  BoundedBufferPool pool(3, 100);
  std::vector<Buffer> lent;
  lent.reserve(3);
  for (int i = 0; i < 3; ++i) lent.push_back(pool.Acquire());
  EXPECT_EQ(pool.Idle(), 0u);
  for (int i = 0; i < 3; ++i) {
    const auto bytes = lent[static_cast<std::size_t>(i)].bytes();
    ASSERT_EQ(bytes.size(), 100u) << "buffer " << i;
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(bytes.data()) % 64, 0u);
    std::memset(bytes.data(), i, bytes.size());
  }
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(lent[static_cast<std::size_t>(i)].bytes()[99],
              static_cast<std::byte>(i))
        << "another loan has written to buffer " << i;
  }
}

TEST_F(Task3BoundedPool, TryAcquireFindsNoneWhereAllAreLent) {
  BoundedBufferPool pool(1, 64);
  Buffer only = pool.TryAcquire();
  EXPECT_TRUE(only);
  EXPECT_FALSE(pool.TryAcquire());
  only.Return();
  EXPECT_EQ(pool.Idle(), 1u);
  EXPECT_TRUE(pool.TryAcquire());
}

TEST_F(Task3BoundedPool, LendsWhatCameBackLast) {
  BoundedBufferPool pool(3, 64);
  Buffer one = pool.TryAcquire();
  Buffer two = pool.TryAcquire();
  const std::byte* const warm = one.bytes().data();
  two.Return();
  one.Return();
  EXPECT_EQ(pool.Acquire().bytes().data(), warm)
      << "it is the one whose lines are still in the cache";
  EXPECT_EQ(pool.TryAcquire().bytes().data(), warm);
}

TEST_F(Task3BoundedPool, AStopTakesNoIdleBufferAway) {
  BoundedBufferPool pool(1, 64);
  Buffer lent = pool.Acquire(Stopped());
  EXPECT_TRUE(lent) << "there is a buffer: no need to wait";
  EXPECT_FALSE(pool.Acquire(Stopped())) << "there is none, and no wait";
  EXPECT_EQ(pool.Waiting(), 0u);
  lent.Return();
  EXPECT_EQ(pool.Idle(), 1u);
}

TEST_F(Task3BoundedPool, LendsNothingOnceItIsClosed) {
  BoundedBufferPool pool(2, 64);
  Buffer lent = pool.Acquire();
  std::memset(lent.bytes().data(), 7, 64);
  pool.Close();
  pool.Close();
  EXPECT_FALSE(pool.Acquire()) << "one is idle, but the pool is closed";
  EXPECT_FALSE(pool.TryAcquire());
  EXPECT_EQ(lent.bytes()[63], std::byte{7}) << "a loan outlives the closing";
  lent.Return();
  EXPECT_EQ(pool.Idle(), 2u);
}

TEST_F(Task3BoundedPool, AllocatesNothingAfterItsConstruction) {
  BoundedBufferPool pool(4, 64);
  const std::stop_source source;
  const std::stop_token stopped = Stopped();
  const AllocationScope scope;
  for (int i = 0; i < 1000; ++i) {
    Buffer one = pool.Acquire(source.get_token());
    Buffer two = pool.TryAcquire();
    Buffer three = pool.Acquire(stopped);
    Buffer four = pool.Acquire();
    pool.Acquire(stopped);  // joins the line, and leaves it
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
