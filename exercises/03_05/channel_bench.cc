// SPDX-License-Identifier: Apache-2.0

// Channel: one element in and out on one thread, a stream between two threads,
// and the round trip of one element.
#include <benchmark/benchmark.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include "03_05/channel.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
#include <boost/lockfree/spsc_queue.hpp>
#endif
#ifdef WORKBOOK_HAS_ONETBB
#include <tbb/concurrent_queue.h>
#endif

namespace workbook {
namespace {

constexpr std::size_t kCapacity = 64;
constexpr std::uint64_t kStream = 1024;

// What a colleague writes: it can be closed, and knows no stop token.
class DequeQueue {
 public:
  void Send(std::uint64_t value) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return closed_ || queue_.size() < kCapacity; });
    if (closed_) return;
    queue_.push_back(value);
    arrival_.notify_one();
  }
  std::uint64_t Receive() {
    std::unique_lock lock(mutex_);
    arrival_.wait(lock, [this] { return closed_ || !queue_.empty(); });
    if (queue_.empty()) return 0;
    const std::uint64_t value = queue_.front();
    queue_.pop_front();
    room_.notify_one();
    return value;
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable arrival_;
  std::deque<std::uint64_t> queue_;
  bool closed_ = false;
};

// Each call passes on the stop token that its task was given, as in a server.
class ChannelQueue {
 public:
  void Send(std::uint64_t value) { channel_.Send(std::move(value), stop_); }
  std::uint64_t Receive() { return channel_.Receive(stop_).value_or(0); }

 private:
  const std::stop_source source_;
  const std::stop_token stop_ = source_.get_token();
  Channel<std::uint64_t> channel_{kCapacity};
};

#ifdef WORKBOOK_HAS_ONETBB
class TbbQueue {
 public:
  TbbQueue() { queue_.set_capacity(kCapacity); }
  void Send(std::uint64_t value) { queue_.push(value); }
  std::uint64_t Receive() {
    std::uint64_t value = 0;
    queue_.pop(value);
    return value;
  }

 private:
  tbb::concurrent_bounded_queue<std::uint64_t> queue_;
};
#endif

#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
// One sender and one receiver, who never sleep: they ask again and yield.
class SpscQueue {
 public:
  void Send(std::uint64_t value) {
    while (!queue_.push(value)) std::this_thread::yield();
  }
  std::uint64_t Receive() {
    std::uint64_t value = 0;
    while (!queue_.pop(value)) std::this_thread::yield();
    return value;
  }

 private:
  boost::lockfree::spsc_queue<std::uint64_t> queue_{kCapacity};
};
#endif

// An item is one element that was sent and received by the same thread.
template <class Queue>
void HandOver(benchmark::State& state) {
  Queue queue;
  std::uint64_t value = 1;
  bool right = true;
  for (auto _ : state) {
    queue.Send(value);
    std::uint64_t received = queue.Receive();
    Keep(received);
    right = right && received == value;
    ++value;
  }
  Require(state, right, "another element came out than went in");
  state.SetItemsProcessed(state.iterations());
}

// Answers on `back` with the sum of each `elements` from `to`, until a 0 comes.
template <class Queue>
std::jthread Answer(Queue& to, Queue& back, std::uint64_t elements) {
  return std::jthread([&to, &back, elements] {
    for (;;) {
      std::uint64_t sum = 0;
      for (std::uint64_t i = 0; i < elements; ++i) {
        const std::uint64_t value = to.Receive();
        if (value == 0) return;
        sum += value;
      }
      back.Send(sum);
    }
  });
}

// An item is one element that went from one thread to the other. After each
// stream of `elements` the other thread answers with their sum.
template <class Queue>
void Stream(benchmark::State& state, std::uint64_t elements) {
  Queue to;
  Queue back;
  const std::jthread other = Answer(to, back, elements);
  std::uint64_t first = 1;
  bool right = true;
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < elements; ++i) to.Send(first + i);
    const std::uint64_t sum = back.Receive();
    right = right && sum == elements * first + elements * (elements - 1) / 2;
    ++first;
  }
  to.Send(0);
  Require(state, right, "elements were lost or doubled on their way");
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(elements));
}

using Body = std::function<void(benchmark::State&)>;

void Add(const std::string& name, Role role, const char* implementation,
         const Body& body, bool real_time) {
  Row* const row = AddRow(name, role, implementation, body);
  if (real_time) row->UseRealTime();
}

// `body_of` makes the body of a row from a queue's type.
template <class BodyOf>
void AddCase(const std::string& name, bool real_time, BodyOf body_of) {
  Add(name, Role::kBaseline, "mutex + deque",
      body_of(std::type_identity<DequeQueue>()), real_time);
  Add(name, Role::kSubject, "Channel",
      body_of(std::type_identity<ChannelQueue>()), real_time);
#ifdef WORKBOOK_HAS_ONETBB
  Add(name, Role::kPeer, "tbb::concurrent_bounded_queue",
      body_of(std::type_identity<TbbQueue>()), real_time);
#else
  AddGap(name, "tbb::concurrent_bounded_queue", "libtbb-dev");
#endif
#ifdef WORKBOOK_HAS_BOOST_LOCKFREE
  Add(name, Role::kPeer, "boost::lockfree::spsc_queue",
      body_of(std::type_identity<SpscQueue>()), real_time);
#else
  AddGap(name, "boost::lockfree::spsc_queue", "libboost1.81-dev");
#endif
}

const RegisterRows registration([] {
  AddCase("channel/hand_over", false,
          []<class Queue>(std::type_identity<Queue>) {
            return Body(&HandOver<Queue>);
          });
  AddCase("channel/stream", true, []<class Queue>(std::type_identity<Queue>) {
    return Body([](benchmark::State& state) { Stream<Queue>(state, kStream); });
  });
  AddCase(
      "channel/round_trip", true, []<class Queue>(std::type_identity<Queue>) {
        return Body([](benchmark::State& state) { Stream<Queue>(state, 1); });
      });
});

}  // namespace
}  // namespace workbook
