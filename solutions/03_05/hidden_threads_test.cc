// SPDX-License-Identifier: Apache-2.0

// Channels, scopes and groups under random histories; see hidden_test.cc.
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <memory>
#include <stdexcept>
#include <stop_token>
#include <utility>
#include <vector>

#include "03_05/channel.h"
#include "03_05/task_scope.h"
#include "03_05/worker_group.h"
#include "exercises/03_05/testing/leaky_forms.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

TEST(Task3Hidden, AChannelWithoutAWaitIsABoundedQueue) {
  const SeedTrace trace;
  Random random(3);
  std::stop_source stopped;
  stopped.request_stop();
  for (int round = 0; round < 100; ++round) {
    const std::size_t capacity = random.Between(1, 5);
    Channel<std::unique_ptr<int>> channel(capacity);
    std::deque<int> model;
    bool closed = false;
    for (int step = 0; step < 100; ++step) {
      if (random.Chance(50)) {
        auto value = std::make_unique<int>(step);
        const bool fits = !closed && model.size() < capacity;
        const bool sent = random.Chance(50) ? channel.TrySend(std::move(value))
                                            : channel.Send(std::move(value),
                                                           stopped.get_token());
        ASSERT_EQ(sent, fits);
        ASSERT_EQ(value == nullptr, fits);
        if (fits) model.push_back(step);
      } else if (random.Chance(98)) {
        const auto value = random.Chance(50)
                               ? channel.TryReceive()
                               : channel.Receive(stopped.get_token());
        ASSERT_EQ(value.has_value(), !model.empty());
        if (value.has_value()) {
          ASSERT_EQ(**value, model.front());
          model.pop_front();
        }
      } else {
        channel.Close();
        closed = true;
      }
      ASSERT_EQ(channel.Size(), model.size());
      ASSERT_EQ(channel.IsClosed(), closed);
    }
  }
}

class Task4Hidden : public BoundedTest {};

TEST_F(Task4Hidden, TreesOfScopesEndWithTheirRoot) {
  const SeedTrace trace;
  Random random(4);
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (int round = 0; round < 30; ++round) {
    TaskScope root;
    const std::size_t children = random.Between(1, 4);
    const std::size_t failing = random.Below(2 * children);
    for (std::size_t child = 0; child < children; ++child) {
      root.Start([child, failing](const std::stop_token& stop) {
        TaskScope scope(stop);
        for (int i = 0; i < 3; ++i) scope.Start(&WaitForStop);
        if (child == failing) throw std::runtime_error("one child fails");
        scope.Wait();
      });
    }
    if (failing < children) {
      EXPECT_THROW(root.Wait(), std::runtime_error);
    } else if (random.Chance(50)) {
      root.RequestStop();
      EXPECT_NO_THROW(root.Wait());
    }
  }
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.IsClean()) << diff.Describe();
}

class Task7Hidden : public BoundedTest {};

TEST_F(Task7Hidden, CallsEachIndexOnceUntilARandomError) {
  const SeedTrace trace;
  Random random(7);
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (int round = 0; round < 60; ++round) {
    const std::size_t count = random.Below(60);
    const std::size_t failing = random.Below(2 * count + 1);
    std::vector<std::atomic<int>> calls(count);
    const auto job = [&](std::size_t index, const std::stop_token&) {
      ++calls.at(index);
      if (index == failing) throw std::runtime_error("this one");
    };
    if (failing < count) {
      EXPECT_THROW(ForEachIndex(count, random.Between(1, 5), job),
                   std::runtime_error);
    } else {
      EXPECT_EQ(ForEachIndex(count, random.Between(1, 5), job), count);
    }
    for (const std::atomic<int>& call : calls) {
      ASSERT_LE(call, 1);
      ASSERT_TRUE(call == 1 || failing < count);
    }
  }
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.IsClean()) << diff.Describe();
}

}  // namespace
}  // namespace workbook
