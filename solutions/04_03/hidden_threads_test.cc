// SPDX-License-Identifier: Apache-2.0

// Threads that wait for buffers, in random numbers; see hidden_test.cc.
#include <gtest/gtest.h>

#include <cstddef>
#include <deque>
#include <iterator>
#include <list>
#include <optional>
#include <stop_token>
#include <utility>

#include "04_03/bounded_buffer_pool.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {
namespace {

class Task3Hidden : public BoundedTest {};

using Buffer = BoundedBufferPool::Buffer;

// A thread that waits, and what it got.
struct Client {
  Client(BoundedBufferPool& pool, const std::stop_token& stop)
      : thread([this, &pool, stop] { buffer = pool.Acquire(stop); }) {}
  Buffer buffer;
  Sleeper thread;
};

// Clients come, are stopped, and are served in the order in which they came.
TEST_F(Task3Hidden, TheLineIsServedInItsOrder) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 25; ++round) {
    const std::size_t buffers = random.Between(1, 3);
    BoundedBufferPool pool(buffers, 64);
    std::deque<Buffer> lent;
    for (std::size_t i = 0; i < buffers; ++i) lent.push_back(pool.Acquire());
    std::list<std::pair<std::stop_source, std::optional<Client>>> line;
    // Dies before the line, whose threads could wait forever.
    const struct CloseAtTheEnd {
      ~CloseAtTheEnd() { pool.Close(); }
      BoundedBufferPool& pool;
    } close_at_the_end{pool};
    for (int step = 0; step < 12; ++step) {
      if (random.Chance(55) || line.empty()) {
        auto& [source, client] = line.emplace_back();
        client.emplace(pool, source.get_token());
        ASSERT_TRUE(Eventually([&] { return pool.Waiting() == line.size(); }));
      } else if (random.Chance(40)) {
        const auto which =
            std::next(line.begin(),
                      static_cast<std::ptrdiff_t>(random.Below(line.size())));
        which->first.request_stop();
        ASSERT_TRUE(which->second->thread.Ends());
        ASSERT_FALSE(which->second->buffer);
        line.erase(which);
      } else {
        lent.front().Return();
        lent.pop_front();
        Client& first = *line.front().second;
        ASSERT_TRUE(first.thread.Ends());
        ASSERT_TRUE(first.buffer);
        lent.push_back(std::move(first.buffer));
        line.pop_front();
      }
      ASSERT_EQ(pool.Waiting(), line.size());
      ASSERT_EQ(pool.Idle(), 0u);
    }
    pool.Close();
    line.clear();
    lent.clear();
    ASSERT_EQ(pool.Idle(), buffers);
  }
}

}  // namespace
}  // namespace workbook
