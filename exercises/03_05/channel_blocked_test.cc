// SPDX-License-Identifier: Apache-2.0

// Threads that wait in a channel, and their three ways out.
#include <gtest/gtest.h>

#include <optional>
#include <stop_token>
#include <string>

#include "03_05/channel.h"
#include "exercises/03_05/testing/leaky_forms.h"
#include "exercises/03_05/testing/process_watch.h"
#include "tools/exercise/testing/before_sleep.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {
namespace {

class Task3ChannelWaits : public BoundedTest {
 protected:
  Task3ChannelWaits() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}

  // Calls all that threads will call, so that what is not written yet says so
  // on the test's own thread.
  void SetUp() override {
    Channel<int> channel(1);
    channel.Send(1, Token());
    channel.Receive(Token());
    channel.TrySend(1);
    channel.TryReceive();
    channel.Close();
    static_cast<void>(channel.Size());
    static_cast<void>(channel.IsClosed());
  }

  // What helps a thread out that a wrong channel leaves asleep.
  std::stop_token Token() const { return rescue_.get_token(); }
  void Rescue() { rescue_.request_stop(); }

 private:
  std::stop_source rescue_;
};

TEST_F(Task3ChannelWaits, SendersWhoseReceiverHasLeftCanEnd) {
  const ProcessWatch watch;
  const Snapshot before = watch.Take();
  std::size_t leaked = 0;
  {
    PlainChannel<int> answers(1);
    Sleeper slow([&] { answers.Send(1); });
    EXPECT_TRUE(slow.Ends());
    Sleeper slower([&] { answers.Send(2); });
    Sleeper slowest([&] { answers.Send(3); });
    EXPECT_TRUE(slower.Sleeps() && slowest.Sleeps());
    EXPECT_TRUE(Eventually(
        [&] { return DiffOf(before, watch.Take()).threads.size() == 2; }));
    leaked = DiffOf(before, watch.Take()).threads.size();
    for (int i = 0; i < 3; ++i) answers.Receive();
  }
  {
    Channel<int> answers(1);
    answers.Send(1);
    Sleeper slower([&] { answers.Send(2, Token()); });
    Sleeper slowest([&] { answers.Send(3, Token()); });
    EXPECT_TRUE(slower.Sleeps() && slowest.Sleeps());
    answers.Close();
    EXPECT_TRUE(slower.Ends() && slowest.Ends())
        << "the channel is closed, and its senders wait";
    Rescue();
  }
  const LeakDiff diff = watch.Settled(before);
  EXPECT_TRUE(diff.threads.empty()) << diff.Describe();
  RecordGain("threads", leaked, diff.threads.size());
  RecordProperty("senders_left", std::to_string(leaked));
}

TEST_F(Task3ChannelWaits, CloseLeavesTheirValuesWithTheSenders) {
  Channel<std::string> channel(1);
  channel.Send("inside");
  std::string ours = "ours";
  std::string theirs = "theirs";
  bool sent_ours = true;
  bool sent_theirs = true;
  {
    Sleeper we([&] { sent_ours = channel.Send(std::move(ours), Token()); });
    Sleeper they(
        [&] { sent_theirs = channel.Send(std::move(theirs), Token()); });
    EXPECT_TRUE(we.Sleeps() && they.Sleeps());
    channel.Close();
    EXPECT_TRUE(we.Ends() && they.Ends());
    Rescue();
  }
  EXPECT_FALSE(sent_ours || sent_theirs);
  EXPECT_EQ(ours, "ours");
  EXPECT_EQ(theirs, "theirs");
}

TEST_F(Task3ChannelWaits, CloseWakesEveryReceiver) {
  Channel<int> channel(1);
  std::optional<int> first = 0;
  std::optional<int> second = 0;
  {
    Sleeper one([&] { first = channel.Receive(Token()); });
    Sleeper two([&] { second = channel.Receive(Token()); });
    EXPECT_TRUE(one.Sleeps() && two.Sleeps());
    channel.Close();
    EXPECT_TRUE(one.Ends() && two.Ends()) << "one Close, two receivers";
    Rescue();
  }
  EXPECT_FALSE(first.has_value() || second.has_value());
}

