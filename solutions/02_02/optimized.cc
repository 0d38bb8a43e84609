// SPDX-License-Identifier: Apache-2.0

#include "02_02/optimized.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

std::string JoinWithCommas(std::span<const std::string_view> words) {
  std::string joined;
  std::size_t length = 2 * words.size();
  for (const std::string_view word : words) length += word.size();
  // One ", " less than words.
  joined.reserve(length < 2 ? 0 : length - 2);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) joined += ", ";
    joined += words[i];
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
  if (pool_->idle_.size() == pool_->max_idle_) return;
  if (owned->body.capacity() > kLargestKeptBodyBytes) return;
  owned->id = 0;
  owned->body.clear();
  pool_->idle_.push_back(std::move(owned));
}

std::string_view LineFormatter::Format(std::string_view name,
                                       std::int64_t count, double percent) {
  // The longest double with one digit after the point has 309 before it.
  char digits[320];
  char* const limit = digits + sizeof(digits);
  line_.assign(name).append(": ");
  line_.append(digits, std::to_chars(digits, limit, count).ptr).append(" (");
  const auto end =
      std::to_chars(digits, limit, percent, std::chars_format::fixed, 1);
  line_.append(digits, end.ptr).append(" %)");
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

LineIndex::LineIndex(std::string text) : text_(std::move(text)) {}

void LineIndex::BuildOnce() {
  if (!starts_.empty()) return;
  const auto ends = std::count(text_.begin(), text_.end(), '\n');
  starts_.reserve(static_cast<std::size_t>(ends) + 1);
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') starts_.push_back(i + 1);
  }
}

std::size_t LineIndex::Lines() {
  BuildOnce();
  return starts_.size();
}

std::string_view LineIndex::Line(std::size_t number) {
  const std::size_t lines = Lines();
  DebugCheck(number < lines, "the line is outside the text");
  const std::size_t begin = starts_[number];
  const std::size_t end =
      number + 1 == lines ? text_.size() : starts_[number + 1] - 1;
  return std::string_view(text_).substr(begin, end - begin);
}

}  // namespace workbook
