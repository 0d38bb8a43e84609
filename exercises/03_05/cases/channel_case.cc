// SPDX-License-Identifier: Apache-2.0

// What Channel promises one thread, call by call: see tools/support/history. No
// call is made that would wait.
#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
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
    In([this] { channel_.Make(capacity_); });
    Draw("channel", channel_);
  }

  bool TrySend(int) {
    return SendBy("TrySend", "", [this](Element&& value) {
      return channel_->TrySend(std::move(value));
    });
  }
  // 0: without a stop; 1: a stop is requested before.
  bool Send(int is_stopped) {
    const bool would_wait = !is_closed_ && inside_.size() == capacity_;
    if (is_stopped == 0 && would_wait) return false;
    const std::stop_token stop = is_stopped == 0 ? std::stop_token() : stopped_;
    return SendBy("Send", is_stopped == 0 ? "" : ", Stopped()",
                  [&](Element&& value) {
                    return channel_->Send(std::move(value), stop);
                  });
  }

  bool TryReceive(int) {
    return ReceiveBy("TryReceive()", [this] { return channel_->TryReceive(); });
  }
  bool Receive(int is_stopped) {
    if (is_stopped == 0 && !is_closed_ && inside_.empty()) return false;
    const std::stop_token stop = is_stopped == 0 ? std::stop_token() : stopped_;
    return ReceiveBy(is_stopped == 0 ? "Receive()" : "Receive(Stopped())",
                     [&] { return channel_->Receive(stop); });
  }

  bool Close(int) {
    Say("channel.Close();");
    In([this] { channel_->Close(); });
    Expect(Allocations() == 0, "", "Close allocates");
    is_closed_ = true;
    return true;
  }

  void Check() {
    std::size_t size = 0;
    bool is_closed = false;
    In([&] {
      size = channel_->Size();
      is_closed = channel_->IsClosed();
    });
    ExpectEqual("channel.Size()", size, inside_.size());
    ExpectEqual("channel.IsClosed()", is_closed, is_closed_);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { channel_.End(); });
  }

  static constexpr CallKind<ChannelCase> kCalls[] = {
      {1, &ChannelCase::TrySend},    {2, &ChannelCase::Send},
      {1, &ChannelCase::TryReceive}, {2, &ChannelCase::Receive},
      {1, &ChannelCase::Close},
  };

 private:
  using Element = std::unique_ptr<int>;

  template <class F>
  bool SendBy(const std::string& call, const std::string& stop, F send) {
    const std::string name = NewName();
    const int number = ++numbers_;
    Say("auto ", name, " = std::make_unique<int>(", number, ");");
    Say("[[maybe_unused]] const bool sent_", name, " = channel.", call,
        "(std::move(", name, ")", stop, ");");
    Element value;
    In([&] { value = std::make_unique<int>(number); });
    bool is_sent = false;
    const Thrown thrown = In([&] { is_sent = send(std::move(value)); });
    Expect(thrown == Thrown::kNothing, "", call, " throws");
    Expect(Allocations() == 0, "", call, " allocates");
    const bool has_room = !is_closed_ && inside_.size() < capacity_;
    const bool is_left = value != nullptr;
    In([&] { value.reset(); });
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

  template <class F>
  bool ReceiveBy(const std::string& call, F receive) {
    const std::string name = NewName();
    Say("const auto ", name, " = channel.", call, ";");
    std::optional<Element> value;
    const Thrown thrown = In([&] { value = receive(); });
    Expect(thrown == Thrown::kNothing, "", call, " throws");
    Expect(Allocations() == 0, "", call, " allocates");
    const bool should = !inside_.empty();
    Expect(value.has_value() == should,
           Text(should ? "" : "!", name, ".has_value()"), call,
           should ? " returns nothing, and an element is inside"
                  : " returns an element, and none is inside");
    if (!value) return true;
    Expect(*value != nullptr, Text("*", name, " != nullptr"), name,
           " is an element that was never sent");
    ExpectEqual("**" + name, **value, inside_.front());
    inside_.pop_front();
    In([&] { value.reset(); });
    return true;
  }

  Object<Channel<Element>> channel_;
  const std::stop_token stopped_ = Stopped();
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
