// SPDX-License-Identifier: Apache-2.0

// A channel without a wait: order, room, closing, and who has an element.
#include "03_05/channel.h"

#include <gtest/gtest.h>

#include <memory>
#include <stop_token>
#include <string>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

class Task3Channel : public BoundedTest {
 protected:
  Task3Channel() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}
};

std::stop_token Stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

TEST_F(Task3Channel, DeliversInTheOrderOfSending) {
  Channel<int> channel(3);
  for (int round = 0; round < 10; ++round) {
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(channel.Send(10 * round + i));
    EXPECT_EQ(channel.Size(), 3u);
    for (int i = 0; i < 3; ++i) ASSERT_EQ(channel.Receive(), 10 * round + i);
  }
  EXPECT_EQ(channel.Size(), 0u);
}

TEST_F(Task3Channel, HasRoomForItsCapacityAndNoMore) {
  Channel<int> channel(2);
  EXPECT_TRUE(channel.TrySend(1));
  EXPECT_TRUE(channel.TrySend(2));
  EXPECT_FALSE(channel.TrySend(3));
  EXPECT_EQ(channel.TryReceive(), 1);
  EXPECT_TRUE(channel.TrySend(3));
  EXPECT_EQ(channel.TryReceive(), 2);
  EXPECT_EQ(channel.TryReceive(), 3);
  EXPECT_EQ(channel.TryReceive(), std::nullopt);
}

TEST_F(Task3Channel, TakesWhatCanOnlyBeMoved) {
  Channel<std::unique_ptr<int>> channel(1);
  ASSERT_TRUE(channel.Send(std::make_unique<int>(7)));
  EXPECT_EQ(**channel.Receive(), 7);
}

TEST_F(Task3Channel, LetsNothingInOnceItIsClosed) {
  Channel<std::string> channel(2);
  EXPECT_FALSE(channel.IsClosed());
  channel.Close();
  channel.Close();
  EXPECT_TRUE(channel.IsClosed());
  std::string value = "mine";
  EXPECT_FALSE(channel.Send(std::move(value)));
  EXPECT_FALSE(channel.TrySend(std::move(value)));
  EXPECT_EQ(value, "mine") << "what was not sent stays with its sender";
  EXPECT_EQ(channel.Receive(), std::nullopt);
}

TEST_F(Task3Channel, IsDrainedAfterItWasClosed) {
  Channel<int> channel(3);
  channel.Send(1);
  channel.Send(2);
  channel.Send(3);
  channel.Close();
  EXPECT_EQ(channel.Receive(), 1) << "closed is not empty";
  EXPECT_EQ(channel.TryReceive(), 2);
  EXPECT_EQ(channel.Receive(), 3);
  EXPECT_EQ(channel.Receive(), std::nullopt);
}

TEST_F(Task3Channel, AStopBeforeTheCallLeavesNothingToWaitFor) {
  Channel<std::string> channel(1);
  EXPECT_EQ(channel.Receive(Stopped()), std::nullopt);
  channel.Send("inside");
  std::string value = "mine";
  EXPECT_FALSE(channel.Send(std::move(value), Stopped()));
  EXPECT_EQ(value, "mine");
  EXPECT_EQ(channel.Size(), 1u);
}

TEST_F(Task3Channel, AStopTakesNoElementAlong) {
  Channel<int> channel(2);
  EXPECT_TRUE(channel.Send(1, Stopped())) << "there is room: no need to wait";
  EXPECT_EQ(channel.Size(), 1u);
  EXPECT_EQ(channel.Receive(Stopped()), 1)
      << "there is an element: it is returned, or it would be lost";
  EXPECT_EQ(channel.Size(), 0u);
}

TEST_F(Task3Channel, DestroysWhatIsStillInside) {
  const auto captured = std::make_shared<int>(0);
  {
    Channel<std::shared_ptr<int>> channel(4);
    channel.Send(std::shared_ptr<int>(captured));
    channel.Send(std::shared_ptr<int>(captured));
    EXPECT_EQ(captured.use_count(), 3);
    channel.Receive();
    EXPECT_EQ(captured.use_count(), 2);
  }
  EXPECT_EQ(captured.use_count(), 1);
}

TEST_F(Task3Channel, AllocatesNothingAfterItsConstruction) {
  Channel<int> channel(16);
  const std::stop_source source;
  const AllocationScope scope;
  for (int i = 0; i < 1000; ++i) {
    channel.Send(int{i}, source.get_token());
    channel.Receive(source.get_token());
    channel.TrySend(int{i});
    channel.TryReceive();
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

}  // namespace
}  // namespace workbook
