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
  if (words.empty()) return joined;
  std::size_t length = 2 * (words.size() - 1);
  for (const std::string_view word : words) length += word.size();
  joined.reserve(length);
  joined.append(words[0]);
  for (const std::string_view word : words.subspan(1)) {
    joined.append(", ").append(word);
  }
  return joined;
}

MessagePool::MessagePool(std::size_t max_idle) : max_idle_(max_idle) {
  // Now, so that giving a message back never allocates and cannot fail.
  idle_.reserve(max_idle);
}

MessagePool::Handle MessagePool::Acquire() {
  if (idle_.empty()) return Handle(new Message, Recycler(this));
  Message* const message = idle_.back().release();
  idle_.pop_back();
  return Handle(message, Recycler(this));
}

void MessagePool::Recycler::operator()(Message* message) const noexcept {
  std::unique_ptr<Message> owned(message);
  if (pool_->idle_.size() == pool_->max_idle_ ||
      owned->body.capacity() > kLargestKeptBodyBytes) {
    return;
  }
  owned->id = 0;
  owned->body.clear();
  pool_->idle_.push_back(std::move(owned));
}

std::string_view LineFormatter::Format(std::string_view name,
                                       std::int64_t count, double percent) {
  // The longest double with one digit has 309 before the point.
  std::array<char, 320> digits;
  const auto append = [&](auto... number) {
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number...);
    DebugCheck(error == std::errc(), "the number does not fit");
    line_.append(digits.data(), end);
  };
  line_.clear();
  line_.append(name).append(": ");
  append(count);
  line_.append(" (");
  append(percent, std::chars_format::fixed, 1);
  line_.append(" %)");
  return line_;
}

EventBatcher::EventBatcher(std::size_t batch_size, Sink sink)
    : batch_size_(batch_size), sink_(std::move(sink)) {
  DebugCheck(batch_size > 0, "a batch of no events is never full");
  events_.reserve(batch_size);
}

void EventBatcher::Add(Event event) {
  events_.push_back(event);
  if (events_.size() >= batch_size_) Flush();
}

void EventBatcher::Flush() {
  if (events_.empty()) return;
  // Cleared when the sink returns and also when it throws.
  struct Clear {
    ~Clear() { events.clear(); }
    std::vector<Event>& events;
  } const clear{events_};
  sink_(events_);
}

}  // namespace workbook