TEST_F(Task3ChannelWaits, AnElementWakesAReceiverAndRoomASender) {
  Channel<int> channel(1);
  std::optional<int> received;
  {
    Sleeper receiver([&] { received = channel.Receive(); });
    EXPECT_TRUE(receiver.Sleeps());
    channel.Send(1);
    EXPECT_TRUE(receiver.Ends());
    channel.Close();
  }
  EXPECT_EQ(received, 1);
  Channel<int> full(1);
  full.Send(1);
  {
    Sleeper sender([&] { full.Send(2, Token()); });
    EXPECT_TRUE(sender.Sleeps());
    EXPECT_EQ(full.Receive(), 1);
    EXPECT_TRUE(sender.Ends());
    EXPECT_EQ(full.TryReceive(), 2);
    Rescue();
  }
}

TEST_F(Task3ChannelWaits, AStopWakesItsReceiverAndNoOther) {
  Channel<int> channel(1);
  std::stop_source source;
  std::optional<int> stopped = 0;
  std::optional<int> other;
  {
    Sleeper one([&] { stopped = channel.Receive(source.get_token()); });
    Sleeper two([&] { other = channel.Receive(); });
    EXPECT_TRUE(one.Sleeps() && two.Sleeps());
    source.request_stop();
    EXPECT_TRUE(one.Ends());
    EXPECT_FALSE(two.IsDone());
    channel.Send(7);
    EXPECT_TRUE(two.Ends());
    channel.Close();
  }
  EXPECT_EQ(stopped, std::nullopt);
  EXPECT_EQ(other, 7);
}

TEST_F(Task3ChannelWaits, AStopWakesItsSenderWhoKeepsTheValue) {
  Channel<std::string> channel(1);
  channel.Send("inside");
  std::stop_source source;
  std::string value = "mine";
  bool sent = true;
  {
    Sleeper sender(
        [&] { sent = channel.Send(std::move(value), source.get_token()); });
    EXPECT_TRUE(sender.Sleeps());
    source.request_stop();
    EXPECT_TRUE(sender.Ends());
    channel.Close();
  }
  EXPECT_FALSE(sent);
  EXPECT_EQ(value, "mine");
  EXPECT_EQ(channel.Size(), 1u);
}

TEST_F(Task3ChannelWaits, AWaitSleepsUntilItIsWoken) {
  Channel<int> channel(1);
  Sleeper receiver([&] { channel.Receive(); });
  EXPECT_TRUE(receiver.Sleeps());
  const std::int64_t before = TimesAsleep(receiver.id());
  for (int look = 0; look < 5000; ++look) SleepsNow(receiver.id());
  EXPECT_LE(TimesAsleep(receiver.id()), before + 3)
      << "it wakes up again and again to look: that is polling";
  channel.Close();
}

// Lets `wait` come to the last moment before it sleeps. Runs `wake` there, on
// another thread, to its end or to a lock; then `wait` may sleep. Closes the
// channel when it should have woken.
template <class Wait, class Wake>
void ExpectSeenInTheLastMoment(Channel<int>& channel, Wait wait, Wake wake) {
  if (!HooksBeforeSleep()) GTEST_SKIP() << "no hook in this build";
  std::optional<Sleeper> waker;
  Sleeper waiter([&] {
    BeforeNextSleep([&] {
      waker.emplace(wake);
      Eventually([&] { return waker->IsDone() || SleepsNow(waker->id()); });
    });
    wait();
  });
  EXPECT_TRUE(waiter.Ends())
      << "the wake-up came between the last look and the sleep, and was lost";
  channel.Close();
}

TEST_F(Task3ChannelWaits, AStopInTheLastMomentIsSeenByAReceiver) {
  Channel<int> channel(1);
  std::stop_source source;
  ExpectSeenInTheLastMoment(
      channel, [&] { channel.Receive(source.get_token()); },
      [&] { source.request_stop(); });
}

TEST_F(Task3ChannelWaits, AStopInTheLastMomentIsSeenByASender) {
  Channel<int> channel(1);
  channel.Send(1);
  std::stop_source source;
  ExpectSeenInTheLastMoment(
      channel, [&] { channel.Send(2, source.get_token()); },
      [&] { source.request_stop(); });
}

TEST_F(Task3ChannelWaits, ACloseInTheLastMomentIsSeen) {
  Channel<int> channel(1);
  ExpectSeenInTheLastMoment(
      channel, [&] { channel.Receive(); }, [&] { channel.Close(); });
}

TEST_F(Task3ChannelWaits, AnElementInTheLastMomentIsSeen) {
  Channel<int> channel(1);
  ExpectSeenInTheLastMoment(
      channel, [&] { channel.Receive(); }, [&] { channel.TrySend(1); });
}

}  // namespace
}  // namespace workbook
