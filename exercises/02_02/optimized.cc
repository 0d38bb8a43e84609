// SPDX-License-Identifier: Apache-2.0

#include "02_02/optimized.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

std::string JoinWithCommas(std::span<const std::string_view> words) {
  std::string joined;
  for (const std::string_view word : words) {
    if (joined.empty() && word.data() == words[0].data()) {
      joined = std::string(word);
    } else {
      joined = joined + ", " + std::string(word);
    }
  }
  return joined;
}

MessagePool::MessagePool(std::size_t max_idle) : max_idle_(max_idle) {}

MessagePool::Handle MessagePool::Acquire() {
  return Handle(new Message, Recycler(this));
}

void MessagePool::Recycler::operator()(Message* message) const noexcept {
  static_cast<void>(pool_->max_idle_);
  delete message;
}

std::string_view LineFormatter::Format(std::string_view name,
                                       std::int64_t count, double percent) {
  char digits[400];
  std::snprintf(digits, sizeof(digits), "%.1f", percent);
  line_ =
      std::string(name) + ": " + std::to_string(count) + " (" + digits + " %)";
  return line_;
}

EventBatcher::EventBatcher(std::size_t batch_size, Sink sink)
    : batch_size_(batch_size), sink_(std::move(sink)) {
  DebugCheck(batch_size > 0, "a batch of no events is never full");
}

void EventBatcher::Add(Event event) {
  events_.push_back(std::make_shared<Event>(event));
  if (events_.size() >= batch_size_) Flush();
}

void EventBatcher::Flush() {
  if (events_.empty()) return;
  std::vector<Event> batch;
  for (const auto& event : events_) batch.push_back(*event);
  events_ = {};
  sink_(batch);
}

}  // namespace workbook
