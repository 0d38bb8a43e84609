// SPDX-License-Identifier: Apache-2.0

// Ten thousand tasks that are stopped at random: nothing is left.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <stdexcept>
#include <stop_token>

#include "03_05/worker_group.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

class Task7Storm : public BoundedTest {};

constexpr std::size_t kTasksOfARound = 50;
constexpr std::size_t kRounds = 200;

// Half of the tasks send and half receive, so many wait. At a random task the
// group is stopped from outside, fails, or its channel is closed.
void RunARound(Random& random) {
  Channel<int> channel(2);
  std::stop_source source;
  const std::size_t event = random.Below(3);
  const std::size_t moment = random.Below(kTasksOfARound);
  const std::size_t workers = random.Between(2, 6);
  try {
    ForEachIndex(
        kTasksOfARound, workers,
        [&](std::size_t index, const std::stop_token& stop) {
          const LiveTask task;
          if (index == moment) {
            if (event == 0) source.request_stop();
            if (event == 1) channel.Close();
            if (event == 2) throw std::runtime_error("at a random task");
          }
          if (index % 2 == 0) {
            channel.Send(1, stop);
          } else {
            channel.Receive(stop);
          }
        },
        source.get_token());
  } catch (const std::runtime_error&) {
    EXPECT_EQ(event, 2u);
  }
}

// The same without a limit: each task is a thread of one scope.
void RunAScope(Random& random) {
  Channel<int> channel(2);
  TaskScope scope;
  const std::size_t moment = random.Below(kTasksOfARound);
  const bool fails = random.Chance(50);
  for (std::size_t index = 0; index < kTasksOfARound; ++index) {
    scope.Start([&channel, index](const std::stop_token& stop) {
      if (index % 2 == 0) {
        channel.Send(1, stop);
      } else {
        channel.Receive(stop);
      }
    });
    if (index == moment && fails) {
      scope.Start([](const std::stop_token&) {
        throw std::runtime_error("at a random moment");
      });
    }
    if (index == moment && !fails) scope.RequestStop();
  }
  try {
    scope.Wait();
  } catch (const std::runtime_error&) {
    EXPECT_TRUE(fails);
  }
}

TEST_F(Task7Storm, TenThousandTasksLeaveNothing) {
  const SeedTrace trace;
  Random random(7);
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (std::size_t round = 0; round < kRounds; ++round) RunARound(random);
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.IsClean()) << diff.Describe();
}

TEST_F(Task7Storm, TenThousandThreadsLeaveNothing) {
  const SeedTrace trace;
  Random random(8);
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  for (std::size_t round = 0; round < kRounds; ++round) RunAScope(random);
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.IsClean()) << diff.Describe();
}

}  // namespace
}  // namespace workbook
