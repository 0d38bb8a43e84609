// SPDX-License-Identifier: Apache-2.0

#include "02_02/optimized.h"

#include <iomanip>
#include <sstream>
#include <utility>

#include "tools/exercise/debug_check.h"

namespace workbook {

std::string JoinWithCommas(std::span<const std::string_view> words) {
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) joined += ", ";
    joined += words[i];
  }
  return joined;
}

MessagePool::MessagePool(std::size_t /*max_idle*/) {}

MessagePool::Handle MessagePool::Acquire() {
  if (idle_.empty()) return Handle(new Message, Recycler(this));
  Message* const message = idle_.back().release();
  idle_.pop_back();
  return Handle(message, Recycler(this));
}

void MessagePool::Recycler::operator()(Message* message) const noexcept {
  std::unique_ptr<Message> owned(message);
  owned->id = 0;
  owned->body.clear();
  pool_->idle_.push_back(std::move(owned));
}

std::string_view LineFormatter::Format(std::string_view name,
                                       std::int64_t count, double percent) {
  std::ostringstream line;
  line << name << ": " << count << " (" << std::fixed << std::setprecision(1)
       << percent << " %)";
  line_ = line.str();
  return line_;
}

EventBatcher::EventBatcher(std::size_t batch_size, Sink sink)
    : batch_size_(batch_size), sink_(std::move(sink)) {
  DebugCheck(batch_size > 0, "a batch of no events is never full");
}

void EventBatcher::Add(Event event) {
  events_.push_back(event);
  if (events_.size() >= batch_size_) Flush();
}

void EventBatcher::Flush() {
  if (events_.empty()) return;
  const std::vector<Event> batch = std::move(events_);
  events_ = {};
  sink_(batch);
}

LineIndex::LineIndex(std::string text) : text_(std::move(text)) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') starts_.push_back(i + 1);
  }
}

std::size_t LineIndex::Lines() { return starts_.size(); }

std::string_view LineIndex::Line(std::size_t number) {
  const std::size_t lines = Lines();
  DebugCheck(number < lines, "the line is outside the text");
  const std::size_t begin = starts_[number];
  const std::size_t end =
      number + 1 == lines ? text_.size() : starts_[number + 1] - 1;
  return std::string_view(text_).substr(begin, end - begin);
}

}  // namespace workbook
