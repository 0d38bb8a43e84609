// SPDX-License-Identifier: Apache-2.0

// Stops, closings and elements that meet: no element is lost or doubled.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "03_05/channel.h"
#include "tools/exercise/testing/bounded_test.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/exercise/testing/sleeper.h"

namespace workbook {
namespace {

class Task3ChannelRaces : public BoundedTest {
 protected:
  Task3ChannelRaces() : BoundedTest({.sleep = std::chrono::seconds(10)}) {}

  // What is not written yet says so here, and not on a thread of a test.
  void SetUp() override {
    Channel<int> channel(1);
    channel.Send(1);
    channel.Receive();
    channel.Close();
    static_cast<void>(channel.Size());
    static_cast<void>(channel.IsClosed());
  }
};

TEST_F(Task3ChannelRaces, AStopDuringAHandOverLeavesTheElementToTheOther) {
  for (int round = 0; round < 200; ++round) {
    Channel<int> channel(1);
    std::stop_source source;
    std::optional<int> stopped;
    std::optional<int> other;
    {
      Sleeper one([&] { stopped = channel.Receive(source.get_token()); });
      Sleeper two([&] { other = channel.Receive(); });
      Sleeper stopper([&] { source.request_stop(); });
      channel.Send(7);
      EXPECT_TRUE(Eventually([&] { return channel.Size() == 0; }))
          << "an element lies there, and a receiver sleeps";
      channel.Close();
    }
    ASSERT_NE(stopped.has_value(), other.has_value()) << "in round " << round;
  }
}

// Stop tokens that another thread may stop at any moment.
class Tokens {
 public:
  explicit Tokens(std::size_t users) : sources_(users) {}
  std::stop_token Fresh(std::size_t user) {
    const std::lock_guard lock(mutex_);
    sources_[user] = std::stop_source();
    return sources_[user].get_token();
  }
  void Stop(std::size_t user) {
    std::unique_lock lock(mutex_);
    std::stop_source source = sources_[user];
    lock.unlock();
    source.request_stop();
  }

 private:
  std::mutex mutex_;
  std::vector<std::stop_source> sources_;
};

TEST_F(Task3ChannelRaces, EachElementArrivesOnceWhateverIsStopped) {
  constexpr std::size_t kSenders = 2;
  constexpr std::size_t kEach = 1000;
  Channel<std::unique_ptr<std::size_t>> channel(3);
  Tokens tokens(2 * kSenders);
  std::vector<std::atomic<int>> arrived(kSenders * kEach);
  std::atomic<std::size_t> done{0};
  std::vector<std::thread> threads;
  for (std::size_t user = 0; user < kSenders; ++user) {
    threads.emplace_back([&, user] {
      for (std::size_t i = 0; i < kEach; ++i) {
        auto value = std::make_unique<std::size_t>(user * kEach + i);
        while (!channel.Send(std::move(value), tokens.Fresh(user))) {
          if (value == nullptr) return;  // the test will miss it
        }
      }
      ++done;
    });
    threads.emplace_back([&, user] {
      while (!channel.IsClosed() || channel.Size() != 0) {
        const auto value = channel.Receive(tokens.Fresh(kSenders + user));
        if (value.has_value()) arrived[**value].fetch_add(1);
      }
    });
  }
  Random random(1);
  EXPECT_TRUE(Eventually([&] {
    tokens.Stop(random.Below(2 * kSenders));
    return done == kSenders;
  }));
  channel.Close();
  for (std::thread& thread : threads) thread.join();
  for (std::size_t i = 0; i < arrived.size(); ++i) {
    ASSERT_EQ(arrived[i], 1) << "element " << i;
  }
}

TEST_F(Task3ChannelRaces, ACloseAgainstBlockedSendersLosesNothing) {
  for (int round = 0; round < 100; ++round) {
    Channel<int> channel(1);
    std::atomic<int> sent{0};
    int received = 0;
    {
      const auto send = [&] {
        while (channel.Send(1)) sent.fetch_add(1);
      };
      Sleeper one(send);
      Sleeper two(send);
      for (int i = 0; i < 20; ++i) received += channel.Receive().value_or(0);
      channel.Close();
      EXPECT_TRUE(one.Ends() && two.Ends());
    }
    while (const auto left = channel.Receive()) received += *left;
    ASSERT_EQ(sent, received) << "in round " << round;
  }
}

TEST_F(Task3ChannelRaces, ASizeCanBeAskedForAtAnyTime) {
  Channel<int> channel(2);
  Sleeper sender([&] {
    for (int i = 0; i < 500; ++i) channel.Send(int{i});
  });
  for (int i = 0; i < 500; ++i) {
    EXPECT_LE(channel.Size(), 2u);
    channel.Receive();
  }
}

}  // namespace
}  // namespace workbook
