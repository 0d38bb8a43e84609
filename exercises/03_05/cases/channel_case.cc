// SPDX-License-Identifier: Apache-2.0

// What Channel promises one thread, call by call: see tools/support/history. No
// call is made that would wait.
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <tuple>
#include <utility>

#include "03_05/channel.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kCapacities[] = {1, 2};

std::stop_token Stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

class ChannelCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kCapacities);
  static constexpr std::uint64_t kHistories = 8000;

  void Start(int config) {
    capacity_ = kCapacities[config];
    Say("Channel<std::unique_ptr<int>> channel(", capacity_, ");");
    In([](auto& channel, std::size_t capacity) { channel.Make(capacity); },
       channel_, capacity_);
    Draw("channel", channel_);
  }

  bool TrySend(int) {
    return SendBy("TrySend", "", [](auto& channel, auto& value) {
      return channel->TrySend(std::move(*value));
    });
  }
  // 0: without a stop; 1: a stop is requested before.
  bool Send(int is_stopped) {
    const bool would_wait = !is_closed_ && inside_.size() == capacity_;
    if (is_stopped == 0 && would_wait) return false;
    return SendBy(
        "Send", is_stopped == 0 ? "" : ", Stopped()",
        [](auto& channel, auto& value, auto& stop) {
          return channel->Send(std::move(*value), stop->token);
        },
        StopOf(is_stopped));
  }

  bool TryReceive(int) {
    return ReceiveBy("TryReceive()", [](auto& channel, auto& value) {
      *value = channel->TryReceive();
    });
  }
  bool Receive(int is_stopped) {
    if (is_stopped == 0 && !is_closed_ && inside_.empty()) return false;
    return ReceiveBy(
        is_stopped == 0 ? "Receive()" : "Receive(Stopped())",
        [](auto& channel, auto& value, auto& stop) {
          *value = channel->Receive(stop->token);
        },
        StopOf(is_stopped));
  }

  bool Close(int) {
    Say("channel.Close();");
    In([](auto& channel) { channel->Close(); }, channel_);
    Expect(Allocations() == 0, "", "Close allocates");
    is_closed_ = true;
    return true;
  }

  void Check() {
    const auto [size, is_closed] = Ask(
        [](auto& channel) {
          return std::pair(channel->Size(), channel->IsClosed());
        },
        channel_);
    ExpectEqual("channel.Size()", size, inside_.size());
    ExpectEqual("channel.IsClosed()", is_closed, is_closed_);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& channel) { channel.End(); }, channel_);
  }

  static constexpr CallKind<ChannelCase> kCalls[] = {
      {1, &ChannelCase::TrySend},    {2, &ChannelCase::Send},
      {1, &ChannelCase::TryReceive}, {2, &ChannelCase::Receive},
      {1, &ChannelCase::Close},
  };

 private:
  using Element = std::unique_ptr<int>;
  struct Stop {
    std::stop_token token;
  };

  // A token of which a stop is requested, or one without a stop.
  Fixture<Stop>& StopOf(int is_stopped) {
    Fixture<Stop>& stop = stops_[static_cast<std::size_t>(is_stopped)];
    if (is_stopped != 0) {
      Aside([](auto& one) { one->token = Stopped(); }, stop);
    }
    return stop;
  }

  template <class F, class... Args>
  bool SendBy(const std::string& call, const std::string& stop, F send,
              Args&... args) {
    const std::string name = NewName();
    const int number = ++numbers_;
    Say("auto ", name, " = std::make_unique<int>(", number, ");");
    Say("[[maybe_unused]] const bool sent_", name, " = channel.", call,
        "(std::move(", name, ")", stop, ");");
    In([](auto& value,
          int content) { *value = std::make_unique<int>(content); },
       sent_, number);
    bool is_sent = false;
    const Thrown thrown = In(&is_sent, send, channel_, sent_, args...);
    Expect(thrown == Thrown::kNothing, "", call, " throws");
    Expect(Allocations() == 0, "", call, " allocates");
    const bool has_room = !is_closed_ && inside_.size() < capacity_;
    const bool is_left =
        Aside([](auto& value) { return *value != nullptr; }, sent_);
    In([](auto& value) { value->reset(); }, sent_);
    Expect(is_sent == has_room, (has_room ? "sent_" : "!sent_") + name, call,
           has_room ? " returns false, and the channel is open and has room"
                    : " returns true, and nothing may get in");
    Expect(is_left != has_room, name + (has_room ? " == " : " != ") + "nullptr",
           name,
           has_room ? " was sent, and its sender still has it"
                    : " was not sent, and its sender has lost it");
    if (has_room) inside_.push_back(number);
    return true;
  }

  template <class F, class... Args>
  bool ReceiveBy(const std::string& call, F receive, Args&... args) {
    const std::string name = NewName();
    Say("const auto ", name, " = channel.", call, ";");
    const Thrown thrown = In(receive, channel_, received_, args...);
    Expect(thrown == Thrown::kNothing, "", call, " throws");
    Expect(Allocations() == 0, "", call, " allocates");
    const bool should = !inside_.empty();
    const auto [is_there, is_full, content] = Aside(
        [](auto& value) {
          const bool there = value->has_value();
          const bool full = there && **value != nullptr;
          return std::tuple(there, full, full ? ***value : 0);
        },
        received_);
    Expect(is_there == should, Text(should ? "" : "!", name, ".has_value()"),
           call,
           should ? " returns nothing, and an element is inside"
                  : " returns an element, and none is inside");
    if (!is_there) return true;
    Expect(is_full, Text("*", name, " != nullptr"), name,
           " is an element that was never sent");
    ExpectEqual("**" + name, content, inside_.front());
    inside_.pop_front();
    In([](auto& value) { value->reset(); }, received_);
    return true;
  }

  std::array<Fixture<Stop>, 2> stops_;
  Fixture<Element> sent_;
  Fixture<std::optional<Element>> received_;
  Object<Channel<Element>> channel_;
  int numbers_ = 0;
  // The model.
  std::size_t capacity_ = 0;
  std::deque<int> inside_;
  bool is_closed_ = false;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(ChannelCase, "03_05/channel.h",
              "[[maybe_unused]] std::stop_token Stopped() {\n"
              "  std::stop_source source;\n"
              "  source.request_stop();\n"
              "  return source.get_token();\n}\n\n")
